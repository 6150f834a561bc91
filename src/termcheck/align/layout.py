"""Which stretches of one document are to be aligned with each other.

A bilingual document alternates between its languages, paragraph by paragraph or section by section, with
either first, and with paragraphs that have no counterpart. All of that is a chain of runs: a stretch of one
language followed by a stretch of the other. Which chain it is, is decided by the total score of
aligning its runs, so that the order of the languages need not be told and may change on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from termcheck.align.beads import best_score, best_scores
from termcheck.align.scores import UNPAIRED, Scorer
from termcheck.model import Side

# What it costs when the languages change places within a document.
_TURN = -4.0
# Neighbouring stretches with more combinations than this are paired whole or not at all.
_COMBINATIONS = 150
_MINUS_INFINITY = float("-inf")


@dataclass(frozen=True, slots=True)
class Run:
    """Half-open ranges of the sources and of the targets that are to be aligned with each other."""

    sources: tuple[int, int]
    targets: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _State:
    """The best chain up to a place in the document: its score and its last run."""

    score: float
    before: tuple[int, Side | None] | None = None
    # Where the second language of the last run begins; None after a segment left alone.
    turn: int | None = None


def runs(scorer: Scorer, sides: Sequence[Side]) -> list[Run]:
    """Divide a document, given as the sides of its segments in order, into runs; every segment is in one.

    The n-th SOURCE of `sides` is the scorer's n-th source, likewise the targets.
    """
    counts = _counts(sides)
    places = _boundaries(_Chain(scorer, sides).links(), _stretch_ends(sides))
    return [
        Run((counts[start][0], counts[end][0]), (counts[start][1], counts[end][1]))
        for start, end in pairwise(places)
    ]


class _Chain:
    """Finds the best chain of runs by dynamic programming over the places between segments."""

    def __init__(self, scorer: Scorer, sides: Sequence[Side]) -> None:
        self._scorer, self._sides = scorer, sides
        self._counts = _counts(sides)
        self._ends = _stretch_ends(sides)
        # For each place the best chain by the language that came first in its last run.
        self._states: list[dict[Side | None, _State]] = [{} for _ in range(len(sides) + 1)]
        self._states[0][None] = _State(0.0)
        for place in range(len(sides)):
            self._leave_alone(place)
            self._pair(place)

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

    def _pair(self, start: int) -> None:
        """Let a run begin here: the rest of this stretch, and a beginning of the next one."""
        turn = self._ends[start]
        if turn == len(self._sides):
            return
        side = self._sides[start]
        for end, score in self._run_scores(start, turn, self._ends[turn]):
            for first, state in self._states[start].items():
                total = state.score + score + (_TURN if first not in (None, side) else 0.0)
                self._offer(end, side, _State(total, (start, first), turn))

    def _run_scores(self, start: int, turn: int, end: int) -> Iterator[tuple[int, float]]:
        if (turn - start) * (end - turn) <= _COMBINATIONS:
            table = best_scores(self._scorer, *self._ranges(start, end))
            source_first = self._sides[start] is Side.SOURCE
            for place in range(turn + 1, end + 1):
                yield place, table[-1][place - turn] if source_first else table[place - turn][-1]
        elif start == 0 or self._ends[start - 1] == start:
            yield end, best_score(self._scorer, *self._ranges(start, end))

    def _ranges(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self._counts[start][0], self._counts[end][0]), (self._counts[start][1], self._counts[end][1])


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
    for (_, _, end), (start, _, _) in pairwise([*links, (len(ends), 0, 0)]):
        # The rest of the run's last stretch, unless the next run begins in it.
        if ends[end - 1] > end and ends[end - 1] != ends[start - 1]:
            places.discard(end)
    return sorted(places)
