"""Markdown tables: cells as segments, tied into rows where the columns are in different languages.

A table of terms or sentences in two columns says itself what belongs together, and so does one with a
number or a note beside them. A table all in one language does not, though it looks the same: its cells
are aligned like paragraphs. The columns' scripts tell the two apart, or languages named above them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Segment, Side, Span
from termcheck.readers.base import ReadOptions, identity
from termcheck.readers.columns import sides
from termcheck.readers.directives import without_comments
from termcheck.readers.paragraphs import Line, Rows, main_script, paragraph_segments, trimmed

_DASHES = compile_later(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*$")
_BAR = compile_later(r"(?<!\\)\|")


def is_table(raw: str, header: Span, dashes: Span) -> bool:
    """Whether two lines are the head of a table: as many cells in the one as dashes in the other."""
    line = raw[dashes.start : dashes.end]
    if not _DASHES.match(line):
        return False
    return len(_cells(raw, header)) == len(_cells(raw, dashes))


def table_segments(raw: str, lines: Sequence[Span], rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    """The cells of a table, line by line; an empty cell beside a text in the other language counts.

    What stands over a column of numbers or code in a bilingual table heads no text, and is left out. Columns
    headed by the names of the two languages are in these, whatever their texts look like.
    """
    table = [[list(_cell(raw, cell)) for cell in _cells(raw, line)] for line in lines]
    scripts = _column_scripts(table)
    bilingual = len(set(scripts.values())) > 1
    names = [raw[cell.start : cell.end].strip("*_ ") for cell in _cells(raw, lines[0])]
    if not bilingual and (named := sides(names, options)):
        yield from _named_columns(raw, lines[1:], named, rows)
        return
    for number, (line, cells) in enumerate(zip(lines, table, strict=True)):
        row = rows.new() if bilingual else None
        for index, cell in enumerate(cells):
            if not cell and bilingual and len(scripts) == len(cells) == 2:
                yield Segment("", (identity(line.start, line.start),), row=row)
            if bilingual and not number and index not in scripts:
                continue
            for segment in cell:
                yield replace(segment, row=row if index in scripts else segment.row)


def _named_columns(raw: str, lines: Sequence[Span], named: tuple[int, int], rows: Rows) -> Iterator[Segment]:
    """The cells of two columns whose languages are known; other columns are about them, not of them."""
    for line in lines:
        cells, row = _cells(raw, line), rows.new()
        for index, side in sorted(zip(named, (Side.SOURCE, Side.TARGET), strict=True)):
            cell = list(_cell(raw, cells[index])) if index < len(cells) else []
            for segment in cell or [Segment("", (identity(line.start, line.start),))]:
                yield replace(segment, row=row, side=side)


def _cells(raw: str, line: Span) -> list[Span]:
    line = trimmed(raw, line.start, line.end)
    bars = [bar.start() for bar in _BAR.finditer(raw, line.start, line.end)]
    starts = [line.start, *(bar + 1 for bar in bars)]
    ends = [*bars, line.end]
    if bars and bars[0] == line.start:
        starts, ends = starts[1:], ends[1:]
    if bars and bars[-1] == line.end - 1 and len(starts) > 1:
        starts, ends = starts[:-1], ends[:-1]
    cells = (trimmed(raw, start, end) for start, end in zip(starts, ends, strict=True))
    return [without_comments(raw, cell) for cell in cells]


def _cell(raw: str, cell: Span) -> Iterator[Segment]:
    # Rows of its own numbering would clash with the table's; those of a cell are not wanted.
    if len(cell):
        yield from (replace(part, row=None) for part in paragraph_segments(raw, [Line(cell)], Rows()))


def _column_scripts(table: Sequence[Sequence[Sequence[Segment]]]) -> dict[int, str]:
    """The script most cells of a column are in; columns of numbers or code are left out.

    A header counts where there is nothing under it.
    """
    counts: dict[int, Counter[str]] = {}
    for row in (*table[1:], table[0]):
        below = set(counts) if row is table[0] else set()
        for index, cell in enumerate(row):
            for segment in () if index in below else cell:
                counts.setdefault(index, Counter())[main_script(segment.unprotected_text)] += 1
    scripts = {index: script for index, seen in counts.items() for script, _ in seen.most_common(1)}
    return {index: script for index, script in scripts.items() if script}
