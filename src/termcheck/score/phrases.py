"""Texts as rows of units, and the phrases in them that could be a rendering.

A unit is what a phrase is made of: a word where words are written apart, else a Han character or a Hangul
syllable. Rows are plain strings, a unit between two blanks, so that whether a text has a phrase is asked
of the fastest search there is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from termcheck import languages
from termcheck.languages.word_keys import stem_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Span
from termcheck.text.fold import Folded, fold
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS

# One character of Han or Hangul, a run of either kana, or a word of anything else.
_SINGLE = HAN_CLASS + HANGUL_CLASS
_UNIT = compile_later(
    f"[{_SINGLE}]|[\u30a1-\u30ff]+|[\u3041-\u309f]+|[^\\W_{_SINGLE}\u3041-\u309f\u30a1-\u30ff]+(?:'s\\b)?"
)
_JOINT = compile_later(r"[ '·-]{0,3}")
_IS_CHARACTER = compile_later(rf"\^?[{_SINGLE}]")
_HANGUL = compile_later(f"[{HANGUL_CLASS}]")
_HIRAGANA = compile_later("[\u3041-\u309f]")

# Begins a word of Hangul: there alone may a phrase begin, while particles may follow its end.
_WORD = "^"
_BREAK = "\n"

# A phrase holds four words or six characters at most, or as much of a mixture.
_WEIGHT_OF_CHARACTER, _WEIGHT_OF_WORD, _MOST_WEIGHT = 2, 3, 12


class Unit(Struct, frozen=True):
    """A unit of a segment: what it is compared by, and its span in the segment's text."""

    key: str
    span: Span


def units(segment: Segment, language: str) -> Iterator[Unit | None]:
    """The units of a segment in order; None where a phrase must end: punctuation, protected text."""
    folded = fold(segment.text, language)
    for key, start, end in _scan(folded, language, _mask(segment, ())):
        yield None if key == _BREAK else Unit(key, folded.origin(Span(start, end)))


def _scan(folded: Folded, language: str, out: bytearray) -> Iterator[tuple[str, int, int]]:
    """The key and the bounds in the folded text of each unit, and _BREAK where a phrase must end."""
    stem = stem_of(language)
    last = 0
    for found in _UNIT.finditer(folded.text):
        start, end = found.span()
        gap = folded.text[last:start]
        last = end
        if gap and gap != " " and not _JOINT.fullmatch(gap):
            yield _BREAK, start, start
        if out:
            span = folded.origin(Span(start, end))
            if out.find(1, span.start, span.end) >= 0:
                yield _BREAK, start, end
                continue
        key = stem(found[0])
        inside = not _HANGUL.match(key) or (start and _HANGUL.match(folded.text[start - 1]))
        yield key if inside else _WORD + key, start, end


def _mask(segment: Segment, hidden: Sequence[Span]) -> bytearray:
    """A 1 for each character of a segment's text that is protected or hidden; empty if none is."""
    spans = (*segment.protected, *hidden)
    mask = bytearray(len(segment.text) if spans else 0)
    for span in spans:
        mask[span.start : span.end] = b"\1" * len(span)
    return mask


def row(
    segments: Iterable[Segment], language: str, hidden: Callable[[Segment], list[Span]] | None = None
) -> str:
    """The units of segments as one string: each key between blanks, a newline where a phrase must end.

    Protected text is left out, and what `hidden` gives for a segment.
    """
    keys: list[str] = []
    for segment in segments:
        out = _mask(segment, hidden(segment) if hidden else ())
        keys += [key for key, _, _ in _scan(fold(segment.text, language), language, out)]
        keys.append(_BREAK)
    return f" {' '.join(keys)} "


def phrase(text: str, language: str) -> str:
    """A text as a phrase that rows can be searched for, blanks on both sides."""
    found = _scan(fold(text, language), language, bytearray())
    return f" {' '.join(key for key, _, _ in found if key != _BREAK)} "


def phrases(row: str, language: str) -> Iterator[str]:
    """The phrases of a row, blanks on both sides; one may come several times."""
    small = _small(language)
    for part in row.split(_BREAK):
        keys = part.split()
        ends = [key not in small and not _HIRAGANA.match(key) for key in keys]
        for start, first in enumerate(keys):
            if not ends[start] or first.isdigit() or _HANGUL.match(first):
                continue
            weight = 0
            for end in range(start, len(keys)):
                weight += _WEIGHT_OF_CHARACTER if _IS_CHARACTER.match(keys[end]) else _WEIGHT_OF_WORD
                if weight > _MOST_WEIGHT:
                    break
                if ends[end] and _has_content(keys[start : end + 1]):
                    yield f" {' '.join(keys[start : end + 1])} "


def _has_content(keys: Sequence[str]) -> bool:
    """Two characters, or a word that is more than a letter or a number."""
    characters = sum(_IS_CHARACTER.match(key) is not None for key in keys)
    return characters > 1 or any(
        len(key) > 1 and not key.isdigit() and not _IS_CHARACTER.match(key) for key in keys
    )


def places(phrase: str, segment: Segment, language: str) -> Iterator[Span]:
    """Where a phrase stands in a segment's text."""
    sought = phrase.split()
    found = list(units(segment, language))
    keys = [_BREAK if unit is None else unit.key for unit in found]
    for at in range(len(keys) - len(sought) + 1):
        first, last = found[at], found[at + len(sought) - 1]
        if first is not None and last is not None and keys[at : at + len(sought)] == sought:
            yield Span(first.span.start, last.span.end)


def neighbours(segment: Segment, span: Span, language: str) -> Iterator[tuple[str, Span]]:
    """What stands next to a span of a segment's text, one and two units of it on either side.

    Each as a phrase, and with the span that takes in both it and the given one.
    """
    found = list(units(segment, language))
    own = [at for at, unit in enumerate(found) if unit is not None and unit.span.overlaps(span)]
    for width in (1, 2) if own else ():
        for begin, end in ((own[0] - width, own[0]), (own[-1] + 1, own[-1] + 1 + width)):
            beside = [unit for unit in found[max(begin, 0) : end] if unit is not None]
            if len(beside) == width:
                both = Span(min(beside[0].span.start, span.start), max(beside[-1].span.end, span.end))
                yield f" {' '.join(unit.key for unit in beside)} ", both


@functools.cache
def _small(language: str) -> frozenset[str]:
    """The stems of words that seldom begin or end a name. Han characters may stand in any text."""
    known, han = languages.get(language), languages.get(languages.main_language("han"))
    return frozenset(map(stem_of(language), known.function_words | known.articles)) | han.function_words
