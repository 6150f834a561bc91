"""What the aligner sees of a segment: its length, the tokens a translation keeps, and its shape.

Translations keep numbers, names in Latin letters and questions as questions; everything else of a
text is opaque here. A profile is computed once a segment, so that the dynamic programme over pairs of
segments only compares small sets and numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Segment, Side
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS, KANA_CLASS

Anchors = Callable[[Sequence[Segment], Side], Sequence[frozenset[str]]]
"""Gives the ids of the glossary concepts found in each segment of a side."""

HEADING, QUESTION, LABEL = 1, 2, 4

# Letters of an alphabetic translation for one character of these scripts: medians over published
# Chinese-English (3.0 to 3.6) and Korean-English texts.
_CHARACTER_WORTH = (
    (compile_later(f"[{HAN_CLASS}]+"), 3.3),
    (compile_later(f"[{KANA_CLASS}]+"), 1.8),
    (compile_later(f"[{HANGUL_CLASS}]+"), 2.4),
)
_HAN = _CHARACTER_WORTH[0][0]
_ALPHANUMERIC = compile_later(r"\w+")
_LETTER = compile_later(r"[^\W\d_]")

_MULTIPLIERS = {
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "万亿": 10**12,
    "萬億": 10**12,
    "兆": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
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

# Words shorter than this are too often alike by chance; of longer ones the first four letters are compared
# (Simard, Foster and Isabelle, «Using cognates to align sentences in bilingual corpora», 1992).
_COGNATE = 4


class Profile(Struct, frozen=True):
    """One segment as the aligner sees it.

    `length` is in letters of an alphabetic script. `strict` are tokens a translation is expected to keep
    (numbers and glossary concepts), `words` those it may keep. `marks` is a sum of HEADING, QUESTION, LABEL.
    """

    length: float
    strict: frozenset[str]
    words: frozenset[str]
    marks: int


def has_letters(text: str) -> bool:
    """Whether a text has anything to translate: a letter of any script."""
    return _LETTER.search(text) is not None


def visible_text(segment: Segment) -> str:
    """The segment's text with its protected stretches (code, addresses, tags) blanked."""
    if not segment.protected:
        return segment.text
    parts: list[str] = []
    end = 0
    for span in sorted(segment.protected):
        if span.end > end:
            parts += segment.text[end : span.start], " "
            end = span.end
    return "".join((*parts, segment.text[end:]))


def profile_of(segment: Segment, concepts: Iterable[str]) -> Profile:
    """Look at one segment; `concepts` are the ids of the glossary concepts found in it."""
    text = segment.text if segment.text.isascii() else unicodedata.normalize("NFKC", segment.text)
    marks = HEADING if segment.heading else 0
    marks += QUESTION if _QUESTION.search(text[-20:]) else 0
    marks += LABEL if _LABEL.match(text) else 0
    strict = {f"={concept}" for concept in concepts}
    strict.update(_numbers(text))
    return Profile(_length(text), frozenset(strict), frozenset(_words(text)), marks)


def _length(text: str) -> float:
    length = float(sum(map(len, _ALPHANUMERIC.findall(text))))
    if not text.isascii():
        for pattern, worth in _CHARACTER_WORTH:
            length += (worth - 1.0) * sum(map(len, pattern.findall(text)))
    return max(length, 1.0)


def _numbers(text: str) -> Iterable[str]:
    """Numbers by value: `3.5亿` is `350 million`, `12,5` is `12.5`, `12月` is a month as `December` is."""
    for match in _NUMBER.finditer(text):
        digits, unit, month = match.groups()
        if month and not unit and len(digits) <= 2:
            yield f"m{int(digits)}"
        elif unit:
            yield f"#{_scaled(digits, _MULTIPLIERS[unit.lower()])}"
        else:
            plain = re.sub(r"\D", "", digits).lstrip("0")
            if plain:
                yield f"#{plain}"


def _scaled(digits: str, multiplier: int) -> int:
    """The value of a number with a unit; a separator is a decimal one unless three digits follow it."""
    whole, _, fraction = re.sub(r"[ ,'’](?=\d{3}(?!\d))", "", digits).replace(",", ".").partition(".")
    fraction = re.sub(r"\D", "", fraction)
    value = int(re.sub(r"\D", "", whole) + fraction)
    return value * multiplier // int("1" + "0" * len(fraction))


def _words(text: str) -> Iterable[str]:
    """Month names, and words by their beginnings; of Han text the Latin words and the characters."""
    if _HAN.search(text):
        yield from (word.lower()[:_COGNATE] for word in _LATIN_IN_HAN.findall(text) if len(word) > 1)
        yield from set("".join(_HAN.findall(text)))
        return
    plain = text if text.isascii() else _without_accents(text)
    for word in set(_WORD.findall(plain)):
        lowered = word.lower()
        if lowered in _MONTHS:
            yield f"m{_MONTHS.index(lowered) + 1}"
        elif len(word) >= _COGNATE or (len(word) > 1 and word.isupper()):
            yield lowered[:_COGNATE]


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
