"""Tables of Word files: rows of pairs, as CAT tools export them, or paragraphs that are laid out in columns.

A header names the columns of the two sides, or the scripts of the columns tell them. In a table that is all
in one language, cells are paragraphs like others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Cell, Segment, Side, Span
from termcheck.readers.base import ReadOptions, identity
from termcheck.readers.columns import sides
from termcheck.readers.docx_paragraphs import CellPlace
from termcheck.readers.paragraphs import Rows, main_script

# CAT tools put a line about the file above their header.
_MOST_BEFORE_HEADER = 3
# Cells that differ in the number of their paragraphs are still a pair if they have no more than these.
_MOST_PARAGRAPHS = 4
_IN_BRACKETS = compile_later(r"\s*[(\[（].*|\s*[:：]\Z")
_SIDE_NAMES: Mapping[str, Side] = {
    **dict.fromkeys(("source", "source segment", "source text", "原文", "源文", "源文本"), Side.SOURCE),
    **dict.fromkeys(
        ("target", "target segment", "target text", "translation", "译文", "譯文", "目标文本"), Side.TARGET
    ),
}


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
    for line, cells in enumerate(table[:_MOST_BEFORE_HEADER]):
        named = _named(cells, options)
        if named is not None and line + 1 < len(table):
            return named, True, line + 1
    by_script: dict[str, int] = {}
    # Of two columns in one script, such as a text and notes on it, the longer one comes first.
    for column, script in _column_scripts(table).items():
        by_script.setdefault(script, column)
    if len(by_script) == 2:
        first, second = sorted(by_script.values())
        return (first, second), False, 0
    return None, False, 0


def _named(cells: _Row, options: ReadOptions) -> tuple[int, int] | None:
    """The columns of the source and the target, if a row is a header that names them."""
    if len(cells) < 2 or any(len(cell.paragraphs) > 1 for cell in cells):
        return None
    names = [cell.text.strip() for cell in cells]
    for shown in (names, [_IN_BRACKETS.sub("", name) for name in names]):
        found = sides(shown, options) or _by_side_names(shown)
        if found is not None:
            return cells[found[0]].column, cells[found[1]].column
    return None


def _by_side_names(names: Sequence[str]) -> tuple[int, int] | None:
    known = [_SIDE_NAMES.get(name.casefold()) for name in names]
    if known.count(Side.SOURCE) == known.count(Side.TARGET) == 1:
        return known.index(Side.SOURCE), known.index(Side.TARGET)
    return None


def _column_scripts(table: Sequence[_Row]) -> dict[int, str]:
    """The script that most cells of a column are in, the longest column first.

    Columns of numbers or codes have none. A column whose cells are mostly the same few words, such as a
    status, is no text of either side.
    """
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    said: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for cells in table[1:] or table:
        for cell in cells:
            said[cell.column][cell.text] += 1
            for segment in cell.segments:
                counts[cell.column][main_script(segment.unprotected_text)] += 1
    found: dict[int, str] = {}
    for column, seen in counts.items():
        script = seen.most_common(1)[0][0]
        if script and not _repeats(said[column]):
            found[column] = script
    return dict(sorted(found.items(), key=lambda item: -sum(map(len, said[item[0]]))))


def _repeats(said: Counter[str]) -> bool:
    """Whether cells say the same few words again and again."""
    return said.total() > 3 and len(said) * 3 <= said.total()


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
