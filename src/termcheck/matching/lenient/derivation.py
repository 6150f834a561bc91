"""English derivation: which longer word belongs to a place, and which difference is no slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from termcheck.matching.lenient.words import Phrase, WordView
from termcheck.model import Span

# Endings that turn a place's name into its adjective: Russian, Iranian, Chinese, Israeli, Turkish.
_DEMONYMS = ("n", "an", "ian", "ean", "nian", "sian", "i", "ni", "ese", "lese", "ish", "er", "")
_LOST = ("", "a", "e", "y", "o", "ia", "n", "ey", "and", "ain", "um")

# Endings that make another word, not a misspelled one: terrorism/terrorist, sovereignty/sovereign.
_DERIVING = """
    n an ian i ese ist ism t m st sm ty ity y al ial l ic er or r ry ary ly ish ed d ing ment ness ship hood
    ive ion tion ance ence ant ent cy ce te able ible e s es a o ia
"""
_ENDINGS = frozenset(("", *_DERIVING.split()))


def is_demonym(word: str, place: str) -> bool:
    """Whether `word` is a regular adjective of a place; both folded. `Dutch` and `French` are not regular."""
    if len(place) < 4 or word == place:
        return False
    stem = _shared(word, place)
    lost, gained = place[stem:], word[stem:]
    if stem < 4 and not (stem == 3 and len(place) == 4):
        return False
    return lost in _LOST and gained.removesuffix("s") in _DEMONYMS


def is_derived(one: str, other: str) -> bool:
    """Whether two words differ only in endings that make one word out of another."""
    stem = _shared(one, other)
    return stem >= 3 and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def demonyms(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A capitalised rendering whose last word stands as an adjective: the Russian delegation."""
    if language.split("-", 1)[0].casefold() != "en" or not sought.name or sought.fixed[-1]:
        return
    size = len(sought.words)
    for start in range(len(view.words) - size + 1):
        last = start + size - 1
        before = zip(sought.words[:-1], view.words[start:last], strict=True)
        if (
            is_demonym(view.words[last].text, sought.words[-1].text)
            and view.written(last)[0].isupper()
            and not any(one.keys.isdisjoint(other.keys) for one, other in before)
        ):
            yield view.origin(start, last)
