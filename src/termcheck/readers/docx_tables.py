"""Tables of Word files: rows of pairs, as CAT tools export them, or paragraphs that are laid out in columns.

A header names the columns of the two sides, or the scripts of the columns tell them. In a table that is all
in one language, cells are paragraphs like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model import Cell, Segment, Side, Span
from termcheck.readers.base import ReadOptions, identity
from termcheck.readers.docx_paragraphs import CellPlace
from termcheck.readers.named_columns import MOST_BEFORE_HEADER, columns_by_script, named_sides
from termcheck.readers.paragraphs import Rows

# Cells that differ in the number of their paragraphs are still a pair if they have no more than these.
_MOST_PARAGRAPHS = 4


class TableParagraph(Struct, frozen=True):
    """A paragraph of a table: its cell, its span of the text and its segments."""

    cell: CellPlace | None
    span: Span
    segments: Sequence[Segment]


class _TableCell(Struct, frozen=True):
    """A cell: its column, where it starts in the text, and the segments of its paragraphs that have some."""

    column: int
    start: int
    paragraphs: Sequence[Sequence[Segment]]

    @property
    def segments(self) -> Sequence[Segment]:
        return [segment for paragraph in self.paragraphs for segment in paragraph]

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


_Row = Sequence[_TableCell]


def table_segments(
    paragraphs: Sequence[TableParagraph], rows: Rows, options: ReadOptions
) -> Iterator[Segment]:
    """The segments of the paragraphs of a table, or of a part of it between tables within it."""
    table = _rows_of(paragraphs)
    number = rows.new_block()
    columns, known, first = _columns(table, options)
    for line, cells in enumerate(table):
        texts = tuple(cell.text for cell in cells)
        if columns is None:
            yield from _as_paragraphs(cells, number, line, texts)
        elif line >= first:
            for segment in _row(cells, columns, rows):
                yield segment if known else replace(segment, side=None)
        elif line < first - 1:
            # The header itself heads no text; what stands above it may be anything.
            yield from _as_paragraphs(cells, number, line, texts)


def _as_paragraphs(cells: _Row, table: int, line: int, texts: tuple[str, ...]) -> Iterator[Segment]:
    for cell in cells:
        place = Cell(table, line, cell.column, texts)
        for segment in cell.segments:
            yield replace(segment, cell=place) if segment.row is None else segment


def _rows_of(paragraphs: Sequence[TableParagraph]) -> list[_Row]:
    cells: dict[tuple[int, int], list[TableParagraph]] = {}
    for paragraph in paragraphs:
        if paragraph.cell is not None:
            cells.setdefault((paragraph.cell.row, paragraph.cell.column), []).append(paragraph)
    rows: dict[int, list[_TableCell]] = {}
    for (row, column), inside in cells.items():
        texts = [paragraph.segments for paragraph in inside if paragraph.segments]
        rows.setdefault(row, []).append(_TableCell(column, inside[0].span.start, texts))
    return list(rows.values())


def _columns(table: Sequence[_Row], options: ReadOptions) -> tuple[tuple[int, int] | None, bool, int]:
    """The columns of the two sides, whether these are source and target, and the first row with texts.

    None instead of columns for a table that does not put texts side by side.
    """
    for line, cells in enumerate(table[:MOST_BEFORE_HEADER]):
        named = _named(cells, options)
        if named is not None and line + 1 < len(table):
            return named, True, line + 1
    texts: dict[int, list[str]] = {}
    for cells in table[1:] or table:
        for cell in cells:
            spoken = " ".join(segment.unprotected_text for segment in cell.segments)
            texts.setdefault(cell.column, []).append(spoken)
    return columns_by_script(texts), False, 0


def _named(cells: _Row, options: ReadOptions) -> tuple[int, int] | None:
    """The columns of the source and the target, if a row is a header that names them."""
    if len(cells) < 2 or any(len(cell.paragraphs) > 1 for cell in cells):
        return None
    found = named_sides([cell.text.strip() for cell in cells], options)
    return found and (cells[found[0]].column, cells[found[1]].column)


def _row(cells: _Row, columns: tuple[int, int], rows: Rows) -> Iterator[Segment]:
    """The segments of the two cells of a row, paired paragraph by paragraph where that can be.

    Cells with many paragraphs, of which one has more, are aligned like other paragraphs.
    """
    found = {cell.column: cell for cell in cells}
    source, target = (found.get(column) for column in columns)
    if source is None or target is None:
        # Merged cells stand above other rows, and in no language of theirs.
        for cell in (source, target):
            yield from cell.segments if cell is not None else ()
        return
    counts = len(source.paragraphs), len(target.paragraphs)
    if not any(counts):
        return
    if counts[0] == counts[1]:
        for one, other in zip(source.paragraphs, target.paragraphs, strict=True):
            yield from _pair(one, other, rows)
    elif 0 in counts or max(counts) <= _MOST_PARAGRAPHS:
        yield from _pair(source.segments or [_empty(source)], target.segments or [_empty(target)], rows)
    else:
        for side, segments in _in_order(source.segments, target.segments):
            yield from (replace(segment, row=None, side=side) for segment in segments)


def _pair(source: Sequence[Segment], target: Sequence[Segment], rows: Rows) -> Iterator[Segment]:
    """The segments of two texts, each of one or more lines, as a pair."""
    row, block = rows.new(), rows.new_block() if len(source) + len(target) > 2 else None
    for side, segments in _in_order(source, target):
        yield from (replace(segment, row=row, side=side, block=block) for segment in segments)


def _in_order(source: Sequence[Segment], target: Sequence[Segment]) -> list[tuple[Side, Sequence[Segment]]]:
    """The two sides of a row as they stand in the file."""
    sides = [(Side.SOURCE, source), (Side.TARGET, target)]
    return sorted(sides, key=lambda side: side[1][0].raw.start)


def _empty(cell: _TableCell) -> Segment:
    """What stands for a cell without text."""
    return Segment("", (identity(cell.start, cell.start),))
