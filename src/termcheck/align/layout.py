"""Which stretches of one document are to be aligned with each other.

A bilingual document alternates between its languages, paragraph by paragraph or section by section, with
either first, and with paragraphs that have no counterpart. All of that is a chain of runs: a stretch of one
language followed by a stretch of the other. Which chain it is, is decided by the total score of
aligning its runs, so that the order of the languages need not be told and may change on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from msgspec import Struct

from termcheck.align.beads import GRID, Aligner, Node
from termcheck.align.scores import UNPAIRED
from termcheck.model import Side

# What it costs when the languages change places within a document.
_TURN = -4.0
# A stray line tears a stretch of one language in two, and the chain cannot pair both halves. Where stretches
# are so long on average, or so large a share of the scarcer language is left without a run, all of the
# document is one run if that scores better by so many nats.
_LONG_STRETCHES = 2.0
_STRANDED = 0.3
_CLEARLY = 10.0


class Run(Struct, frozen=True):
    """Half-open ranges of the sources and of the targets that are to be aligned with each other."""

    sources: tuple[int, int]
    targets: tuple[int, int]


class _State(Struct, frozen=True):
    """The best chain up to a place in the document: its score and its last run."""

    score: float
    before: tuple[int, Side | None] | None = None
    # Where the second language of the last run begins; None after a segment left alone.
    turn: int | None = None


def runs(aligner: Aligner, sides: Sequence[Side]) -> list[Run]:
    """Divide a document, given as the sides of its segments in order, into runs; every segment is in one.

    The n-th SOURCE of `sides` is the aligner's n-th source, likewise the targets.
    """
    counts = _counts(sides)
    if counts[-1] == (1, 1):
        return [Run((0, 1), (0, 1))]
    chain = _Chain(aligner, sides)
    places = _boundaries(chain.links(), _stretch_ends(sides))
    if chain.is_torn() and _whole(aligner, counts[-1]) > chain.score + _CLEARLY:
        places = [0, len(sides)]
    return [
        Run((counts[start][0], counts[end][0]), (counts[start][1], counts[end][1]))
        for start, end in pairwise(places)
    ]


def _whole(aligner: Aligner, size: Node) -> float:
    """The score of all sources and all targets as one run."""
    [(score, _)] = aligner.best_ends((0, size[0]), (0, size[1]), {(0, 0): 0.0}, [size])
    return score


class _Chain:
    """Finds the best chain of runs by dynamic programming over the places between segments."""

    def __init__(self, aligner: Aligner, sides: Sequence[Side]) -> None:
        self._aligner, self._sides = aligner, sides
        self._counts = _counts(sides)
        self._ends = _stretch_ends(sides)
        # For each place the best chain by the language that came first in its last run.
        self._states: list[dict[Side | None, _State]] = [{} for _ in range(len(sides) + 1)]
        self._states[0][None] = _State(0.0)
        start = 0
        while start < len(sides):
            turn = self._ends[start]
            for place in range(start, turn):
                self._leave_alone(place)
            if turn < len(sides):
                self._pair(start, turn, self._ends[turn])
            start = turn

    @property
    def score(self) -> float:
        """The score of the best chain."""
        return max(state.score for state in self._states[-1].values())

    def is_torn(self) -> bool:
        """Whether the chain may have failed to see what belongs together."""
        if len(self._sides) >= _LONG_STRETCHES * len(set(self._ends)):
            return True
        scarcer = min(self._counts[-1])
        paired = sum(
            min(self._counts[end][side] - self._counts[start][side] for side in (0, 1))
            for start, _, end in self.links()
        )
        return scarcer - paired > _STRANDED * scarcer

    def links(self) -> list[tuple[int, int, int]]:
        """The runs of the best chain: start, place where the language changes, end."""
        place, first = len(self._sides), self._best(len(self._sides))
        links: list[tuple[int, int, int]] = []
        while (state := self._states[place][first]).before is not None:
            if state.turn is not None:
                links.append((state.before[0], state.turn, place))
            place, first = state.before
        return links[::-1]

    def _best(self, place: int) -> Side | None:
        states = self._states[place]
        return max(states, key=lambda first: states[first].score)

    def _offer(self, place: int, first: Side | None, state: _State) -> None:
        known = self._states[place].get(first)
        if known is None or state.score > known.score:
            self._states[place][first] = state

    def _leave_alone(self, place: int) -> None:
        for first, state in self._states[place].items():
            self._offer(place + 1, first, _State(state.score + UNPAIRED, (place, first)))

    def _pair(self, start: int, turn: int, end: int) -> None:
        """Let runs begin anywhere in one stretch and end anywhere in the next.

        Long stretches are paired whole or not at all.
        """
        side = self._sides[start]
        long = (turn - start + 1) * (end - turn + 1) > GRID
        begins: dict[Node, tuple[float, tuple[int, Side | None]]] = {}
        for place in [start] if long else range(start, turn):
            begins[self._node(start, place)] = max(
                (
                    (state.score + (_TURN if first not in (None, side) else 0.0), (place, first))
                    for first, state in self._states[place].items()
                ),
                key=lambda begin: begin[0],
            )
        places = [end] if long else range(turn + 1, end + 1)
        ends = self._aligner.best_ends(
            (self._counts[start][0], self._counts[end][0]),
            (self._counts[start][1], self._counts[end][1]),
            {node: score for node, (score, _) in begins.items()},
            [self._node(start, place) for place in places],
        )
        for place, (score, entry) in zip(places, ends, strict=True):
            self._offer(place, side, _State(score, begins[entry][1], turn))

    def _node(self, start: int, place: int) -> Node:
        """The lattice node of a place, in a lattice that begins at `start`."""
        (sources, targets), (sources_before, targets_before) = self._counts[place], self._counts[start]
        return sources - sources_before, targets - targets_before


def _counts(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """How many sources and targets there are before each place."""
    return list(
        accumulate(
            sides,
            lambda seen, side: (seen[0] + (side is Side.SOURCE), seen[1] + (side is Side.TARGET)),
            initial=(0, 0),
        )
    )


def _stretch_ends(sides: Sequence[Side]) -> list[int]:
    """For each segment the place where its stretch of one language ends."""
    ends: list[int] = []
    for _, stretch in groupby(sides):
        length = sum(1 for _ in stretch)
        ends += [len(ends) + length] * length
    return ends


def _boundaries(links: Sequence[tuple[int, int, int]], ends: Sequence[int]) -> list[int]:
    """Places that divide the document into runs, each with the segments left alone beside it.

    A segment left alone joins the run that has part of its stretch of one language, so that the alignment
    of the run weighs once more whether it is alone: rather the run after it than the one before. A
    stretch of which no segment is in a run is a run of its own.
    """
    places = {0, *ends}
    previous = 0
    for start, _, end in links:
        while start > previous and ends[start - 1] == ends[start]:
            start -= 1
        places -= set(range(start + 1, end))
        places |= {start, end}
        previous = end
    begins = [*(start for start, _, _ in links), len(ends)][1:]
    for (_, _, end), begin in zip(links, begins, strict=True):
        # The rest of the run's last stretch, unless the next run begins in it.
        if end < ends[end - 1] <= begin:
            places.discard(end)
    return sorted(places)
