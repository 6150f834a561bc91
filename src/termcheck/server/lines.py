"""Converts between the places of termcheck and the positions of the protocol.

termcheck counts lines and columns from 1, in code points. The protocol counts from 0, and its columns are
units of the encoding that client and server agreed on: bytes of UTF-8, units of UTF-16, or code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from lsprotocol.types import Position, PositionEncodingKind, Range
from msgspec import Struct, field

from termcheck.model import Edit, Location
from termcheck.text.positions import line_starts, position

_CODECS = {PositionEncodingKind.Utf8.value: ("utf-8", 1), PositionEncodingKind.Utf16.value: ("utf-16-le", 2)}
"""By the name of an encoding: the codec that counts its units, and the bytes of a unit."""


# Units are counted ahead for each stretch of so many code points.
_STRETCH = 512


class Lines(Struct):
    """A text by its lines; `encoding` is the position encoding of the client.

    `starts` are the offsets at which lines start, in code points.
    """

    text: str
    starts: Sequence[int]
    encoding: str
    # By line, if it is long: the units before each stretch of it. A line may have thousands of findings.
    _units_before: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, encoding: str) -> Lines:
        """The lines of a text."""
        return cls(text, line_starts(text), encoding)

    def position(self, line: int, column: int) -> Position:
        """The position of a line and column of termcheck; one beyond the end is the end of its line."""
        number = min(max(line, 1), len(self.starts)) - 1
        start, end = self.starts[number], self._end(number)
        column = min(column - 1, end - start)
        if end - start <= _STRETCH:
            return Position(number, self._units(start, start + column))
        stretch = column // _STRETCH
        before = self._stretches(number)[stretch]
        return Position(number, before + self._units(start + stretch * _STRETCH, start + column))

    def position_at(self, offset: int) -> Position:
        """The position of an offset."""
        return self.position(*position(self.starts, offset))

    def range(self, place: Location | Edit) -> Range:
        """The range of a location or of an edit."""
        return Range(self.position(place.line, place.column), self.position(place.end_line, place.end_column))

    def range_of(self, start: int, end: int) -> Range:
        """The range between two offsets."""
        return Range(self.position_at(start), self.position_at(end))

    def offset(self, place: Position) -> int:
        """The offset of a position; one beyond the end of its line is that end, as the protocol says."""
        if place.line >= len(self.starts):
            return len(self.text)
        start, end = self.starts[place.line], self._end(place.line)
        character = place.character
        if end - start > _STRETCH:
            before = self._stretches(place.line)
            stretch = max(bisect_right(before, character) - 1, 0)
            start, character = start + stretch * _STRETCH, character - before[stretch]
            end = min(end, start + _STRETCH)
        codec, size = _CODECS.get(self.encoding, ("", 1))
        line = self.text[start:end]
        if not codec or line.isascii():
            return min(start + character, end)
        units = line.encode(codec, "surrogatepass")[: character * size]
        return start + len(units.decode(codec, "ignore"))

    def _stretches(self, number: int) -> list[int]:
        """The units of a line before each of its stretches; lines count from 0."""
        if number not in self._units_before:
            start, end = self.starts[number], self._end(number)
            edges = range(start, end + 1, _STRETCH)
            units = (self._units(edge, min(edge + _STRETCH, end)) for edge in edges)
            self._units_before[number] = list(accumulate(units, initial=0))
        return self._units_before[number]

    def _units(self, start: int, end: int) -> int:
        """The units of the text between two offsets."""
        codec, size = _CODECS.get(self.encoding, ("", 1))
        text = self.text[start:end]
        if not codec or text.isascii():
            return len(text)
        return len(text.encode(codec, "surrogatepass")) // size

    def _end(self, number: int) -> int:
        """The offset at which a line ends, without its newline; lines count from 0."""
        if number + 1 >= len(self.starts):
            return len(self.text)
        end = self.starts[number + 1] - 1
        if self.text[end] == "\n" and end > self.starts[number] and self.text[end - 1] == "\r":
            end -= 1
        return end
