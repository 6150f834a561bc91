"""Delimited text with a header, such as CSV and TSV: one pair a row.

The standard library's csv module gives values without their places, so one pattern cuts the fields here; the
module is the oracle in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from termcheck.model import Piece, Segment, Side, Span
from termcheck.readers.base import (
    NotBilingualError,
    Reading,
    ReadOptions,
    RowError,
    RowErrors,
    failure,
    identity,
    row_segment,
)
from termcheck.readers.columns import language_tag, missing_sides, sides

if TYPE_CHECKING:
    from termcheck.readers.stretches import CompleteRows, TextStretch


class Cell(Struct, frozen=True):
    """The content of a field as a raw span, without its quotes."""

    span: Span
    quoted: bool

    def text(self, raw: str) -> str:
        """The value of the field."""
        content = raw[self.span.start : self.span.end]
        return content.replace('""', '"') if self.quoted else content


_Row = list[Cell]
_Columns = tuple[tuple[int, Side | None], tuple[int, Side | None]]


class Dialect(Struct, frozen=True):
    """How the fields of a row are separated and quoted.

    `delimiters` are the characters that may separate fields; a file uses one of them. `strict`: a quote at
    the beginning of a field must close at its end; otherwise one that does not is an ordinary character.
    """

    delimiters: tuple[str, ...]
    strict: bool

    def read(self, raw: str, path: str, options: ReadOptions) -> Reading:
        """Read a table; a row with another number of columns than the header is an error of that row.

        Raises TermcheckError for missing columns and, if strict, for quotes that do not close.
        """
        rows = cut_rows(raw, path, self.delimiter(raw, options), strict=self.strict)
        header = next(rows)
        columns = _columns(_names(raw, header), options)
        if columns is None:
            raise _missing_columns(raw, path, header, options)
        errors = RowErrors(raw, path)
        segments: list[Segment] = []
        for number, row in enumerate(rows):
            if _fits(row, header, columns):
                segments += (_segment(raw, row[index], number, side) for index, side in columns)
            else:
                message = f"the header has {len(header)} columns, this row {len(row)}"
                advice = "put a text that holds the delimiter into quotes"
                errors.add(RowError(row[0].span.start, message, advice))
        return errors.reading(segments)

    def delimiter(self, raw: str, options: ReadOptions) -> str:
        """The delimiter under which the header has the columns of both sides, else the most columns."""
        headers = {mark: next(cut_rows(raw, "", mark, strict=False)) for mark in self.delimiters}
        for mark, header in headers.items():
            if _columns(_names(raw, header), options):
                return mark
        return max(headers, key=lambda mark: len(headers[mark]))

    def layout(self, header: str, options: ReadOptions) -> Layout | None:
        """The layout of a header; None if it depends on what follows, or does not name both sides."""
        if not header.strip() or not self.is_decided(header):
            return None
        mark = self.delimiter(header, options)
        row = next(cut_rows(header, "", mark, strict=self.strict))
        found = sides(_names(header, row), options)
        if found is None or header[row[-1].span.end + row[-1].quoted :] not in ("\n", "\r\n"):
            return None
        return Layout(mark, len(row), *found)

    def is_decided(self, header: str) -> bool:
        """Whether a header is read the same whatever follows: a quote in it may be closed by a later one."""
        for mark in self.delimiters:
            alone, followed = (
                next(cut_rows(raw, "", mark, strict=False), None) for raw in (header, f'{header}"\n')
            )
            if alone is not None and alone != followed:
                return False
        return True

    def cut(self, text: TextIO, path: str, options: ReadOptions) -> Iterator[TextStretch]:  # noqa: ARG002
        """Cut a long table between rows; each stretch has the header."""
        from termcheck.readers.cutting import cut_table

        return cut_table(text, self, options)

    def complete_rows(self, stretch: TextStretch, options: ReadOptions) -> CompleteRows | None:
        """The texts of a stretch, read quickly; None if only `read` can do that."""
        from termcheck.readers.delimited_texts import complete_rows

        return complete_rows(stretch, options, self)


class Layout(Struct, frozen=True):
    """What a header says about the rows below it: the number of columns, and which hold the two sides."""

    delimiter: str
    width: int
    source: int
    target: int

    def fits(self, row: Sequence[str]) -> bool:
        """Whether a row has both texts, and no text is torn in two."""
        return max(self.source, self.target) < len(row) and not any(row[self.width :])


def cut_rows(raw: str, path: str, delimiter: str, *, strict: bool, start: int = 0) -> Iterator[_Row]:
    """The rows from an offset on, without blank ones; raises TermcheckError as `Dialect.read` does."""
    row: _Row = []
    for match in _field(delimiter).finditer(raw, start):
        quoted = match.start("quoted") >= 0
        span = Span(*match.span("quoted" if quoted else "bare"))
        if strict and not quoted and raw.startswith('"', span.start):
            advice = 'a quote inside a quoted field is written twice ("")'
            raise failure(raw, span.start, "this quoted field does not end well", path, advice)
        row.append(Cell(span, quoted))
        if match["end"] != delimiter:
            if len(row) > 1 or quoted or raw[span.start : span.end].strip():
                yield row
            row = []


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    delimiter = re.escape(delimiter)
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?=[{delimiter}\r\n]|\Z)|(?P<bare>[^{delimiter}\r\n]*))'
        rf"(?P<end>{delimiter}|\r\n|\n|\r|\Z)"
    )


def is_quoted(raw: str, cell: Span) -> bool:
    """Whether a cell stands between quotes."""
    return raw[max(0, cell.start - 1) : cell.start] == '"'


def is_whole(raw: str, cell: Span) -> bool:
    """Whether a span is a whole cell, with no tag around it that does not show."""
    return not (raw.endswith(">", 0, cell.start) or raw.startswith("<", cell.end))


def doubled_quotes(text: str) -> str:
    """A text with its quotes doubled, as a quoted cell holds it."""
    return text.replace('"', '""')


def _segment(raw: str, cell: Cell, row: int, side: Side | None) -> Segment:
    return row_segment(cell.text(raw), _pieces(raw, cell), row, side)


def _pieces(raw: str, cell: Cell) -> Iterator[Piece]:
    """One identity piece, or several with an atomic one for each doubled quote between them."""
    offset, start, end = 0, cell.span.start, cell.span.end
    while cell.quoted and (quote := raw.find('""', start, end)) >= 0:
        if quote > start:
            yield identity(start, quote, offset)
            offset += quote - start
        yield Piece(Span(offset, offset + 1), Span(quote, quote + 2))
        offset, start = offset + 1, quote + 2
    if start < end or not offset:
        yield identity(start, end, offset)


def _names(raw: str, header: _Row) -> list[str]:
    return [cell.text(raw) for cell in header]


def _columns(names: Sequence[str], options: ReadOptions) -> _Columns | None:
    """Which columns hold the two sides, or None."""
    found = sides(names, options)
    if found:
        return (found[0], Side.SOURCE), (found[1], Side.TARGET)
    languages_given = options.source_lang or options.target_lang
    if not languages_given and len(names) == 2 and all(map(language_tag, names)):
        # Two languages are clear enough as a header; the text shows which one is the source.
        return (0, None), (1, None)
    return None


def _missing_columns(raw: str, path: str, header: _Row, options: ReadOptions) -> NotBilingualError:
    message, advice = missing_sides("the header", _names(raw, header), options)
    error = failure(raw, header[0].span.start, message, path, advice)
    return NotBilingualError(error, "no source and target column")


def _fits(row: _Row, header: _Row, columns: _Columns) -> bool:
    """Whether a row has both texts: a short row lacks one, and in a long row one is torn in two."""
    surplus = any(len(cell.span) for cell in row[len(header) :])
    return not surplus and all(index < len(row) for index, _ in columns)
