"""Rows: segments that the file itself puts together.

Nothing is aligned here. The only question is which cell of a row is in which language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec import Struct

from termcheck.align.sides import sides_of
from termcheck.model import Segment, SegmentPair, Side


class Row(Struct, frozen=True):
    """The cells of one row by language, in order; `index` is that of its first cell in the document."""

    index: int
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]

    def pairs(self, confidence: float, *, shifted: bool = False) -> Iterator[SegmentPair]:
        """Pair the first source cell with the first target cell, and so on; surplus cells are unpaired.

        The parts of a line are pieces of one text on each side, so they are one pair.
        """
        if self.source and self.target and self.source[0].block is not None:
            yield SegmentPair(self.source, self.target, confidence, shifted=shifted, by_file=True)
            return
        for source, target in zip_longest(self.source, self.target):
            one, other = (() if cell is None else (cell,) for cell in (source, target))
            yield SegmentPair(one, other, confidence, shifted=shifted, by_file=True)


def split_rows(
    segments: Sequence[Segment], source_lang: str, target_lang: str
) -> tuple[list[Row], list[int]]:
    """The rows of a document, and the indices of all other segments, which have to be aligned.

    A table without a row in both languages is not bilingual, so its cells count as paragraphs.
    """
    rows: list[Row] = []
    others: list[int] = []
    for has_rows, group in groupby(range(len(segments)), lambda index: segments[index].row is not None):
        indices = list(group)
        found = _table_rows(segments, indices, source_lang, target_lang) if has_rows else []
        rows += found
        if not found:
            others += indices
    return rows, others


def index_rows(segments: Sequence[Segment]) -> list[tuple[Segment, ...]] | None:
    """The cells of each row of a file that consists of rows only; None for any other file."""
    if not segments or any(segment.row is None for segment in segments):
        return None
    return [tuple(cells) for _, cells in groupby(segments, lambda segment: segment.row)]


def _table_rows(
    segments: Sequence[Segment], table: Sequence[int], source_lang: str, target_lang: str
) -> list[Row]:
    """The rows of the table with the segments of these indices; none if no row has both languages."""
    rows: list[tuple[int, list[Segment], list[Side | None]]] = []
    for _, group in groupby(table, lambda index: segments[index].row):
        indices = list(group)
        cells = [segments[index] for index in indices]
        known = [cell.side for cell in cells]
        rows.append((indices[0], cells, known if all(known) else sides_of(cells, source_lang, target_lang)))
    if not any(Side.SOURCE in sides and Side.TARGET in sides for _, _, sides in rows) and not any(
        cell.side for _, cells, _ in rows for cell in cells
    ):
        return []
    order = _column_order(sides for _, _, sides in rows)
    return [_row(index, cells, _completed(sides, order)) for index, cells, sides in rows]


def _row(index: int, cells: Sequence[Segment], sides: Sequence[Side | None]) -> Row:
    sided = list(zip(cells, sides, strict=True))
    source = tuple([cell for cell, side in sided if side is Side.SOURCE])
    target = tuple([cell for cell, side in sided if side is Side.TARGET])
    return Row(index, source, target)


def _column_order(rows: Iterable[Sequence[Side | None]]) -> tuple[Side, Side]:
    """The order of the two languages in most rows of two cells."""
    source_first = sum(
        1 if sides[0] is Side.SOURCE else -1
        for sides in rows
        if len(sides) == 2 and None not in sides and sides[0] is not sides[1]
    )
    return (Side.SOURCE, Side.TARGET) if source_first >= 0 else (Side.TARGET, Side.SOURCE)


def _completed(sides: Sequence[Side | None], order: tuple[Side, Side]) -> Sequence[Side | None]:
    """The sides of a row of two cells, even if one has no letters or was left untranslated."""
    if len(sides) != 2 or sides == [None, None]:
        return sides
    first, second = sides
    if first is second:
        return order
    return (
        first or (Side.TARGET if second is Side.SOURCE else Side.SOURCE),
        second or (Side.TARGET if first is Side.SOURCE else Side.SOURCE),
    )
