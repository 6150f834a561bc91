"""The paragraphs of the page: the text at each location of a finding, with the spans to mark.

A text is stored once, however many findings it has. Offsets count UTF-16 code units, as strings in browsers
do.
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
    """Collects the texts of one report; `texts` has the texts so far, as objects for the page."""

    def __init__(self, documents: Mapping[str, Document], languages: Mapping[str, tuple[str, str]]) -> None:
        self._documents = documents
        self._languages = languages
        self._paragraphs: dict[str, _Paragraphs] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self.texts: list[dict[str, Any]] = []

    def side(self, location: Location) -> Side:
        """The side of a finding with only one location: the side of its language, or else the target."""
        languages = self._languages.get(location.path)
        return (languages and side_of(location.text, *languages)) or Side.TARGET

    def location(self, location: Location, side: Side) -> dict[str, Any]:
        """A location as an object: the numbers of its `texts`, the first line, and the `marks` in them."""
        languages = self._languages.get(location.path)
        language = languages[side is Side.TARGET] if languages else ""
        lines = list(self._lines_of(location)) if location.line else []
        texts, marks = [], []
        for _, text, span in lines:
            number = self._number(text, language)
            texts.append(number)
            if span is not None:
                marks.append([number, _units(text, span.start), _units(text, span.end)])
        return {
            "side": side.value,
            "line": location.line,
            "column": location.column,
            "first": lines[0][0] if lines else location.line,
            "texts": texts,
            "marks": marks,
        } | ({"place": location.place} if location.place else {})

    def _lines_of(self, location: Location) -> Iterator[tuple[int, str, Span | None]]:
        """First line, text and marked span of each paragraph at a location; no span means the whole text."""
        document = self._documents.get(location.path)
        if document is None or not document.raw or location.line > len(document.line_starts):
            if location.text:
                yield location.line, location.text, None
            return
        raw = raw_span(document, location)
        if location.path not in self._paragraphs:
            self._paragraphs[location.path] = _Paragraphs(document)
        segments = list(self._paragraphs[location.path].touching(raw))
        for own, segment in segments:
            line, _ = position(document.line_starts, own.start)
            yield line, segment.text, None if raw.contains(own) else text_span(segment, raw)
        if not segments:
            line_span = _line_span(document, location.line)
            marked = Span(raw.start - line_span.start, min(raw.end, line_span.end) - line_span.start)
            yield location.line, document.raw[line_span.start : line_span.end], marked

    def _number(self, text: str, language: str) -> int:
        number = self._numbers.setdefault((text, language), len(self.texts))
        if number == len(self.texts):
            right_to_left = scripts_of(language)[0] in RIGHT_TO_LEFT
            direction = "rtl" if right_to_left else "ltr" if language else "auto"
            self.texts.append({"text": text, "lang": language, "dir": direction})
        return number


class _Paragraphs:
    """The segments of a document in the order of the file."""

    def __init__(self, document: Document) -> None:
        placed = sorted(
            ((segment.raw, segment) for segment in document.segments), key=lambda item: item[0].start
        )
        self._placed = placed
        self._starts = [raw.start for raw, _ in placed]

    def touching(self, span: Span) -> Iterator[tuple[Span, Segment]]:
        """The segments that a span of raw text touches, each with its own raw span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for number in range(first, len(self._placed)):
            raw, segment = self._placed[number]
            if raw.start > span.start and raw.start >= span.end:
                return
            if raw.end > span.start or raw == span:
                yield raw, segment


def text_span(segment: Segment, raw: Span) -> Span:
    """The span of a segment's text that corresponds to a span of raw text.

    Pieces that do not correspond character by character are included as a whole.
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


def raw_span(document: Document, location: Location | Edit) -> Span:
    """The raw span between two positions, cut at the end of the file."""
    start = _offset(document, location.line, location.column)
    return Span(start, max(start, _offset(document, location.end_line, location.end_column)))


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
