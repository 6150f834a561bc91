"""Markdown tables: their cells as segments."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from termcheck.model import Segment
from termcheck.readers.base import ReadOptions
from termcheck.readers.directives import without_comments
from termcheck.readers.markdown_blocks import Table
from termcheck.readers.markdown_leaf import Block
from termcheck.readers.paragraphs import Line, Rows, paragraph_segments
from termcheck.readers.tables import TableLine, cell_segments


def table_segments(raw: str, table: Table, rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    """The cells of a table, line by line."""
    cells = [[list(_cell(raw, cell, rows)) for cell in row.cells] for row in table.rows]
    return cell_segments([TableLine(row.start, row.has_bars) for row in table.rows], cells, rows, options)


def _cell(raw: str, cell: Block, rows: Rows) -> Iterator[Segment]:
    for line in cell.lines:
        span = without_comments(raw, line.span)
        # A row within a cell is not wanted.
        if not len(span):
            continue
        for part in paragraph_segments(raw, [Line(span)], rows, markup=cell.markup, marked=cell.marked):
            yield part if part.row is None else replace(part, row=None)
