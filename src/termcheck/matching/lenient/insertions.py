"""Words inside a rendering that do not belong to it, and when they make it another term.

`disposable personal income` is still a disposable income. But a text that writes `Strategic Assets Portfolio`
wherever its glossary has `Strategic Portfolio` means something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from termcheck.matching.lenient import unspaced
from termcheck.matching.lenient.words import articles, coordinators, split
from termcheck.matching.match import Match
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import same_language
from termcheck.text.fold import fold

Insertion = tuple[str, str]
"""(a rendering as listed, the text with an insertion that stands for it), both folded."""

# A modifier that suits one sentence rarely comes back; a name does.
_RECURRING = 3
# Shorter words stand in several languages.
_LONG_WORD = 4


def insertion_in(match: Match, language: str) -> Insertion | None:
    """A match's rendering and its text if words stand inside it, else None.

    Articles do not count, and neither do coordinations (`Olympic and Paralympic Games`).
    """
    written, listed = fold(match.text, language).text, fold(match.term.text, language).text
    if written == listed:
        return None
    look = _has_insertion if is_alphabetic(listed[0]) else unspaced.has_insertion
    return (listed, written) if look(written, listed, language) else None


def leaves_source_word(match: Match, language: str) -> bool:
    """Whether an insertion is a word of the source term, left standing: `entità business e … aziendali`.

    Such a phrase is another rendering, made of half of this one and half of the source term.
    """
    listed = [word.text for word in split(fold(match.term.text, language).text, language)]
    written = [word.text for word in split(fold(match.text, language).text, language)]
    if len(listed) < 2 or len(written) <= len(listed):
        return False
    return any(
        len(word) >= _LONG_WORD and word in written and word not in listed
        for term in match.concept.terms
        if not same_language(term.language, language)
        for word in fold(term.text, term.language).text.split()
    )


def _has_insertion(written: str, listed: str, language: str) -> bool:
    free = articles(language)
    words = [word for word in split(written, language) if word.text not in free]
    sought = [word for word in split(listed, language, sought=True) if word.text not in free]
    if len(words) <= len(sought) or any(word.text in coordinators(language) for word in words):
        return False
    rest = iter(words)
    return all(any(not word.keys.isdisjoint(other.keys) for other in rest) for word in sought)


def recurring_insertions(insertions: Iterable[Insertion], as_listed: Counter[str]) -> frozenset[Insertion]:
    """The insertions that come back three times, and more often than the rendering as listed.

    `as_listed` counts each folded rendering where it stands without an insertion.
    """
    counted = Counter(insertions)
    return frozenset(
        insertion
        for insertion, times in counted.items()
        if times >= _RECURRING and times > as_listed[insertion[0]]
    )
