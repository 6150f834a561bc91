"""Markdown tables: cells as segments, tied into rows where the columns are in different languages.

A table of terms or sentences in two columns says itself what belongs together, and so does one with a
number or a note beside them. A table all in one language does not, though it looks the same: its cells
are aligned like paragraphs. The columns' scripts tell the two apart, or languages named above them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from termcheck.model import Cell, Segment, Side
from termcheck.readers.base import ReadOptions, identity
from termcheck.readers.columns import sides
from termcheck.readers.directives import without_comments
from termcheck.readers.markdown_blocks import Row, Table
from termcheck.readers.markdown_leaf import Block
from termcheck.readers.paragraphs import Line, Rows, main_script, paragraph_segments

# The segments of each cell of a row; more than one where `<br>` divides a cell.
_Cells = Sequence[Sequence[Segment]]


def table_segments(raw: str, table: Table, rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    """The cells of a table, line by line; an empty cell beside a text in the other language counts.

    What stands over a column of numbers or code in a bilingual table heads no text, and is left out. Columns
    headed by the names of the two languages are in these, whatever their texts look like.
    """
    cells = [[list(_cell(raw, cell, rows)) for cell in row.cells] for row in table.rows]
    scripts = _column_scripts(cells)
    bilingual = len(set(scripts.values())) > 1
    names = ["".join(segment.text for segment in cell) for cell in cells[0]]
    if not bilingual and (named := sides(names, options)):
        yield from _named_columns(table.rows[1:], cells[1:], named, rows)
        return
    number = rows.new_block()
    for line_number, (line, found) in enumerate(zip(table.rows, cells, strict=True)):
        row = rows.new() if bilingual and line.has_bars else None
        texts = tuple(" ".join(segment.text for segment in cell) for cell in found)
        for index, cell in enumerate(found):
            if not cell and row is not None and len(scripts) == len(found) == 2:
                yield _empty(line, row)
            if bilingual and line_number == 0 and index not in scripts:
                continue
            place = Cell(number, line_number, index, texts)
            for segment in cell:
                yield replace(segment, row=row if index in scripts else None, cell=place)


def _named_columns(
    lines: Sequence[Row], table: Sequence[_Cells], named: tuple[int, int], rows: Rows
) -> Iterator[Segment]:
    """The cells of two columns whose languages are known; other columns are about them, not of them."""
    for line, cells in zip(lines, table, strict=True):
        if not line.has_bars:
            yield from chain(*cells)
            continue
        row = rows.new()
        for index, side in sorted(zip(named, (Side.SOURCE, Side.TARGET), strict=True)):
            cell = cells[index] if index < len(cells) else ()
            for segment in cell or [_empty(line, row)]:
                yield replace(segment, row=row, side=side)


def _empty(line: Row, row: int) -> Segment:
    """What stands for a cell without text."""
    return Segment("", (identity(line.start, line.start),), row=row)


def _cell(raw: str, cell: Block, rows: Rows) -> Iterator[Segment]:
    for line in cell.lines:
        span = without_comments(raw, line.span)
        # A row within a cell is not wanted.
        if not len(span):
            continue
        for part in paragraph_segments(raw, [Line(span)], rows, markup=cell.markup, marked=cell.marked):
            yield part if part.row is None else replace(part, row=None)


def _column_scripts(table: Sequence[_Cells]) -> dict[int, str]:
    """The script most cells of a column are in; columns of numbers or code are left out.

    A header counts where there is nothing under it.
    """
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in (*table[1:], table[0]):
        below = set(counts) if row is table[0] else set()
        for index, cell in enumerate(row):
            for segment in () if index in below else cell:
                counts[index][main_script(segment.unprotected_text)] += 1
    scripts = {index: script for index, seen in counts.items() for script, _ in seen.most_common(1)}
    return {index: script for index, script in scripts.items() if script}
