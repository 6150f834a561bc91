"""Tables of documents: cells tied into rows where the columns are in different languages.

A table of terms or sentences in two columns says itself what belongs together, and so does one with a
number or a note beside them. A table all in one language does not, though it looks the same: its cells
are aligned like paragraphs. The columns' scripts tell the two apart, or languages named above them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model import Cell, Segment, Side
from termcheck.readers.base import ReadOptions, identity
from termcheck.readers.columns import sides
from termcheck.readers.paragraphs import Rows, main_script

Cells = Sequence[Sequence[Segment]]
"""The segments of each cell of a line; more than one where `<br>` divides a cell."""


class TableLine(Struct, frozen=True):
    """A line of a table, which begins at the raw offset `start`; `tied`: its cells may be a row."""

    start: int
    tied: bool = True


def cell_segments(
    lines: Sequence[TableLine], cells: Sequence[Cells], rows: Rows, options: ReadOptions
) -> Iterator[Segment]:
    """The cells of a table, line by line; an empty cell beside a text in the other language counts.

    What stands over a column of numbers or code in a bilingual table heads no text, and is left out. Columns
    headed by the names of the two languages are in these, whatever their texts look like.
    """
    kinds = _column_kinds(cells)
    bilingual = len(set(kinds.values())) > 1
    names = ["".join(segment.text for segment in cell) for cell in cells[0]]
    if not bilingual and (named := sides(names, options)):
        yield from _named_columns(lines[1:], cells[1:], named, rows)
        return
    number = rows.new_block()
    for line_number, (line, found) in enumerate(zip(lines, cells, strict=True)):
        row = rows.new() if bilingual and line.tied else None
        texts = tuple(" ".join(segment.text for segment in cell) for cell in found)
        for index, cell in enumerate(found):
            if not cell and row is not None and len(kinds) == len(found) == 2:
                yield _empty(line, row)
            if bilingual and line_number == 0 and index not in kinds:
                continue
            place = Cell(number, line_number, index, texts)
            for segment in cell:
                yield replace(segment, row=row if index in kinds else None, cell=place)


def _named_columns(
    lines: Sequence[TableLine], table: Sequence[Cells], named: tuple[int, int], rows: Rows
) -> Iterator[Segment]:
    """The cells of two columns whose languages are known; other columns are about them, not of them."""
    for line, cells in zip(lines, table, strict=True):
        if not line.tied:
            yield from chain(*cells)
            continue
        row = rows.new()
        for index, side in sorted(zip(named, (Side.SOURCE, Side.TARGET), strict=True)):
            cell = cells[index] if index < len(cells) else ()
            for segment in cell or [_empty(line, row)]:
                yield replace(segment, row=row, side=side)


def _empty(line: TableLine, row: int) -> Segment:
    """What stands for a cell without text."""
    return Segment("", (identity(line.start, line.start),), row=row)


def _column_kinds(table: Sequence[Cells]) -> dict[int, str]:
    """The side or the script most cells of a column are in; columns of numbers or code are left out.

    A header counts where there is nothing under it.
    """
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in (*table[1:], table[0]):
        below = set(counts) if row is table[0] else set()
        for index, cell in enumerate(row):
            for segment in () if index in below else cell:
                kind = segment.side.value if segment.side else main_script(segment.unprotected_text)
                counts[index][kind] += 1
    kinds = {index: kind for index, seen in counts.items() for kind, _ in seen.most_common(1)}
    return {index: kind for index, kind in kinds.items() if kind}
