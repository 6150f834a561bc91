"""Big files of rows, read in stretches: memory stays what it is, however long the file.

A stretch ends where a row does and is read like a file of its own. Where it ends depends on the text alone,
so that what is found does not depend on who checks it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Self, TextIO

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.messages import file_error
from termcheck.model import Document, TermcheckError
from termcheck.readers import ReadOptions, document_of, format_of
from termcheck.readers.encoding import decoding_failure, recognised, require_no_binary, require_text
from termcheck.text.positions import PartialLineStarts

if TYPE_CHECKING:
    from termcheck.readers.pair_rows import BareTexts

# A stretch is about so many characters long: some thousands of rows.
_LONG = 1 << 20
# A quoted field may hold line breaks, but a quote that is never closed must not hold the file.
_TOO_LONG = 2 * _LONG
_SAMPLE = _BLOCK = 1 << 16
_VISIBLE = compile_later(r"\S")
_NEWLINE = compile_later(r"\r\n?|\n")
_ROWS = ("jsonl", "csv", "tsv")


class Stretch(Struct, frozen=True):
    """Rows of a file, the header of its table if it is one, and how many lines lie between the two.

    `places`, where some lines of the stretch are left out, are the indices of those that are there, with
    those of the header.
    """

    rows: str
    header: str = ""
    before: int = 0
    places: Sequence[int] | None = None
    first: bool = False
    last: bool = False

    def line(self, number: int) -> int:
        """The line of the file that a line of the stretch, header included, is; both count from 1."""
        if self.places is None:
            return self.before + number
        within = number - 1
        # The line after the last one is where its newline ends.
        place = self.places[within] if within < len(self.places) else self.places[-1] + 1
        return self.before + place + 1

    def only(self, places: Sequence[int]) -> Self:
        """The same without the lines that stand at other places; those of the header are among these."""
        lines, headed = (self.header + self.rows).split("\n"), self.header.count("\n")
        return replace(self, rows="".join([f"{lines[place]}\n" for place in places[headed:]]), places=places)

    @property
    def size(self) -> int:
        """The bytes of the rows in UTF-8."""
        return len(self.rows.encode("utf-8", "surrogatepass"))


def has_rows(name: str, options: ReadOptions) -> bool:
    """Whether a file is in a format of rows, which can be read in stretches."""
    return format_of(name, options.format) in _ROWS


def read_stretch(name: str, stretch: Stretch, options: ReadOptions) -> Document:
    """The rows of a stretch, at their places in the file; raises as `read_document` does."""
    raw, format_name = stretch.header + stretch.rows, format_of(name, options.format)
    try:
        # To JSON a NUL is a mistake in one line, beside which all others can be read.
        require_text(raw.replace("\0", "") if format_name == "jsonl" else raw, name, options.encoding)
        document = document_of(name, raw, format_name, options)
    except TermcheckError as error:
        raise _placed(error, stretch) from None
    numbers = map(stretch.line, range(1, len(document.line_starts) + 1))
    return replace(
        document,
        line_starts=PartialLineStarts(document.line_starts, tuple(numbers)),
        errors=tuple(_placed(error, stretch) for error in document.errors),
    )


def require_pairs(name: str, stretch: Stretch, options: ReadOptions) -> None:
    """Raise NotBilingualError, or another TermcheckError, where a stretch holds no pairs."""
    if bare_texts(name, stretch, options) is None:
        read_stretch(name, stretch, options)


def bare_texts(name: str, stretch: Stretch, options: ReadOptions) -> BareTexts | None:
    """What the rows of a stretch say, read quickly; None where that cannot be done."""
    format_name = format_of(name, options.format)
    if format_name == "jsonl":
        from termcheck.readers import jsonl_texts

        return jsonl_texts.texts(stretch.rows, options)
    from termcheck.readers import table_texts

    return table_texts.texts(stretch.header, stretch.rows, options, tsv=format_name == "tsv")


def _placed(error: TermcheckError, stretch: Stretch) -> TermcheckError:
    """The error at its place in the file."""
    error.line = stretch.line(error.line) if error.line else 0
    return error


def stretches(path: str, name: str, options: ReadOptions) -> Iterator[Stretch]:
    """The stretches of a file; TermcheckError, after those before it, for what cannot be read or decoded."""
    is_table = format_of(name, options.format) != "jsonl"
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as everywhere a text is read
            sample = file.read(_SAMPLE)
            mark, codec = recognised(sample, name, options.encoding)
            require_no_binary(sample, name, options.encoding)
            file.seek(len(mark))
            lines = io.TextIOWrapper(file, codec, newline="")
            try:
                yield from _without_a_short_one(_cut_table(lines) if is_table else _cut_lines(lines))
            except UnicodeError as error:
                raise decoding_failure(lines.detach(), name, mark, codec) or error from None
    except OSError as error:
        raise file_error("cannot be read", error, name) from None


def _cut_lines(text: TextIO) -> Iterator[Stretch]:
    """Stretches of whole lines."""
    held, before = "", 0
    while block := text.read(_LONG):
        held += block
        # A carriage return at the very end may have its newline in the next block.
        end = held.rfind("\n") + 1 or held.rfind("\r", 0, -1) + 1
        if end and not (before == 0 and held[:end].isspace()):
            yield Stretch(held[:end], before=before, first=not before)
            before += _count_lines(held[:end])
            held = held[end:]
    if held:
        yield Stretch(held, before=before, first=not before)


def _count_lines(text: str) -> int:
    returns = text.count("\r")
    return text.count("\n") + (returns - text.count("\r\n") if returns else 0)


def _cut_table(text: TextIO) -> Iterator[Stretch]:
    """Stretches of whole rows of a table, each with its header."""
    table = _Table(text)
    header, before = table.take(1), 0
    while rows := table.take(_LONG):
        yield Stretch(rows, header, before, first=not before)
        before += _count_lines(rows)


class _Table:
    """The text of a table, from which rows are taken one after the other."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""

    def take(self, size: int) -> str:
        """The next rows of some size together, or what is left.

        A line break between two quotes is none between two rows.
        """
        begin = self._after_blank_lines()
        end = self._line_end(begin + size)
        quotes = self._held.count('"', 0, end)
        while quotes % 2 and end < begin + _TOO_LONG:
            start, end = end, self._line_end(end + 1)
            if start == end:
                break
            quotes += self._held.count('"', start, end)
        taken, self._held = self._held[:end], self._held[end:]
        return taken

    def _after_blank_lines(self) -> int:
        """Where the next line begins that is not blank."""
        while not (found := _VISIBLE.search(self._held)) and self._read():
            pass
        begin = found.start() if found else len(self._held)
        return max(self._held.rfind("\n", 0, begin), self._held.rfind("\r", 0, begin)) + 1

    def _line_end(self, size: int) -> int:
        """How long the lines are together that so many characters stand in."""
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


def _without_a_short_one(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, the last one marked; it is joined to the one before it if that makes no long one."""
    held: list[Stretch] = []
    try:
        for stretch in found:
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
