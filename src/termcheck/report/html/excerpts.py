"""The paragraphs that findings speak of: their texts, and where in them the words in question stand.

A text is told once, however many findings it has. Offsets are in UTF-16 code units, which is what browsers
count strings in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from termcheck.languages import scripts_of
from termcheck.languages.identify import side_of
from termcheck.model import Document, Edit, Location, Segment, Side, Span
from termcheck.text.positions import position
from termcheck.text.scripts import RIGHT_TO_LEFT


class Excerpts:
    """Gathers the texts of one report; `texts` are those met so far, as objects for the page."""

    def __init__(self, documents: Mapping[str, Document], languages: Mapping[str, tuple[str, str]]) -> None:
        self._documents = documents
        self._languages = languages
        self._paragraphs: dict[str, _Paragraphs] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self.texts: list[dict[str, Any]] = []

    def side(self, place: Location) -> Side:
        """The side of a place that is all a finding has: that of its language, else the target."""
        languages = self._languages.get(place.path)
        return (languages and side_of(place.text, *languages)) or Side.TARGET

    def place(self, place: Location, side: Side) -> dict[str, Any]:
        """A place as an object: the numbers of its `texts`, the line of the first, and the `mark` in them."""
        languages = self._languages.get(place.path)
        language = languages[side is Side.TARGET] if languages else ""
        found = list(self._lines_of(place)) if place.line else []
        texts, marks = [], []
        for _, text, span in found:
            number = self._number(text, language)
            texts.append(number)
            if span is not None:
                marks.append([number, _units(text, span.start), _units(text, span.end)])
        return {
            "side": side.value,
            "line": place.line,
            "column": place.column,
            "first": found[0][0] if found else place.line,
            "texts": texts,
            "marks": marks,
        }

    def _lines_of(self, place: Location) -> Iterator[tuple[int, str, Span | None]]:
        """First line, text and marked span of each paragraph at a place; no span: the whole is meant."""
        document = self._documents.get(place.path)
        if document is None or not document.raw or place.line > len(document.line_starts):
            if place.text:
                yield place.line, place.text, None
            return
        raw = raw_span(document, place)
        if place.path not in self._paragraphs:
            self._paragraphs[place.path] = _Paragraphs(document)
        segments = list(self._paragraphs[place.path].at(raw))
        for own, segment in segments:
            line, _ = position(document.line_starts, own.start)
            yield line, segment.text, None if raw.contains(own) else text_span(segment, raw)
        if not segments:
            line_span = _line_span(document, place.line)
            marked = Span(raw.start - line_span.start, min(raw.end, line_span.end) - line_span.start)
            yield place.line, document.raw[line_span.start : line_span.end], marked

    def _number(self, text: str, language: str) -> int:
        number = self._numbers.setdefault((text, language), len(self.texts))
        if number == len(self.texts):
            right_to_left = scripts_of(language)[0] in RIGHT_TO_LEFT
            direction = "rtl" if right_to_left else "ltr" if language else "auto"
            self.texts.append({"text": text, "lang": language, "dir": direction})
        return number


class _Paragraphs:
    """The segments of a document in the order of their places in the file."""

    def __init__(self, document: Document) -> None:
        placed = sorted(
            ((segment.raw, segment) for segment in document.segments), key=lambda one: one[0].start
        )
        self._placed = placed
        self._starts = [raw.start for raw, _ in placed]

    def at(self, place: Span) -> Iterator[tuple[Span, Segment]]:
        """The segments that a stretch of raw text touches, and their own stretches."""
        first = max(bisect_right(self._starts, place.start) - 1, 0)
        for number in range(first, len(self._placed)):
            raw, segment = self._placed[number]
            if raw.start > place.start and raw.start >= place.end:
                return
            if raw.end > place.start or raw == place:
                yield raw, segment


def text_span(segment: Segment, raw: Span) -> Span:
    """The stretch of a segment's text that was read from a stretch of raw text: the way back of `raw_span`.

    Pieces that do not correspond one to one are taken whole.
    """
    touched = [piece for piece in segment.pieces if piece.raw.start < raw.end and raw.start < piece.raw.end]
    if not touched:
        return Span(0, 0)
    start, end = touched[0].text.start, touched[-1].text.end
    if len(touched[0].text) == len(touched[0].raw):
        start += max(raw.start - touched[0].raw.start, 0)
    if len(touched[-1].text) == len(touched[-1].raw):
        end -= max(touched[-1].raw.end - raw.end, 0)
    return Span(start, max(start, end))


def raw_span(document: Document, place: Location | Edit) -> Span:
    """The raw offsets between two positions; what lies beyond the end of the file is cut off."""
    start = _offset(document, place.line, place.column)
    return Span(start, max(start, _offset(document, place.end_line, place.end_column)))


def _offset(document: Document, line: int, column: int) -> int:
    starts, length = document.line_starts, len(document.raw)
    return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length


def _line_span(document: Document, number: int) -> Span:
    starts, raw = document.line_starts, document.raw
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(raw)
    return Span(start, start + len(raw[start:end].rstrip("\r\n")))


def _units(text: str, offset: int) -> int:
    """An offset in code points as one in UTF-16 code units."""
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
