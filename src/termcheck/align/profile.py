"""The features of a segment that the aligner compares: length, tokens a translation keeps, and shape.

A translation keeps numbers, Latin names and question marks. The aligner understands nothing else of a text.
Each segment's profile is computed once, so the dynamic programme over pairs of segments only compares small
sets and numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Segment, Side
from termcheck.text.dates import is_date
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS, KANA_CLASS
from termcheck.text.whole_numbers import MOST_DIGITS

Anchors = Callable[[Sequence[Segment], Side], Sequence[frozenset[str]]]
"""Returns, for each segment of one side, the ids of the glossary concepts found in it."""

HEADING, QUESTION, LABEL, DATE = 1, 2, 4, 8

# The number of letters in an alphabetic translation of one character. Han and Hangul: medians over published
# Chinese-English (3.0 to 3.6) and Korean-English translations. Kana: chosen by hand.
_LETTERS_PER_CHARACTER = (
    (compile_later(f"[{HAN_CLASS}]+"), 3.3),
    (compile_later(f"[{KANA_CLASS}]+"), 1.8),
    (compile_later(f"[{HANGUL_CLASS}]+"), 2.4),
)
_HAN = _LETTERS_PER_CHARACTER[0][0]
_ALPHANUMERIC = compile_later(r"\w+")
_LETTER = compile_later(r"[^\W\d_]")

_POWERS = {3: "thousand", 4: "万 萬", 6: "million", 8: "亿 億", 9: "billion", 12: "万亿 萬億 兆 trillion"}
_MULTIPLIERS = {unit: 10**power for power, units in _POWERS.items() for unit in units.split()}
_NUMBER = compile_later(
    r"(\d+(?:[.,'’]\d+| \d{3}(?!\d))*)"
    r"(?:\s?(万亿|萬億|[万萬亿億兆]|(?:thousand|million|billion|trillion)\b))?"
    r"(月)?",
    re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WORD = compile_later(r"[^\W\d_][\w]*")
_LATIN_IN_HAN = compile_later(r"[A-Za-z][A-Za-z0-9]+")
_QUESTION = compile_later(r"[?？؟][\"'”’»)）\]*_\s]*\Z")
_LABEL = compile_later(r"\W{0,4}\w[^:：.。?？!！,，;；\n]{0,40}[:：](?!//)")

# Two words count as cognates if their first four letters agree; shorter words agree too often by chance
# (Simard, Foster and Isabelle, "Using cognates to align sentences in bilingual corpora", 1992).
_COGNATE_LENGTH = 4


class Profile(Struct, frozen=True):
    """The features of one segment.

    `length` is in letters of an alphabetic script. A translation should keep the `expected` tokens (numbers
    and glossary concepts) and may keep the `possible` ones (words). `shape` is a bit set of HEADING,
    QUESTION, LABEL and DATE (a line that is only a date).
    """

    length: float
    expected: frozenset[str]
    possible: frozenset[str]
    shape: int

    @property
    def tokens(self) -> frozenset[str]:
        """All tokens."""
        return self.expected | self.possible


def has_letters(text: str) -> bool:
    """Whether a text contains a letter of any script, and so something to translate."""
    return _LETTER.search(text) is not None


def profile_of(segment: Segment, concepts: Iterable[str]) -> Profile:
    """Profile a segment in which the glossary concepts with these ids were found."""
    text = segment.text if segment.text.isascii() else unicodedata.normalize("NFKC", segment.text)
    shape = shape_of(text, heading=segment.heading)
    expected = {f"={concept}" for concept in concepts}
    expected.update(value for value, _ in numbers_in(text))
    return Profile(length_of(text), frozenset(expected), frozenset(_words(text)), shape)


def shape_of(text: str, *, heading: bool) -> int:
    """The shape of a text, as in `Profile`."""
    shape = HEADING if heading else 0
    shape |= QUESTION if _QUESTION.search(text[-20:]) else 0
    shape |= LABEL if _LABEL.match(text) else 0
    return shape | (DATE if is_date(text) else 0)


def profiles_of(blocks: Sequence[Sequence[Segment]], side: Side, anchors: Anchors) -> list[Profile]:
    """The profile of each block of one or more segments on one side."""
    concepts = iter(anchors([segment for block in blocks for segment in block], side))
    return [_merged([profile_of(segment, next(concepts)) for segment in block]) for block in blocks]


def block_concepts(blocks: Sequence[Sequence[Segment]], side: Side, anchors: Anchors) -> list[frozenset[str]]:
    """The ids of the concepts in each block of one or more segments on one side."""
    concepts = iter(anchors([segment for block in blocks for segment in block], side))
    return [frozenset().union(*(next(concepts) for _ in block)) for block in blocks]


def _merged(profiles: Sequence[Profile]) -> Profile:
    """The profile of segments that form one text: it begins like the first and ends like the last."""
    if len(profiles) == 1:
        return profiles[0]
    return Profile(
        sum(profile.length for profile in profiles),
        frozenset().union(*(profile.expected for profile in profiles)),
        frozenset().union(*(profile.possible for profile in profiles)),
        profiles[0].shape & ~QUESTION | profiles[-1].shape & QUESTION,
    )


def length_of(text: str) -> float:
    """The length of a text in letters of an alphabetic translation, at least 1."""
    length = float(sum(map(len, _ALPHANUMERIC.findall(text))))
    if not text.isascii():
        for pattern, letters in _LETTERS_PER_CHARACTER:
            length += (letters - 1.0) * sum(map(len, pattern.findall(text)))
    return max(length, 1.0)


def numbers_in(text: str) -> Iterable[tuple[str, str]]:
    """The numbers of a text in order, each by value and as written.

    By value `3.5亿` equals `350 million`, `12,5` equals `12.5`, and `12月` equals `December`.
    """
    for match in _NUMBER.finditer(text):
        digits, unit, month = match.groups()
        if month and not unit and len(digits) <= 2:
            yield f"m{int(digits)}", match[0]
        elif unit and len(digits) <= MOST_DIGITS:
            yield f"#{_scaled(digits, _MULTIPLIERS[unit.lower()])}", match[0]
        else:
            significant = re.sub(r"\D", "", digits).lstrip("0")
            if significant:
                yield f"#{significant}", match[0]


def _scaled(digits: str, multiplier: int) -> int:
    """The value of a number with a unit. A separator before exactly three digits groups thousands."""
    whole, _, fraction = re.sub(r"[ ,'’](?=\d{3}(?!\d))", "", digits).replace(",", ".").partition(".")
    fraction = re.sub(r"\D", "", fraction)
    value = int(re.sub(r"\D", "", whole) + fraction)
    return value * multiplier // int("1" + "0" * len(fraction))


def _words(text: str) -> Iterable[str]:
    """Months and the beginnings of words; for Han text, its characters and the beginnings of Latin words."""
    if _HAN.search(text):
        yield from (word.lower()[:_COGNATE_LENGTH] for word in _LATIN_IN_HAN.findall(text))
        yield from set("".join(_HAN.findall(text)))
        return
    unaccented = text if text.isascii() else _without_accents(text)
    for word in set(_WORD.findall(unaccented)):
        lowered = word.lower()
        if lowered in _MONTHS:
            yield f"m{_MONTHS.index(lowered) + 1}"
        elif len(word) >= _COGNATE_LENGTH or (len(word) > 1 and word.isupper()):
            yield lowered[:_COGNATE_LENGTH]


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
