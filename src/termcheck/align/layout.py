"""Divides a bilingual document into runs, which are aligned separately.

A bilingual document alternates between its languages, paragraph by paragraph or section by section; either
language may come first, and some paragraphs have no counterpart. Here a section is an unbroken sequence of
segments in one language, and a run is (part of) a section together with (part of) the next one. The best
chain of runs is the one with the highest total score of their alignments, so that the order of the languages
need not be known and may change within the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from msgspec import Struct

from termcheck.align.beads import MAX_FULL_LATTICE, Aligner
from termcheck.align.scores import UNPAIRED
from termcheck.align.shared_tokens import Node, Range
from termcheck.model import Side

# The score for a change in the order of the languages, in nats. All figures were chosen by hand.
_ORDER_CHANGE = -4.0
# A stray line splits a section in two, and a chain cannot pair both halves with one section of the other
# language. If sections are this long on average, in segments, or this share of the scarcer language is in no
# run, the whole document becomes one run, provided that this scores better by the margin.
_LONG_SECTIONS = 2.0
_MAX_UNPAIRED_SHARE = 0.3
_SINGLE_RUN_MARGIN = 10.0


class Run(Struct, frozen=True):
    """A range of the sources and a range of the targets that are aligned with each other."""

    sources: Range
    targets: Range


class _ChainedRun(Struct, frozen=True):
    """A run of a chain, by boundaries: its start, the boundary between the two languages, and its end."""

    start: int
    switch: int
    end: int


class _State(Struct, frozen=True):
    """The best chain up to a boundary: its score, the state it continues, and its last run.

    `previous` is that state's boundary and key. `switch` is None if the last segment is in no run.
    """

    score: float
    previous: tuple[int, Side | None] | None = None
    switch: int | None = None


def find_runs(aligner: Aligner, sides: Sequence[Side], start: Node = (0, 0)) -> list[Run]:
    """Divide a stretch of a document, given as the sides of its segments in order, into runs.

    Each segment is in one run. `start` has the numbers of the aligner's sources and targets before the
    stretch.
    """
    count = sides.count(Side.SOURCE), sides.count(Side.TARGET)
    single_run = Run((start[0], start[0] + count[0]), (start[1], start[1] + count[1]))
    if count == (1, 1):
        return [single_run]
    chain = _Chain(aligner, sides, start)
    if chain.may_split_sections():
        [(score, _)] = aligner.best_paths(single_run.sources, single_run.targets, {(0, 0): 0.0}, [count])
        if score > chain.score + _SINGLE_RUN_MARGIN:
            return [single_run]
    return chain.divide()


class _Chain:
    """Finds the best chain of runs by dynamic programming over the boundaries between segments.

    Boundary b is the one in front of the b-th segment, counted from 0.
    """

    def __init__(self, aligner: Aligner, sides: Sequence[Side], start: Node) -> None:
        self._aligner, self._sides = aligner, sides
        self._counts = _counts_before(sides, start)
        self._ends = _section_ends(sides)
        # For each boundary the best state by the language that comes first in the last run.
        self._states: list[dict[Side | None, _State]] = [{} for _ in range(len(sides) + 1)]
        self._states[0][None] = _State(0.0)
        section = 0
        while section < len(sides):
            switch = self._ends[section]
            for boundary in range(section, switch):
                self._leave_unpaired(boundary)
            if switch < len(sides):
                self._pair_sections(section, switch, self._ends[switch])
            section = switch

    @property
    def score(self) -> float:
        """The score of the best chain."""
        return max(state.score for state in self._states[-1].values())

    def may_split_sections(self) -> bool:
        """Whether the document looks as if stray lines split sections whose halves belong together."""
        if len(self._sides) >= _LONG_SECTIONS * len(set(self._ends)):
            return True
        scarcer = min(self._counts[-1][side] - self._counts[0][side] for side in (0, 1))
        paired = sum(
            min(self._counts[run.end][side] - self._counts[run.start][side] for side in (0, 1))
            for run in self._runs()
        )
        return scarcer - paired > _MAX_UNPAIRED_SHARE * scarcer

    def divide(self) -> list[Run]:
        """The runs of the best chain, and the sections that it leaves out."""
        return [
            Run((start[0], end[0]), (start[1], end[1]))
            for start, end in pairwise(
                self._counts[boundary] for boundary in _run_boundaries(self._runs(), self._ends)
            )
        ]

    def _runs(self) -> list[_ChainedRun]:
        """The runs of the best chain, without the segments left unpaired."""
        boundary, states = len(self._sides), self._states[-1]
        first_side = max(states, key=lambda side: states[side].score)
        runs: list[_ChainedRun] = []
        while (state := self._states[boundary][first_side]).previous is not None:
            if state.switch is not None:
                runs.append(_ChainedRun(state.previous[0], state.switch, boundary))
            boundary, first_side = state.previous
        return runs[::-1]

    def _keep_better(self, boundary: int, first_side: Side | None, state: _State) -> None:
        known = self._states[boundary].get(first_side)
        if known is None or state.score > known.score:
            self._states[boundary][first_side] = state

    def _leave_unpaired(self, boundary: int) -> None:
        """Extend the chains up to a boundary by a segment that is in no run."""
        for first_side, state in self._states[boundary].items():
            extended = _State(state.score + UNPAIRED, (boundary, first_side))
            self._keep_better(boundary + 1, first_side, extended)

    def _pair_sections(self, start: int, switch: int, end: int) -> None:
        """Extend chains by runs that start anywhere in one section and end anywhere in the next.

        Two long sections are paired completely or not at all.
        """
        side = self._sides[start]
        is_large = (switch - start + 1) * (end - switch + 1) > MAX_FULL_LATTICE
        starts: dict[Node, tuple[float, tuple[int, Side | None]]] = {}
        for boundary in [start] if is_large else range(start, switch):
            starts[self._node(start, boundary)] = max(
                (
                    (state.score + (_ORDER_CHANGE if first not in (None, side) else 0.0), (boundary, first))
                    for first, state in self._states[boundary].items()
                ),
                key=lambda scored: scored[0],
            )
        boundaries = [end] if is_large else range(switch + 1, end + 1)
        paths = self._aligner.best_paths(
            (self._counts[start][0], self._counts[end][0]),
            (self._counts[start][1], self._counts[end][1]),
            {node: score for node, (score, _) in starts.items()},
            [self._node(start, boundary) for boundary in boundaries],
        )
        for boundary, (score, node) in zip(boundaries, paths, strict=True):
            self._keep_better(boundary, side, _State(score, starts[node][1], switch))

    def _node(self, start: int, boundary: int) -> Node:
        """The node of a boundary, in a lattice whose origin is the boundary `start`."""
        (sources, targets), (sources_before, targets_before) = self._counts[boundary], self._counts[start]
        return sources - sources_before, targets - targets_before


def _counts_before(sides: Sequence[Side], start: Node) -> list[tuple[int, int]]:
    """The number of sources and of targets in front of each boundary; `start` has them for the first."""
    return list(
        accumulate(
            sides,
            lambda counts, side: (counts[0] + (side is Side.SOURCE), counts[1] + (side is Side.TARGET)),
            initial=start,
        )
    )


def _section_ends(sides: Sequence[Side]) -> list[int]:
    """For each segment the boundary at which its section ends."""
    ends: list[int] = []
    for _, section in groupby(sides):
        length = sum(1 for _ in section)
        ends += [len(ends) + length] * length
    return ends


def _run_boundaries(runs: Sequence[_ChainedRun], section_ends: Sequence[int]) -> list[int]:
    """The boundaries that divide a document into runs, extended by the segments left unpaired.

    A segment left unpaired joins the run that contains part of its section, so that the alignment of that run
    decides once more whether it has a counterpart. If two runs share its section, it joins the later one. A
    section that no run touches becomes a run of its own.
    """
    boundaries = {0, *section_ends}
    previous_end = 0
    for run in runs:
        start = run.start
        while start > previous_end and section_ends[start - 1] == section_ends[start]:
            start -= 1
        boundaries -= set(range(start + 1, run.end))
        boundaries |= {start, run.end}
        previous_end = run.end
    next_starts = [*(run.start for run in runs), len(section_ends)][1:]
    for run, next_start in zip(runs, next_starts, strict=True):
        # The rest of the run's last section joins it, unless the next run starts in that section.
        if run.end < section_ends[run.end - 1] <= next_start:
            boundaries.discard(run.end)
    return sorted(boundaries)
