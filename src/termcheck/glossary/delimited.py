"""Glossaries in CSV and TSV, as most tools for translators export them.

The delimiter is found out, because spreadsheets write semicolons where the comma is the decimal sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from termcheck.glossary.assembly import Assembly
from termcheck.glossary.decoding import text_of
from termcheck.glossary.formats import ENDINGS, GlossaryOptions, ending_of
from termcheck.glossary.mistakes import UnusableError
from termcheck.glossary.table import Cell, Table, TableReader
from termcheck.glossary.table_header import columns_of
from termcheck.glossary.table_layout import layout, order_of
from termcheck.glossary.utx import utx_header
from termcheck.model import Glossary, TermcheckError
from termcheck.readers.delimited import cut_rows
from termcheck.text.positions import line_starts

_MARKS = (",", ";", "\t")
# So many rows show which mark separates the columns.
_SAMPLE = 50

Row = list[Cell]


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError for a table that names no two languages, and for bad quotes."""
    raw = text_of(data, path)
    tabs = ENDINGS.get(ending_of(path)) != "csv"
    mark = _delimiter(raw, tabs=tabs)
    rows = list(_rows(raw, path, mark, strict=mark != "\t", tabs=tabs))
    heading = utx_header(raw) if tabs else None
    if heading:
        rows.insert(0, heading)
    if not rows:
        raise TermcheckError("the table has no rows", path=path, line=1, advice="write `term,rendering` rows")
    table = layout(rows, path, options, comment=tabs)
    reader = TableReader(path, order_of(table.columns, dict(table.languages)))
    width = len(rows[0]) if table.rows is not rows else 0
    reader.add(replace(table, rows=_fitting(table, width, reader.assembly) if width else table.rows))
    return reader.finish().glossary()


def _fitting(table: Table, width: int, assembly: Assembly) -> Iterator[Sequence[Cell]]:
    """The rows that are not wider than the header; the others are mistakes, because a text is torn in two."""
    for row in table.rows:
        if any(cell.text.strip() for cell in row[width:]):
            message = f"the header has {width} columns, this row {len(row)}"
            advice = "put a text that holds the delimiter into quotes"
            place = {"path": assembly.path, "line": row[0].line, "column": row[0].column}
            assembly.mistakes.add(UnusableError(row[0].text, message, advice=advice, **place))
        else:
            yield row


def _rows(raw: str, path: str, mark: str, *, strict: bool, tabs: bool | None = None) -> Iterator[Row]:
    """The rows, each cell with its line and column; without comments, unless `tabs` is None."""
    starts, line = line_starts(raw), 1
    for row in cut_rows(raw, path, mark, strict=strict):
        cells = []
        for cell in row:
            begin = cell.span.start
            while line < len(starts) and starts[line] <= begin:
                line += 1
            text = cell.text(raw)
            blanks = len(text) - len(text.lstrip())
            cells.append(
                Cell(text.strip() if "\n" not in text else text, line, begin - starts[line - 1] + 1 + blanks)
            )
        # A term that begins with `#` is no comment if it stands in quotes.
        is_comment = tabs is not None and not row[0].quoted and _is_comment(cells, tabs=tabs)
        if not is_comment:
            yield cells


def _delimiter(raw: str, *, tabs: bool) -> str:
    """The mark under which the first row is a header, else under which most rows have as many columns."""
    if tabs and "\t" in raw[:10_000]:
        return "\t"
    marks = [mark for mark in _MARKS if mark in raw[:100_000]]
    found = {mark: list(islice(_rows(raw, "", mark, strict=False), _SAMPLE)) for mark in marks}
    for mark, rows in found.items():
        if rows and columns_of([cell.text for cell in rows[0]]):
            return mark
    return max(found, key=lambda mark: _agreement(found[mark]), default=",")


def _agreement(rows: Sequence[Row]) -> tuple[float, int]:
    """How many rows have the most frequent number of columns, if that is more than one; and that number."""
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return 0.0, 0
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) / len(rows), usual


def _is_comment(row: Row, *, tabs: bool) -> bool:
    """Whether a row is a comment; in CSV, where `#` may begin a term, only if it has nothing else."""
    return row[0].text.startswith("#") and (tabs or not any(cell.text for cell in row[1:]))
