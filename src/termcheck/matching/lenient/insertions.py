"""What stands inside a rendering that does not belong to it, and when that makes another term of it.

`disposable personal income` is a disposable income, said once of persons. A text that writes `Strategic
Assets Portfolio` wherever its glossary has `Strategic Portfolio` means a name of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from termcheck.matching.lenient import unspaced
from termcheck.matching.lenient.renderings import COORDINATORS, articles
from termcheck.matching.lenient.words import split
from termcheck.matching.match import Match
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.text.fold import fold

Insertion = tuple[str, str]
"""A rendering as it is listed, and the text with an insertion that stands for it; both folded."""

# A modifier that fits one sentence rarely comes back; a name does.
_RECURRING = 3


def insertion_in(match: Match, language: str) -> Insertion | None:
    """A match's rendering and its text, if that has something inside which the rendering has not; else None.

    Coordinations (`Olympic and Paralympic Games`) are no such thing, and neither are articles.
    """
    found, listed = fold(match.text, language).text, fold(match.term.text, language).text
    if found == listed:
        return None
    spaced = is_alphabetic(listed[0])
    inside = _between_words(found, listed, language) if spaced else unspaced.inserted_text(found, listed)
    return (listed, found) if inside else None


def _between_words(found: str, listed: str, language: str) -> bool:
    free = articles(language)
    words = [word for word in split(found, language) if word.text not in free]
    sought = [word for word in split(listed, language) if word.text not in free]
    if len(words) <= len(sought) or any(word.text in COORDINATORS for word in words):
        return False
    rest = iter(words)
    return all(any(not one.keys.isdisjoint(other.keys) for other in rest) for one in sought)


def recurring_insertions(found: Iterable[Insertion], as_listed: Counter[str]) -> frozenset[Insertion]:
    """Those that come back so often, and oftener than the rendering as it is listed, that they are meant.

    `as_listed` counts by rendering, folded, where it stands without an insertion.
    """
    counted = Counter(found)
    return frozenset(
        one for one, times in counted.items() if times >= _RECURRING and times > as_listed[one[0]]
    )
