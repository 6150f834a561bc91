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
from termcheck.text.fold import fold

Insertion = tuple[str, str]
"""(a rendering as listed, the text with an insertion that stands for it), both folded."""

# A modifier that suits one sentence rarely comes back; a name does.
_RECURRING = 3


def insertion_in(match: Match, language: str) -> Insertion | None:
    """A match's rendering and its text if words stand inside it, else None.

    Articles do not count, and neither do coordinations (`Olympic and Paralympic Games`).
    """
    written, listed = fold(match.text, language).text, fold(match.term.text, language).text
    if written == listed:
        return None
    look = _has_insertion if is_alphabetic(listed[0]) else unspaced.has_insertion
    return (listed, written) if look(written, listed, language) else None


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
