"""The dynamic programme over beads: the best alignment of two stretches, and how sure each of its beads is.

Thousands by thousands of segments are too many cells for plain Python, so large stretches are aligned in a
corridor: along a chain of segments that share tokens found nowhere else, then, after a first pass with
1-1, 1-0 and 0-1 beads only, along that pass's path. The time is linear in the segments for a corridor
of constant width, and the memory is that of the corridor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from types import MappingProxyType

from termcheck.align.scores import BEADS, UNPAIRED, Scorer

_MINUS_INFINITY = float("-inf")
# Cells worked on with all beads at once; above this the corridor is narrowed by a first pass.
GRID = 3_000
_MARGIN = 5
# How far from the line between two anchors the path may stray, in segments.
_STRAY = 12
_STRAY_ROOT = 3.0
_CELLS_MOST = 1_000_000
# Beads so much worse than the best one into a node, in nats, are forgotten: they change no posterior.
_NEGLIGIBLE = 25.0

_STOP, _RIGHT, _DOWN, _DIAGONAL = range(4)

Corridor = Sequence[tuple[int, int]]
Range = tuple[int, int]
Node = tuple[int, int]
_ENTERED = (0, 0)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sources `start:end` rendered by targets `first:last`, with the posterior probability of just this."""

    start: int
    end: int
    first: int
    last: int
    confidence: float


def align_ranges(scorer: Scorer, sources: Range, targets: Range) -> list[Bead]:
    """Align two stretches of the scorer's lists; beads come in order and cover both stretches."""
    corridor = _corridor(scorer, sources, targets)
    return _Lattice(scorer, sources, targets, corridor).beads()


def best_ends(
    scorer: Scorer, sources: Range, targets: Range, entries: Mapping[Node, float], ends: Sequence[Node]
) -> list[tuple[float, Node]]:
    """The best alignments of parts of two stretches: for each of `ends` the score, and the entry it began at.

    A node (s, t) lies after the first s sources and t targets of the stretches. An alignment may
    begin at any of `entries`, with its score. Stretches of more than `GRID` combinations know only the
    entry (0, 0) and the end of both.
    """
    lattice = _Lattice(scorer, sources, targets, _corridor(scorer, sources, targets), entries)
    return [
        (lattice.best[row][column - lattice.corridor[row][0]], lattice.entry(row, column))
        for row, column in ends
    ]


class _Lattice:
    """All alignments inside a corridor: `corridor[s]` gives the lowest and highest t of the nodes (s, t)."""

    def __init__(
        self,
        scorer: Scorer,
        sources: Range,
        targets: Range,
        corridor: Corridor,
        entries: Mapping[Node, float] = MappingProxyType({(0, 0): 0.0}),
    ) -> None:
        self.scorer, self.source, self.target = scorer, sources[0], targets[0]
        self.corridor, self._entries = corridor, entries
        self.best: list[list[float]] = []
        self._came: list[list[tuple[int, int]]] = []
        # For each node the beads that end in it: (sources, targets, score).
        self._edges: list[list[list[tuple[int, int, float]]]] = []
        for row in range(len(corridor)):
            self._advance(row)

    def entry(self, row: int, column: int) -> Node:
        """The node at which the best path to a node begins."""
        while (step := self._came[row][column - self.corridor[row][0]]) != _ENTERED:
            row, column = row - step[0], column - step[1]
        return row, column

    def beads(self) -> list[Bead]:
        """The best path, each bead with its posterior."""
        forward, backward = self._forward(), self._backward()
        total = forward[-1][-1]
        beads: list[Bead] = []
        row, column = len(self.corridor) - 1, self.corridor[-1][1]
        while row or column:
            index = column - self.corridor[row][0]
            height, width = self._came[row][index]
            score = next(edge[2] for edge in self._edges[row][index] if edge[:2] == (height, width))
            above, left = row - height, column - width
            log = forward[above][left - self.corridor[above][0]] + score + backward[row][index] - total
            start, first = self.source + above, self.target + left
            beads.append(Bead(start, start + height, first, first + width, min(1.0, math.exp(min(log, 0.0)))))
            row, column = above, left
        return beads[::-1]

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
            if above < 0 or left < 0:
                continue
            low, high = corridor[above]
            if left < low or left > high:
                continue
            if not height or not width:
                score = prior
            elif height == width == 1:
                score = scorer.single(source - 1, target - 1)
            else:
                score = scorer.bead(source - height, source, target - width, target)
            into.append((height, width, score))
        return into

    def _forward(self) -> list[list[float]]:
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

    def _backward(self) -> list[list[float]]:
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


# ---- the corridor


def _corridor(scorer: Scorer, sources: Range, targets: Range) -> Corridor:
    height, width = sources[1] - sources[0], targets[1] - targets[0]
    full: Corridor = [(0, width)] * (height + 1)
    if (height + 1) * (width + 1) <= GRID:
        return full
    chain = _chain(scorer, sources, targets)
    wide = _between(chain, height, width)
    path = _first_pass(scorer, sources, targets, wide)
    return _around(path, height, width)


def _chain(scorer: Scorer, sources: Range, targets: Range) -> list[tuple[int, int]]:
    """Nodes before segments that share tokens of their own: the rising chain of the greatest total worth.

    Weighted longest increasing subsequence, O(k log k) with a Fenwick tree over the targets.
    """
    candidates = [
        (source - sources[0], target - targets[0], worth)
        for source, target, worth in scorer.evidence.rare()
        if sources[0] <= source < sources[1] and targets[0] <= target < targets[1]
    ]
    candidates.sort(key=lambda item: (item[0], -item[1]))
    size = targets[1] - targets[0] + 1
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    for index, (_, target, worth) in enumerate(candidates):
        total, last = _prefix_best(tree, target)
        before.append(last)
        node = target + 1
        while node <= size:
            tree[node] = max(tree[node], (total + worth, index))
            node += node & -node
    last = _prefix_best(tree, size)[1]
    chain: list[tuple[int, int]] = []
    while last >= 0:
        chain.append(candidates[last][:2])
        last = before[last]
    return chain[::-1]


def _prefix_best(tree: Sequence[tuple[float, int]], end: int) -> tuple[float, int]:
    """The best chain (total worth, last link) ending before a target, from a Fenwick tree of maxima."""
    best = (0.0, -1)
    while end > 0:
        best = max(best, tree[end])
        end -= end & -end
    return best


def _between(chain: Sequence[tuple[int, int]], height: int, width: int) -> Corridor:
    """A corridor along the lines between anchors, wide where they are far apart or the counts differ."""
    corners = [(0, 0), *chain, (height, width)]
    widest = max(_STRAY, _CELLS_MOST // (2 * height + 2))
    lows, highs = [width] * (height + 1), [0] * (height + 1)
    for (top, left), (bottom, right) in pairwise(corners):
        rows, columns = bottom - top, right - left
        stray = _STRAY + abs(columns - rows) + int(_STRAY_ROOT * math.sqrt(max(rows, columns)))
        # Never narrower than one step of the line, or the corridor would fall apart.
        stray = max(min(stray, widest), columns // max(rows, 1) + 1)
        for row in range(top, bottom + 1):
            middle = left + (columns * (row - top) // rows if rows else 0)
            lows[row] = min(lows[row], max(0, middle - stray, left - _STRAY))
            highs[row] = max(highs[row], min(width, middle + stray, right + _STRAY))
    return _rising(lows, highs, width)


def _rising(lows: list[int], highs: list[int], width: int) -> Corridor:
    """Make both edges of a corridor rise, and have it begin and end in the corners."""
    lows[0], highs[-1] = 0, width
    highs = list(accumulate(highs, max))
    lows = list(accumulate(reversed(lows), min))[::-1]
    return list(zip(lows, highs, strict=True))


def _first_pass(scorer: Scorer, sources: Range, targets: Range, corridor: Corridor) -> list[tuple[int, int]]:
    """The best path of 1-1, 1-0 and 0-1 beads, as the first and last column of each row."""
    single, source, target = scorer.single, sources[0], targets[0]
    steps: list[bytearray] = []
    above: list[float] = []
    above_low = 0
    for row, (low, high) in enumerate(corridor):
        line: list[float] = []
        step = bytearray(high - low + 1)
        for column in range(low, high + 1):
            value, way = (0.0, _STOP) if row == column == 0 else (_MINUS_INFINITY, _RIGHT)
            if column > low:
                value, way = line[-1] + UNPAIRED, _RIGHT
            over = column - above_low
            if row and over < len(above) and above[over] + UNPAIRED > value:
                value, way = above[over] + UNPAIRED, _DOWN
            if row and 0 < over <= len(above):
                paired = above[over - 1] + single(source + row - 1, target + column - 1)
                if paired > value:
                    value, way = paired, _DIAGONAL
            line.append(value)
            step[column - low] = way
        steps.append(step)
        above, above_low = line, low
    return _path(steps, corridor)


def _path(steps: Sequence[bytearray], corridor: Corridor) -> list[tuple[int, int]]:
    row, column = len(corridor) - 1, corridor[-1][1]
    path = [(column, column)] * len(corridor)
    while True:
        way = steps[row][column - corridor[row][0]]
        path[row] = (column, path[row][1])
        if way == _STOP:
            return path
        if way in (_RIGHT, _DIAGONAL):
            column -= 1
        if way in (_DOWN, _DIAGONAL):
            row -= 1
            path[row] = (column, column)


def _around(path: Sequence[tuple[int, int]], height: int, width: int) -> Corridor:
    """A corridor of a few segments to all sides of a path."""
    lows = [max(0, path[max(0, row - _MARGIN)][0] - _MARGIN) for row in range(height + 1)]
    highs = [min(width, path[min(height, row + _MARGIN)][1] + _MARGIN) for row in range(height + 1)]
    return _rising(lows, highs, width)
