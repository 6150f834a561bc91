"""Converts offsets in a file to lines and columns.

Readers and rules use offsets; people and editors use lines and columns. A line ends only at `\\n`, `\\r\\n`
or `\\r`. U+2028, form feed and the like are ordinary characters, as they are to editors and to git, although
`str.splitlines` splits at them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from termcheck.lazy import compile_later
from termcheck.model import Document, Location, Segment, Span

_NEWLINE = compile_later(r"\r\n|\n|\r")


def line_starts(raw: str) -> tuple[int, ...]:
    """The raw offsets at which lines start; the first is 0, even for an empty text."""
    if "\r" not in raw:
        return tuple(accumulate([len(line) + 1 for line in raw.split("\n")[:-1]], initial=0))
    return (0, *(newline.end() for newline in _NEWLINE.finditer(raw)))


class PartialLineStarts(Sequence[int]):
    """The line starts of a partially read file.

    `starts` are the offsets of the lines in the text that was read, and `numbers` their 1-based numbers in
    the file. A line that was not read starts where the next one that was read does.
    """

    def __init__(self, starts: Sequence[int], numbers: Sequence[int]) -> None:
        self._starts, self._numbers = starts, numbers

    def __len__(self) -> int:
        return self._numbers[-1]

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[line] for line in range(*index.indices(len(self)))]
        return self._starts[bisect_left(self._numbers, range(1, len(self) + 1)[index])]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset, found without the lines that were not read."""
        line = bisect_right(self._starts, offset) - 1
        return self._numbers[line], offset - self._starts[line] + 1


def position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The 1-based line and column, in code points, of a raw offset.

    An offset within the newline of a line counts as a column of that line.
    """
    if isinstance(starts, PartialLineStarts):
        return starts.position(offset)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def line_start(starts: Sequence[int], offset: int) -> int:
    """The raw offset at which the line of a raw offset starts."""
    return offset - position(starts, offset)[1] + 1


def line_range(document: Document, span: Span) -> tuple[int, int]:
    """The first and the last line of a span of raw offsets; both count from 1."""
    first, _ = position(document.line_starts, span.start)
    last, _ = position(document.line_starts, max(span.end - 1, span.start))
    return first, last


def locate(document: Document, span: Span) -> Location:
    """The location of a span of raw offsets, with the raw text that it covers."""
    line, column = position(document.line_starts, span.start)
    end_line, end_column = position(document.line_starts, span.end)
    return Location(document.path, line, column, end_line, end_column, document.raw[span.start : span.end])


def segment_location(document: Document, segment: Segment, span: Span) -> Location:
    """The location of a span of a segment's text, in the file the segment was read from."""
    return locate(document, segment.raw_span(span))


def trimmed(raw: str, start: int, end: int) -> Span:
    """The span without blanks at its ends; if all of it is blank, the empty span at `start`."""
    text = raw[start:end]
    lead = len(text) - len(text.lstrip())
    return Span(start + lead, start + len(text.rstrip())) if lead < len(text) else Span(start, start)
