"""Segments that come in rows: their file says itself what belongs together.

Nothing is aligned here. What remains to be found out is which cell of a row is in which language, and
whether the file is right: public corpora have stretches of hundreds of rows shifted by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from statistics import median, pvariance

from termcheck.align.sides import sides_of
from termcheck.model import Segment, SegmentPair, Side

# Fewer rows cannot show that they are shifted.
_LEAST_ROWS = 20
# Variance of the logarithm of the length ratio of a row's two texts, for rows and for each character of them.
_VARIANCE = 0.03
_VARIANCE_PER_CHARACTER = 2.5
# One row in twenty is freely cut or expanded, by this variance.
_LOOSE = 0.05
_LOOSE_VARIANCE = 0.5
# The odds that a row begins a stretch of shifted rows, and that one ends there.
_SHIFT_BEGINS = 0.0005
_SHIFT_ENDS = 0.02


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by language, in order; `place` is the index of its first cell in the document."""

    place: int
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]

    def pairs(self, confidence: float) -> Iterator[SegmentPair]:
        """First cell with first cell, second with second; what is left over is unpaired."""
        for source, target in zip_longest(self.source, self.target):
            yield SegmentPair(
                () if source is None else (source,), () if target is None else (target,), confidence
            )


def split_rows(
    segments: Sequence[Segment], source_lang: str, target_lang: str
) -> tuple[list[Row], list[int]]:
    """The rows of a document, and the indices of all segments that are to be aligned instead.

    A table with no row in both languages is not bilingual: its cells are paragraphs.
    """
    rows: list[Row] = []
    others: list[int] = []
    for is_table, indices in groupby(range(len(segments)), lambda index: segments[index].row is not None):
        places = list(indices)
        found = _table(segments, places, source_lang, target_lang) if is_table else []
        rows += found
        if not found:
            others += places
    return rows, others


def index_rows(segments: Sequence[Segment]) -> list[tuple[Segment, ...]] | None:
    """The cells of each row of a file that has nothing but rows; None for any other."""
    if not segments or any(segment.row is None for segment in segments):
        return None
    return [tuple(cells) for _, cells in groupby(segments, lambda segment: segment.row)]


def confidences(rows: Sequence[Row]) -> list[float]:
    """How sure it is that each row's texts belong together, judged by the lengths of its neighbours too.

    A hidden Markov model of two states, aligned and shifted: one row of odd lengths is a free
    translation, twenty in a line are none of each other.
    """
    lengths = [
        (sum(len(cell.text) for cell in row.source), sum(len(cell.text) for cell in row.target))
        for row in rows
    ]
    logs = [(math.log(one), math.log(other)) for one, other in lengths if one and other]
    if len(logs) < _LEAST_ROWS:
        return [1.0] * len(rows)
    ratio = median(other - one for one, other in logs)
    spread = max(
        pvariance(one for one, _ in logs) + pvariance(other for _, other in logs), 2 * _LOOSE_VARIANCE
    )
    return _smoothed([_odds(one, other, ratio, spread) for one, other in lengths])


def _odds(one: int, other: int, ratio: float, spread: float) -> float:
    """The likelihood of two lengths if they are of one row, over that if they are not."""
    if not one or not other:
        return 1.0
    off = (math.log(other / one) - ratio) ** 2
    variance = _VARIANCE + _VARIANCE_PER_CHARACTER / math.sqrt(one * other)
    aligned = (1 - _LOOSE) * _density(off, variance) + _LOOSE * _density(off, _LOOSE_VARIANCE)
    return max(aligned / _density(off, spread), 1e-3)


def _density(squared: float, variance: float) -> float:
    return math.exp(-squared / (2 * variance)) / math.sqrt(variance)


def _smoothed(odds: Sequence[float]) -> list[float]:
    """Posterior of the aligned state for each row, by the forward-backward algorithm."""
    forward: list[float] = []
    aligned = 1.0 - _SHIFT_BEGINS
    for ratio in odds:
        aligned = aligned * (1 - _SHIFT_BEGINS) + (1 - aligned) * _SHIFT_ENDS
        aligned = aligned * ratio / (aligned * ratio + 1 - aligned)
        forward.append(aligned)
    # `later` is the likelihood of all later rows from the aligned state, over that from the shifted one.
    posterior: list[float] = []
    later = 1.0
    for ratio, before in zip(reversed(odds), reversed(forward), strict=True):
        posterior.append(before * later / (before * later + 1 - before))
        seen = ratio * later
        later = (seen * (1 - _SHIFT_BEGINS) + _SHIFT_BEGINS) / (seen * _SHIFT_ENDS + 1 - _SHIFT_ENDS)
    return posterior[::-1]


def _table(
    segments: Sequence[Segment], places: Sequence[int], source_lang: str, target_lang: str
) -> list[Row]:
    """The rows of one table; none if no row has both languages."""
    rows: list[tuple[int, list[Segment], list[Side | None]]] = []
    for _, group in groupby(places, lambda place: segments[place].row):
        indices = list(group)
        cells = [segments[index] for index in indices]
        known = [cell.side for cell in cells]
        rows.append((indices[0], cells, known if all(known) else sides_of(cells, source_lang, target_lang)))
    if not any(Side.SOURCE in sides and Side.TARGET in sides for _, _, sides in rows) and not any(
        cell.side for _, cells, _ in rows for cell in cells
    ):
        return []
    order = _order(sides for _, _, sides in rows)
    return [_row(place, cells, _completed(sides, order)) for place, cells, sides in rows]


def _row(place: int, cells: Sequence[Segment], sides: Sequence[Side | None]) -> Row:
    by_side = {
        wanted: tuple(cell for cell, side in zip(cells, sides, strict=True) if side is wanted)
        for wanted in Side
    }
    return Row(place, by_side[Side.SOURCE], by_side[Side.TARGET])


def _order(rows: Iterable[Sequence[Side | None]]) -> tuple[Side, Side]:
    """Which language comes first in most rows of two cells."""
    source_first = sum(
        1 if sides[0] is Side.SOURCE else -1
        for sides in rows
        if len(sides) == 2 and None not in sides and sides[0] is not sides[1]
    )
    return (Side.SOURCE, Side.TARGET) if source_first >= 0 else (Side.TARGET, Side.SOURCE)


def _completed(sides: Sequence[Side | None], order: tuple[Side, Side]) -> Sequence[Side | None]:
    """Sides of a row of two cells where one has no letters, or is left untranslated."""
    if len(sides) != 2 or sides == [None, None]:
        return sides
    first, second = sides
    if first is second:
        return order
    return (
        first or (Side.TARGET if second is Side.SOURCE else Side.SOURCE),
        second or (Side.TARGET if first is Side.SOURCE else Side.SOURCE),
    )
