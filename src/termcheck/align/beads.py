"""The dynamic programme over beads: the best alignment of two stretches, and how sure each of its beads is.

Sure means: the posterior probability of just this bead, by forward and backward sums over all
alignments (as in hidden Markov models), not only a margin over the second best.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from termcheck.align.corridor import Corridor, Range, corridor_through
from termcheck.align.scores import BEADS, Scorer

_MINUS_INFINITY = float("-inf")
# Stretches of up to so many nodes are searched whole, larger ones in a corridor.
GRID = 1_000
# Beads so much worse than the best one into a node, in nats, are forgotten: they change no posterior.
_NEGLIGIBLE = 25.0

Node = tuple[int, int]
_Sums = list[list[float]]
_ENTERED = (0, 0)
_ORIGIN: Mapping[Node, float] = MappingProxyType({(0, 0): 0.0})


class Bead(Struct, frozen=True):
    """Sources `start:end` rendered by targets `first:last`, with the posterior probability of just this."""

    start: int
    end: int
    first: int
    last: int
    confidence: float


class Aligner:
    """Aligns stretches of a scorer's two lists, given as a range of the sources and one of the targets."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        # Large stretches are asked for twice: by who looks for the runs, and then for their beads.
        self._large: dict[tuple[Range, Range], _Lattice] = {}

    def beads(self, sources: Range, targets: Range) -> list[Bead]:
        """The best alignment of two stretches; its beads come in order and cover both stretches.

        One segment against one is a pair however ill they fit: that it is unsure is what there is to say.
        """
        lattice = self._lattice(sources, targets, _ORIGIN)
        return lattice.only_pair() if lattice.is_single else lattice.beads()

    def best_ends(
        self, sources: Range, targets: Range, entries: Mapping[Node, float], ends: Sequence[Node]
    ) -> list[tuple[float, Node]]:
        """The best alignments of parts of two stretches: for each of `ends` the score, and where it began.

        A node (s, t) lies after the first s sources and t targets of the stretches. An alignment may
        begin at any of `entries`, with its score. Stretches of more than `GRID` nodes know only the entry
        (0, 0) and the end of both.
        """
        lattice = self._lattice(sources, targets, entries)
        first = entries.get((0, 0), 0.0) if lattice.large else 0.0
        return [(first + lattice.score(*node), lattice.entry(*node)) for node in ends]

    def _lattice(self, sources: Range, targets: Range, entries: Mapping[Node, float]) -> _Lattice:
        height, width = sources[1] - sources[0], targets[1] - targets[0]
        if (height + 1) * (width + 1) <= GRID:
            full = [(0, width)] * (height + 1)
            return _Lattice(self._scorer, sources, targets, full, entries)
        if (sources, targets) not in self._large:
            corridor = corridor_through(self._scorer, sources, targets)
            self._large[sources, targets] = _Lattice(
                self._scorer, sources, targets, corridor, _ORIGIN, large=True
            )
        return self._large[sources, targets]


class _Lattice:
    """All alignments inside a corridor: `corridor[s]` gives the lowest and highest t of the nodes (s, t)."""

    def __init__(
        self,
        scorer: Scorer,
        sources: Range,
        targets: Range,
        corridor: Corridor,
        entries: Mapping[Node, float],
        *,
        large: bool = False,
    ) -> None:
        self.scorer, self.source, self.target = scorer, sources[0], targets[0]
        self.corridor, self._entries, self.large = corridor, entries, large
        self.best: list[list[float]] = []
        self._came: list[list[tuple[int, int]]] = []
        # For each node the beads that end in it: (sources, targets, score).
        self._edges: list[list[list[tuple[int, int, float]]]] = []
        for row in range(len(corridor)):
            self._advance(row)

    def score(self, row: int, column: int) -> float:
        """The score of the best path to a node."""
        return self.best[row][column - self.corridor[row][0]]

    def entry(self, row: int, column: int) -> Node:
        """The node at which the best path to a node begins."""
        while (step := self._came[row][column - self.corridor[row][0]]) != _ENTERED:
            row, column = row - step[0], column - step[1]
        return row, column

    @property
    def is_single(self) -> bool:
        """Whether there is just one source and one target."""
        return self.corridor[-1][1] == 1 and len(self.corridor) == 2

    def only_pair(self) -> list[Bead]:
        """The pair of the one source and the one target, with its posterior."""
        forward, backward = self._forward(), self._backward()
        confidence = self._posterior(forward, backward, (1, 1), (1, 1))
        return [Bead(self.source, self.source + 1, self.target, self.target + 1, confidence)]

    def beads(self) -> list[Bead]:
        """The best path, each bead with its posterior."""
        forward, backward = self._forward(), self._backward()
        beads: list[Bead] = []
        row, column = len(self.corridor) - 1, self.corridor[-1][1]
        while row or column:
            height, width = self._came[row][column - self.corridor[row][0]]
            confidence = sum(
                self._posterior(forward, backward, node, (height, width))
                for node in self._alike(row, column, (height, width))
            )
            start, first = self.source + row - height, self.target + column - width
            beads.append(Bead(start, start + height, first, first + width, min(1.0, confidence)))
            row, column = row - height, column - width
        return beads[::-1]

    def _alike(self, row: int, column: int, step: Node) -> Iterator[Node]:
        """The nodes into which a bead says the same: an unpaired segment is unpaired wherever it stands."""
        if step == (1, 0):
            low, high = self.corridor[row]
            yield from ((row, other) for other in range(low, high + 1))
        elif step == (0, 1):
            yield row, column
            for rows in (range(row - 1, -1, -1), range(row + 1, len(self.corridor))):
                for other in rows:
                    low, high = self.corridor[other]
                    if not low <= column <= high:
                        break
                    yield other, column
        else:
            yield row, column

    def _posterior(self, forward: _Sums, backward: _Sums, node: Node, step: Node) -> float:
        """The probability that an alignment comes to a node by a step, of all alignments."""
        row, column = node
        index = column - self.corridor[row][0]
        for height, width, score in self._edges[row][index]:
            if (height, width) == step:
                above = row - height
                before = forward[above][column - width - self.corridor[above][0]]
                return math.exp(min(before + score + backward[row][index] - forward[-1][-1], 0.0))
        return 0.0

    def _advance(self, row: int) -> None:
        """Fill one row of nodes."""
        low, high = self.corridor[row]
        best: list[float] = []
        came: list[tuple[int, int]] = []
        edges: list[list[tuple[int, int, float]]] = []
        self.best.append(best)
        for column in range(low, high + 1):
            into = self._edges_into(row, column)
            values = [
                self.best[row - height][column - width - self.corridor[row - height][0]] + score
                for height, width, score in into
            ]
            top = max(values, default=_MINUS_INFINITY)
            step = into[values.index(top)][:2] if values else _ENTERED
            if (row, column) in self._entries and self._entries[row, column] >= top:
                top, step = self._entries[row, column], _ENTERED
            best.append(top)
            came.append(step)
            edges.append(
                [edge for edge, value in zip(into, values, strict=True) if value > top - _NEGLIGIBLE]
            )
        self._came.append(came)
        self._edges.append(edges)

    def _edges_into(self, row: int, column: int) -> list[tuple[int, int, float]]:
        scorer, corridor = self.scorer, self.corridor
        source, target = self.source + row, self.target + column
        into: list[tuple[int, int, float]] = []
        for height, width, prior in BEADS:
            above, left = row - height, column - width
            if above < 0:
                continue
            low, high = corridor[above]
            if left < low or left > high:
                continue
            if not height or not width:
                score: float | None = prior
            elif height == width == 1:
                score = scorer.single(source - 1, target - 1)
            else:
                score = scorer.bead(source - height, source, target - width, target)
            if score is not None:
                into.append((height, width, score))
        return into

    def _forward(self) -> _Sums:
        """Log sum over all paths from the start to each node."""
        sums: list[list[float]] = []
        for row, (low, high) in enumerate(self.corridor):
            line: list[float] = []
            sums.append(line)
            for column in range(low, high + 1):
                terms = [
                    sums[row - height][column - width - self.corridor[row - height][0]] + score
                    for height, width, score in self._edges[row][column - low]
                ]
                line.append(_log_sum(terms) if terms else 0.0 if row == column == 0 else _MINUS_INFINITY)
        return sums

    def _backward(self) -> _Sums:
        """Log sum over all paths from each node to the end."""
        terms: list[list[list[float]]] = [[[] for _ in range(low, high + 1)] for low, high in self.corridor]
        terms[-1][-1].append(0.0)
        sums: list[list[float]] = [[]] * len(self.corridor)
        for row in range(len(self.corridor) - 1, -1, -1):
            low, high = self.corridor[row]
            line = [_MINUS_INFINITY] * (high - low + 1)
            for column in range(high, low - 1, -1):
                here = terms[row][column - low]
                value = _log_sum(here) if here else _MINUS_INFINITY
                line[column - low] = value
                for height, width, score in self._edges[row][column - low]:
                    above = row - height
                    terms[above][column - width - self.corridor[above][0]].append(value + score)
            sums[row] = line
            terms[row] = []
        return sums


def _log_sum(terms: Sequence[float]) -> float:
    top = max(terms)
    if top == _MINUS_INFINITY or len(terms) == 1:
        return top
    return top + math.log(sum([math.exp(term - top) for term in terms]))
