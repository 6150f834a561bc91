"""From offsets in a file to lines and columns.

Readers and rules reckon in offsets, people and editors in lines and columns. A line ends at `\\n`,
`\\r\\n` or `\\r` and nowhere else: U+2028, form feed and their like are ordinary characters here, as
they are to editors and to git, although `str.splitlines` thinks otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import overload

from termcheck.lazy import compile_later
from termcheck.model import Document, Location, Segment, Span

_NEWLINE = compile_later(r"\r\n|\n|\r")


def line_starts(raw: str) -> tuple[int, ...]:
    """Raw offsets at which the lines begin; the first is always 0, also for empty text."""
    return (0, *(newline.end() for newline in _NEWLINE.finditer(raw)))


class LaterStarts(Sequence[int]):
    """The line starts of a stretch of a file, for a text that begins some lines after the file does."""

    def __init__(self, starts: Sequence[int], before: int) -> None:
        self._starts, self._before = starts, before

    def __len__(self) -> int:
        return self._before + len(self._starts)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        return self._starts[place - self._before] if place >= self._before else -1


def position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """1-based line and column, in code points, of a raw offset.

    An offset inside a line's newline counts as a column of that line.
    """
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def locate(document: Document, span: Span) -> Location:
    """The location of a span of raw offsets, with the raw text it covers."""
    line, column = position(document.line_starts, span.start)
    end_line, end_column = position(document.line_starts, span.end)
    return Location(document.path, line, column, end_line, end_column, document.raw[span.start : span.end])


def segment_location(document: Document, segment: Segment, span: Span) -> Location:
    """The location of a span of a segment's text, in the file the segment was read from."""
    return locate(document, segment.raw_span(span))
