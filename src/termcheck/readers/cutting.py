"""Cuts a long text into stretches of whole rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.readers.stretches import TextStretch

if TYPE_CHECKING:
    from termcheck.readers.base import ReadOptions
    from termcheck.readers.delimited import Dialect

# The length of a stretch in characters, more or less: some thousands of rows.
_LONG = 1 << 20
# A quoted field may hold line breaks, but a quote that never closes must not hold the rest of the file.
_TOO_LONG = 2 * _LONG
_BLOCK = 1 << 16
# So much of a table shows what delimits the fields of its header.
_LONGEST_HEADER = 1 << 20
_VISIBLE = compile_later(r"\S")
_NEWLINE = compile_later(r"\r\n?|\n")


def stretch_length() -> int:
    """How many characters a stretch has, more or less."""
    return _LONG


def cut_lines(text: TextIO) -> Iterator[TextStretch]:
    """Stretches of a text in which each line is a row."""
    return without_short_end(_stretches_of_lines(text))


def cut_table(text: TextIO, dialect: Dialect, options: ReadOptions) -> Iterator[TextStretch]:
    """Stretches of a table, in which a quoted field may hold line breaks; each has the table's header.

    A stretch ends where the reader ends a row. A table whose header is not clear without the rows is one
    stretch.
    """
    return without_short_end(_stretches_of_table(text, dialect, options))


def _stretches_of_lines(text: TextIO) -> Iterator[TextStretch]:
    held, before = "", 0
    while block := text.read(_LONG):
        held += block
        # A carriage return at the very end may have its newline in the next block.
        end = held.rfind("\n") + 1 or held.rfind("\r", 0, -1) + 1
        if end and not (before == 0 and held[:end].isspace()):
            yield TextStretch(held[:end], before=before, first=not before)
            before += count_lines(held[:end])
            held = held[end:]
    if held:
        yield TextStretch(held, before=before, first=not before)


def _stretches_of_table(text: TextIO, dialect: Dialect, options: ReadOptions) -> Iterator[TextStretch]:
    table = _Table(text, dialect, options)
    header, before = table.take(1), 0
    if not dialect.is_decided(header):
        yield TextStretch(header + table.rest(), first=True)
        return
    while rows := table.take(_LONG):
        yield TextStretch(rows, header, before, first=not before)
        before += count_lines(rows)


def count_lines(text: str) -> int:
    """The number of newlines in a text."""
    returns = text.count("\r")
    return text.count("\n") + (returns - text.count("\r\n") if returns else 0)


class _Table:
    """The text of a table, from which whole rows are taken in order."""

    def __init__(self, text: TextIO, dialect: Dialect, options: ReadOptions) -> None:
        self._text = text
        self._held = ""
        while len(self._held) < _LONGEST_HEADER and self._read():
            pass
        self._quote = _opening_quote(dialect.delimiter(self._held, options) if self._held.strip() else ",")

    def take(self, size: int) -> str:
        """The next rows, with `size` characters or somewhat more, or the rest of the table."""
        start = self._after_blank_lines()
        end, at = self._line_end(start + size), start
        # A line break in a quoted field does not end a row.
        while self._held.find('"', at, end) >= 0 and (quote := self._next_quote(at, end)):
            at = quote.end() if quote["end"] is not None else quote.start() + 1
            if at > end:
                end = self._line_end(at + 1)
        taken, self._held = self._held[:end], self._held[end:]
        return taken

    def rest(self) -> str:
        """All rows that have not been taken."""
        return self._held + self._text.read()

    def _next_quote(self, start: int, end: int) -> re.Match[str] | None:
        """The next field that begins with a quote, as far as it is known how it ends."""
        while (quote := self._quote.search(self._held, start)) and quote.start() < end:
            # One that reaches the end of what is held may go on.
            is_open = quote.end() == len(self._held) and quote.end() - quote.start() < _TOO_LONG
            if not is_open or not self._read():
                return quote
        return None

    def _after_blank_lines(self) -> int:
        """The offset of the next line that is not blank."""
        while not (found := _VISIBLE.search(self._held)) and self._read():
            pass
        begin = found.start() if found else len(self._held)
        return max(self._held.rfind("\n", 0, begin), self._held.rfind("\r", 0, begin)) + 1

    def _line_end(self, size: int) -> int:
        """The length of the lines that the first `size` characters stand in."""
        while True:
            found = _NEWLINE.search(self._held, size - 1)
            # A carriage return at the very end may have its newline in the next block.
            if found and (found.end() < len(self._held) or found[0] != "\r"):
                return found.end()
            if not self._read():
                return len(self._held)

    def _read(self) -> bool:
        block = self._text.read(_BLOCK)
        self._held += block
        return bool(block)


@cache
def _opening_quote(delimiter: str) -> re.Pattern[str]:
    """A quote at the beginning of a field; the group `end` is set if the field ends with another one."""
    marks = re.escape(delimiter) + r"\r\n"
    return re.compile(rf'"(?<![^{marks}]")(?:[^"]++|"")*+(?P<end>"(?=[{marks}]|\Z))?')


def without_short_end(stretches: Iterable[TextStretch]) -> Iterator[TextStretch]:
    """The stretches, with the last one marked. A short last one is joined to the one before it."""
    held: list[TextStretch] = []
    try:
        for stretch in stretches:
            held.append(stretch)
            if len(held) > 2:
                yield held.pop(0)
    except (OSError, UnicodeError):
        yield from held
        raise
    if len(held) == 2 and len(held[1].rows) < _LONG // 2:
        held = [replace(held[0], rows=held[0].rows + held[1].rows)]
    for stretch in held:
        yield replace(stretch, last=stretch is held[-1])
