"""Cuts a long text into stretches of whole rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.readers.stretches import TextStretch

# The length of a stretch in characters, more or less: some thousands of rows.
_LONG = 1 << 20
# A quoted field may hold line breaks, but a quote that never closes must not hold the rest of the file.
_TOO_LONG = 2 * _LONG
_BLOCK = 1 << 16
_VISIBLE = compile_later(r"\S")
_NEWLINE = compile_later(r"\r\n?|\n")


def cut_lines(text: TextIO) -> Iterator[TextStretch]:
    """Stretches of a text in which each line is a row."""
    return _without_short_end(_stretches_of_lines(text))


def cut_table(text: TextIO) -> Iterator[TextStretch]:
    """Stretches of a table, in which a quoted field may hold line breaks; each has the table's header."""
    return _without_short_end(_stretches_of_table(text))


def _stretches_of_lines(text: TextIO) -> Iterator[TextStretch]:
    held, before = "", 0
    while block := text.read(_LONG):
        held += block
        # A carriage return at the very end may have its newline in the next block.
        end = held.rfind("\n") + 1 or held.rfind("\r", 0, -1) + 1
        if end and not (before == 0 and held[:end].isspace()):
            yield TextStretch(held[:end], before=before, first=not before)
            before += _count_lines(held[:end])
            held = held[end:]
    if held:
        yield TextStretch(held, before=before, first=not before)


def _stretches_of_table(text: TextIO) -> Iterator[TextStretch]:
    table = _Table(text)
    header, before = table.take(1), 0
    while rows := table.take(_LONG):
        yield TextStretch(rows, header, before, first=not before)
        before += _count_lines(rows)


def _count_lines(text: str) -> int:
    returns = text.count("\r")
    return text.count("\n") + (returns - text.count("\r\n") if returns else 0)


class _Table:
    """The text of a table, from which whole rows are taken in order."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""

    def take(self, size: int) -> str:
        """The next rows, with `size` characters or somewhat more, or the rest of the table.

        A line break between two quotes does not end a row.
        """
        start = self._after_blank_lines()
        end = self._line_end(start + size)
        quotes = self._held.count('"', 0, end)
        while quotes % 2 and end < start + _TOO_LONG:
            counted, end = end, self._line_end(end + 1)
            if counted == end:
                break
            quotes += self._held.count('"', counted, end)
        taken, self._held = self._held[:end], self._held[end:]
        return taken

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


def _without_short_end(stretches: Iterable[TextStretch]) -> Iterator[TextStretch]:
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
