"""CSV and TSV with a header: one pair a row.

The standard library's csv module gives values without places, so fields are cut here by one pattern;
the module is the oracle in the tests. In TSV, which many tools write without any quoting, a quote
that does not close right before a tab or the line's end is an ordinary character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

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
    value_segment,
)
from termcheck.readers.columns import language_tag, missing_sides, sides
from termcheck.readers.protect import protected_spans

_DELIMITERS = (",", ";", "\t")


class Cell(Struct, frozen=True):
    """A field's content as raw offsets, without its quotes."""

    span: Span
    quoted: bool

    def text(self, raw: str) -> str:
        """What the field says."""
        content = raw[self.span.start : self.span.end]
        return content.replace('""', '"') if self.quoted else content


class Layout(Struct, frozen=True):
    """What a header says of the rows under it: how many columns there are, and which hold the two sides."""

    delimiter: str
    width: int
    source: int
    target: int

    def fits(self, row: Sequence[str]) -> bool:
        """Whether a row has both texts, and none torn in two."""
        return max(self.source, self.target) < len(row) and not any(row[self.width :])


_Row = list[Cell]
_Columns = tuple[tuple[int, Side | None], tuple[int, Side | None]]


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read CSV; the delimiter (comma, semicolon or tab) is the one that makes sense of the header.

    Raises TermcheckError for missing columns and quotes that do not close; rows of another width are
    errors beside the others.
    """
    return _reading(raw, path, options, _delimiter(raw, options), strict=True)


def read_tsv(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read tab-separated values; raises as `read` does, save for quotes."""
    return _reading(raw, path, options, "\t", strict=False)


def layout_of(header: str, options: ReadOptions, *, tsv: bool) -> Layout | None:
    """What a header says; None where that depends on what follows it, or it does not name both sides."""
    marks = ("\t",) if tsv else _DELIMITERS
    for mark in marks:
        alone, followed = (next(_rows(raw, "", mark, strict=False)) for raw in (header, f'{header}"\n'))
        if alone != followed:
            return None
    mark = "\t" if tsv else _delimiter(header, options)
    row = next(_rows(header, "", mark, strict=not tsv))
    found = sides(_names(header, row), options)
    if found is None or header[row[-1].span.end + row[-1].quoted :] not in ("\n", "\r\n"):
        return None
    return Layout(mark, len(row), *found)


def row_at(raw: str, start: int, delimiter: str) -> list[Cell]:
    """The row of tab-separated values that begins at an offset."""
    return next(_rows(raw, "", delimiter, strict=False, start=start))


def _reading(raw: str, path: str, options: ReadOptions, delimiter: str, *, strict: bool) -> Reading:
    rows = _rows(raw, path, delimiter, strict=strict)
    header = next(rows)
    columns = _columns(_names(raw, header), options)
    if columns is None:
        raise _missing_columns(raw, path, header, options)
    wrong = RowErrors(raw, path)
    segments: list[Segment] = []
    for number, row in enumerate(rows):
        if _fits(row, header, columns):
            segments += (_segment(raw, row[index], number, side) for index, side in columns)
        else:
            message = f"the header has {len(header)} columns, this row {len(row)}"
            advice = "put a text that holds the delimiter into quotes"
            wrong.add(RowError(row[0].span.start, message, advice))
    return wrong.reading(segments) if segments else wrong.reading((), most=1)


def _segment(raw: str, cell: Cell, row: int, side: Side | None) -> Segment:
    text = cell.text(raw)
    return value_segment(text, _pieces(raw, cell), protected_spans(text), row, side)


def _rows(raw: str, path: str, delimiter: str, *, strict: bool, start: int = 0) -> Iterator[_Row]:
    """All rows but blank ones, from one of them on."""
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
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?=[{delimiter}\r\n]|\Z)|(?P<bare>[^{delimiter}\r\n]*))'
        rf"(?P<end>{delimiter}|\r\n|\n|\r|\Z)"
    )


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


def _delimiter(raw: str, options: ReadOptions) -> str:
    """The delimiter under which the header has the wanted columns, else the most columns."""
    headers = {mark: next(_rows(raw, "", mark, strict=False)) for mark in _DELIMITERS}
    for mark, header in headers.items():
        if _columns(_names(raw, header), options):
            return mark
    return max(headers, key=lambda mark: len(headers[mark]))


def _names(raw: str, header: _Row) -> list[str]:
    return [cell.text(raw) for cell in header]


def _columns(names: Sequence[str], options: ReadOptions) -> _Columns | None:
    """Which columns hold the two sides, or None."""
    found = sides(names, options)
    if found:
        return (found[0], Side.SOURCE), (found[1], Side.TARGET)
    told = options.source_lang or options.target_lang
    if not told and len(names) == 2 and all(map(language_tag, names)):
        # Two languages are clear enough as a header; which is the source shows in the text.
        return (0, None), (1, None)
    return None


def _missing_columns(raw: str, path: str, header: _Row, options: ReadOptions) -> NotBilingualError:
    message, advice = missing_sides("the header", _names(raw, header), options)
    error = failure(raw, header[0].span.start, message, path, advice)
    return NotBilingualError(error, "no source and target column")


def _fits(row: _Row, header: _Row, columns: _Columns) -> bool:
    """A row that is too short lacks a text, one that is too long has one torn in two."""
    surplus = any(len(cell.span) for cell in row[len(header) :])
    return not surplus and all(index < len(row) for index, _ in columns)
