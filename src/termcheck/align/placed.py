"""Puts the pairs of a bitext in order, whatever found them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.align.profile import Anchors
from termcheck.align.rows import Row
from termcheck.model import SegmentPair

if TYPE_CHECKING:
    from termcheck.align.misaligned_rows import RowsInFile

# A pair that its place and its length make plain.
PLAIN_CONFIDENCE = 0.99

LocateRows = Callable[[Sequence[Row]], "RowsInFile"]
"""Locates rows among all rows of their file, if only some of the file's rows were read."""

PlacedRun = tuple[int, tuple[SegmentPair, ...]]
"""The pairs of a run, and a number that grows with the place of the run in its document."""


def pair_rows(rows: Sequence[Row], anchors: Anchors, locate_rows: LocateRows | None) -> list[PlacedRun]:
    """The pairs of rows, each row a run."""
    if not rows:
        return []
    from termcheck.align.misaligned_rows import assess_rows

    found = assess_rows(rows, anchors, locate_rows(rows) if locate_rows else None)
    return [
        (row.index, tuple(row.pairs(assessment.confidence, shifted=assessment.shifted)))
        for row, assessment in zip(rows, found, strict=True)
    ]


def first(pairs: Iterable[SegmentPair]) -> list[PlacedRun]:
    """Pairs that come before all others, each as a run."""
    return [(0, (pair,)) for pair in pairs]


def numbered(placed: Iterable[PlacedRun]) -> tuple[SegmentPair, ...]:
    """All pairs in document order, with their runs numbered."""
    return tuple(
        replace(pair, run=number)
        for number, (_, pairs) in enumerate(sorted(placed, key=lambda run: run[0]))
        for pair in pairs
    )
