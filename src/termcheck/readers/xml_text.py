"""The text of an element with inline codes: what a translator reads, with the way back to the raw text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Side, Span, merge
from termcheck.readers.accelerators import IN_XML
from termcheck.readers.base import Replacement, identity, row_segment
from termcheck.readers.po_formats import protected_by
from termcheck.readers.xml_spans import CDATA, SILENT, Element, escaped, escapes, in_cdata
from termcheck.text.positions import position, trimmed

_OBJECT = "\ufffc"
ACCELERATORS = compile_later(rf"{IN_XML}(?P<thing>(?!))?")
"""Finds the marks of the letters that the labels of menus and buttons underline, as codes of `Texts`."""


class Inline(Enum):
    """What an element inside a text is: text itself, text to keep, a mark without text, or a thing."""

    TEXT = "text"
    KEPT = "kept"
    MARK = "mark"
    OBJECT = "object"


Escapes = Callable[[str, int, int], Iterator[tuple[Span, str]]]
"""Finds the raw spans between two offsets that stand for another text, which may be empty, with that text."""
InlineKind = Callable[[Element], Inline]
"""Tells what an element inside a text is."""


def _line_breaks(raw: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The line breaks of two characters."""
    while (start := raw.find("\r\n", start, end)) >= 0:
        yield Span(start, start + 2), "\n"
        start += 2


class Texts(Struct, frozen=True):
    """Makes segments of the elements of one file.

    An object, such as a placeholder, is one protected character, so that no term goes across it. `codes`
    finds codes that are written into the text itself; its group `thing` is set where one is an object.
    `escapes` finds what stands for something else in character data, and `section_escapes` in CDATA sections.
    """

    raw: str
    kind: InlineKind
    codes: re.Pattern[str] | None = None
    escapes: Escapes = escapes
    section_escapes: Escapes = _line_breaks

    def segment(self, element: Element, row: int | None, side: Side | None) -> Segment:
        """The segment of an element, without the blanks at its ends."""
        raw, start, end = self.raw, element.inner, element.inner_end
        is_plain = not element.children and self.codes is None and self.escapes is escapes
        if is_plain and raw.find("&", start, end) < 0 and raw.find("\r", start, end) < 0:
            span = trimmed(raw, start, end)
            return row_segment(raw[span.start : span.end], (identity(span.start, span.end),), row, side)
        content = _Content()
        self._add(element, content, kept=False)
        return content.segment(Span(start, end), row, side)

    def text(self, element: Element) -> str:
        """The text of an element, without the way back to the raw text."""
        content = _Content()
        self._add(element, content, kept=False)
        return content.text

    def _add(self, element: Element, content: _Content, *, kept: bool) -> None:
        at = element.inner
        for child in element.children:
            self._add_data(content, at, child.start, kept=kept)
            at = child.end
            if child.name == CDATA:
                self._add_section(content, child.inner, child.inner_end, kept=kept)
            elif child.name != SILENT:
                self._add_inline(child, content, kept=kept)
        self._add_data(content, at, element.inner_end, kept=kept)

    def _add_inline(self, child: Element, content: _Content, *, kept: bool) -> None:
        kind = self.kind(child)
        if kind is Inline.OBJECT:
            content.add(_OBJECT, Span(child.start, child.end), kept=True)
        elif kind is not Inline.MARK:
            self._add(child, content, kept=kept or kind is Inline.KEPT)

    def _add_data(self, content: _Content, start: int, end: int, *, kept: bool) -> None:
        """Add character data, without the codes in it."""
        for code in self.codes.finditer(self.raw, start, end) if self.codes else ():
            self._add_characters(content, start, code.start(), kept=kept)
            if code["thing"]:
                content.add(_OBJECT, Span(*code.span()), kept=True)
            start = code.end()
        self._add_characters(content, start, end, kept=kept)

    def _add_characters(self, content: _Content, start: int, end: int, *, kept: bool) -> None:
        self._add_escaped(content, self.escapes(self.raw, start, end), start, end, kept=kept)

    def _add_section(self, content: _Content, start: int, end: int, *, kept: bool) -> None:
        """Add what a CDATA section says; there are no entities in it."""
        self._add_escaped(content, self.section_escapes(self.raw, start, end), start, end, kept=kept)

    def _add_escaped(
        self, content: _Content, found: Iterator[tuple[Span, str]], start: int, end: int, *, kept: bool
    ) -> None:
        for span, shown in found:
            content.add(self.raw[start : span.start], Span(start, span.start), kept=kept)
            content.add(shown, span, kept=kept)
            start = span.end
        content.add(self.raw[start:end], Span(start, end), kept=kept)


class _Content:
    """A text in the making."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._kept: list[Span] = []
        self._length = 0

    def add(self, text: str, raw: Span, *, kept: bool) -> None:
        if text:
            end = self._length + len(text)
            self._texts.append(text)
            self._pieces.append(Piece(Span(self._length, end), raw))
            self._length = end
            if kept:
                self._kept.append(raw)

    @property
    def text(self) -> str:
        return "".join(self._texts)

    def segment(self, within: Span, row: int | None, side: Side | None) -> Segment:
        """The text as a segment; `within` is its place if it is empty."""
        text = self.text
        span = trimmed(text, 0, len(text))
        if not len(span):
            return row_segment("", (identity(within.start, within.start),), row, side)
        whole = Segment(text, tuple(self._pieces))
        part = whole.part(span) if len(span) < len(text) else whole
        segment = row_segment(part.text, part.pieces, row, side)
        if not self._kept:
            return segment
        kept = _spans_of(segment.pieces, self._kept)
        return replace(segment, protected=merge((*segment.protected, *kept)))


def _spans_of(pieces: Sequence[Piece], raw_spans: Sequence[Span]) -> Iterator[Span]:
    """The spans of a text whose raw text lies in the raw spans."""
    starts = [piece.raw.start for piece in pieces]
    for span in raw_spans:
        nearby = pieces[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        yield from (piece.text for piece in nearby if len(piece.text) and span.contains(piece.raw))


def named_segment(texts: Texts, element: Element, key: str, entry: int, flags: Sequence[str] = ()) -> Segment:
    """The segment of an element with a name, whose entry begins at the raw offset `entry`.

    `flags` say which placeholders are protected, as those of PO do.
    """
    segment = texts.segment(element, None, None)
    protected = protected_by(flags, segment.text, segment.protected)
    return replace(segment, protected=protected, key=key, block=entry)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text as character data, or as it is into a CDATA section, which must not end in it."""
    raw = segment.raw_span(span)
    if not in_cdata(document.raw, raw.start):
        return [(raw, escaped(text))]
    around = document.raw[max(0, raw.start - 2) : raw.start] + text + document.raw[raw.end : raw.end + 2]
    return None if "]]>" in around else [(raw, text)]


def label_replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """As `replacement`, for texts with `ACCELERATORS`; None if an `&` of the text would be read as one.

    A mark that stands right before the text needs a letter behind it, or it would show.
    """
    edits = replacement(document, segment, span, text)
    if edits and document.raw.endswith("&amp;", 0, edits[0][0].start) and not text[0].isalnum():
        return None
    if not edits or "&" not in text:
        return edits
    ((raw, written),) = edits
    before = document.raw[max(0, raw.start - len("(&amp;")) : raw.start]
    around = before + written + document.raw[raw.end : raw.end + len("&amp;x)")]
    start, end = len(before), len(before) + len(written)
    marks = (mark.span() for mark in ACCELERATORS.finditer(around))
    return None if any(first < end and last > start for first, last in marks) else edits


def is_empty(raw: str, element: Element) -> bool:
    """Whether an element has nothing but blanks in it."""
    return not element.children and not raw[element.inner : element.inner_end].strip()


def line_of_unit(document: Document, segment: Segment, tag: re.Pattern[str]) -> int:
    """The line with the start tag of the unit that a segment is in; the segment's own if there is none."""
    starts, end = document.line_starts, segment.raw.start
    own, _ = position(starts, end)
    line = own
    while line > 1 and not tag.search(document.raw, starts[line - 1], end):
        line, end = line - 1, starts[line - 1]
    return line if tag.search(document.raw, starts[line - 1], end) else own
