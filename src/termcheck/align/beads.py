"""The dynamic programme over beads: the best alignment of two ranges, and how certain each of its beads is.

The confidence of a bead is its posterior probability, computed by the forward-backward algorithm over all
alignments, as in a hidden Markov model. A margin over the second-best alignment would say less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.align.scores import LOG_PRIORS, Scorer
from termcheck.align.shared_tokens import Node, Range

if TYPE_CHECKING:
    from termcheck.align.corridor import Corridor

_MINUS_INFINITY = float("-inf")
# A lattice of up to this many nodes is searched completely, a larger one inside a corridor. Chosen by hand.
MAX_FULL_LATTICE = 1_000
# Beads this much worse than the best one into a node, in nats, are dropped: they change no posterior.
_NEGLIGIBLE = 25.0
# Ranges of equal size are paired in order unless another alignment is this much better, in nats: it would
# need a paragraph that was dropped and another one that was added. One source and one target are always a
# pair. Chosen by hand.
_IN_ORDER_MARGIN = 8.0

_BEAD_TYPES = tuple((m, n, log_prior) for (m, n), log_prior in LOG_PRIORS.items())
_SHARED = {bead_type: bead_type for bead_type in LOG_PRIORS}
_LONGEST = max(m for m, _ in LOG_PRIORS)

_Sums = list[list[float]]
_PATH_START = (0, 0)
_FROM_ORIGIN: Mapping[Node, float] = MappingProxyType({(0, 0): 0.0})


class Bead(Struct, frozen=True):
    """A range of sources rendered by a range of targets; `confidence` is the bead's posterior probability."""

    sources: Range
    targets: Range
    confidence: float


class Aligner:
    """Aligns ranges of a scorer's sources and targets."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        # Large lattices are needed twice: to find the runs of a document, and to find the beads of a run.
        self._large: dict[tuple[Range, Range], _Lattice] = {}

    def beads(self, sources: Range, targets: Range) -> list[Bead]:
        """The best alignment of two ranges; its beads are in order and cover both ranges.

        One segment against one is always a pair, even if they fit badly: the low confidence says so.
        """
        lattice = self._lattice(sources, targets, _FROM_ORIGIN)
        count = sources[1] - sources[0]
        if count == targets[1] - targets[0] and not lattice.is_large:
            in_order = sum(self._scorer.score_pair(sources[0] + i, targets[0] + i) for i in range(count))
            if count == 1 or in_order >= lattice.score((count, count)) - _IN_ORDER_MARGIN:
                return lattice.beads([(1, 1)] * count)
        return lattice.beads(lattice.best_path())

    def best_paths(
        self, sources: Range, targets: Range, starts: Mapping[Node, float], ends: Sequence[Node]
    ) -> list[tuple[float, Node]]:
        """The score and the start node of the best path to each of `ends`.

        Node (s, t) lies behind the first s sources and the first t targets of the ranges. A path may start at
        any of `starts`, with the score given there. If the lattice has more than MAX_FULL_LATTICE nodes,
        paths lead from (0, 0) to the end of both ranges only.
        """
        lattice = self._lattice(sources, targets, starts)
        start_score = starts.get((0, 0), 0.0) if lattice.is_large else 0.0
        return [(start_score + lattice.score(node), lattice.start(node)) for node in ends]

    def _lattice(self, sources: Range, targets: Range, starts: Mapping[Node, float]) -> _Lattice:
        source_count, target_count = sources[1] - sources[0], targets[1] - targets[0]
        if (source_count + 1) * (target_count + 1) <= MAX_FULL_LATTICE:
            full = [(0, target_count)] * (source_count + 1)
            return _Lattice(self._scorer, sources, targets, full, starts)
        if (sources, targets) not in self._large:
            from termcheck.align.corridor import corridor_through

            corridor = corridor_through(self._scorer, sources, targets)
            lattice = _Lattice(self._scorer, sources, targets, corridor, _FROM_ORIGIN, is_large=True)
            self._large[sources, targets] = lattice
        return self._large[sources, targets]


class _Lattice:
    """All alignments inside a corridor.

    A bead of m sources and n targets leads from node (s - m, t - n) to node (s, t).
    """

    def __init__(
        self,
        scorer: Scorer,
        sources: Range,
        targets: Range,
        corridor: Corridor,
        starts: Mapping[Node, float],
        *,
        is_large: bool = False,
    ) -> None:
        self._scorer, self._first_source, self._first_target = scorer, sources[0], targets[0]
        self._corridor, self._starts, self.is_large = corridor, starts, is_large
        # For each node the score of the best path to it, and the (m, n) of the last bead of that path.
        self._best: _Sums = []
        self._last_beads: list[list[tuple[int, int]]] = []
        # For each node the beads that lead to it, as (m, n, score).
        self._incoming: list[list[tuple[tuple[int, int, float], ...]]] = []
        for s in range(len(corridor)):
            self._fill_row(s)

    def score(self, node: Node) -> float:
        """The score of the best path to a node."""
        s, t = node
        return self._best[s][t - self._corridor[s][0]]

    def start(self, node: Node) -> Node:
        """The node at which the best path to a node starts."""
        s, t = node
        while (last := self._last_beads[s][t - self._corridor[s][0]]) != _PATH_START:
            s, t = s - last[0], t - last[1]
        return s, t

    def best_path(self) -> list[tuple[int, int]]:
        """The bead types (m, n) of the best path from (0, 0) to the last node, the last one first."""
        path: list[tuple[int, int]] = []
        s, t = len(self._corridor) - 1, self._corridor[-1][1]
        while s or t:
            m, n = self._last_beads[s][t - self._corridor[s][0]]
            path.append((m, n))
            s, t = s - m, t - n
        return path

    def beads(self, path: Iterable[tuple[int, int]]) -> list[Bead]:
        """The beads of a path to the last node, given by their types (m, n), the last one first."""
        forward, backward = self._forward(), self._backward()
        beads: list[Bead] = []
        s, t = len(self._corridor) - 1, self._corridor[-1][1]
        for m, n in path:
            bead_type = m, n
            confidence = sum(
                self._posterior(forward, backward, node, bead_type)
                for node in self._equivalent_nodes((s, t), bead_type)
            )
            source, target = self._first_source + s, self._first_target + t
            beads.append(Bead((source - m, source), (target - n, target), min(1.0, confidence)))
            s, t = s - m, t - n
        return beads[::-1]

    def _equivalent_nodes(self, node: Node, bead_type: tuple[int, int]) -> Iterator[Node]:
        """The nodes at which a bead means the same: an unpaired segment may stand beside any other one."""
        s, t = node
        if bead_type == (1, 0):
            low, high = self._corridor[s]
            yield from ((s, other) for other in range(low, high + 1))
        elif bead_type == (0, 1):
            yield node
            for rows in (range(s - 1, -1, -1), range(s + 1, len(self._corridor))):
                for other in rows:
                    low, high = self._corridor[other]
                    if not low <= t <= high:
                        break
                    yield other, t
        else:
            yield node

    def _posterior(self, forward: _Sums, backward: _Sums, node: Node, bead_type: tuple[int, int]) -> float:
        """The probability, among all alignments, of those in which a bead of this type leads to the node."""
        s, t = node
        index = t - self._corridor[s][0]
        for m, n, score in self._incoming[s][index]:
            if (m, n) == bead_type:
                before = forward[s - m][t - n - self._corridor[s - m][0]]
                return math.exp(min(before + score + backward[s][index] - forward[-1][-1], 0.0))
        return 0.0

    def _fill_row(self, s: int) -> None:
        """Find the best path to each node behind `s` sources."""
        low, high = self._corridor[s]
        best: list[float] = []
        last_beads: list[tuple[int, int]] = []
        incoming: list[tuple[tuple[int, int, float], ...]] = []
        self._best.append(best)
        for t in range(low, high + 1):
            beads = self._beads_into(s, t)
            values = [self._best[s - m][t - n - self._corridor[s - m][0]] + score for m, n, score in beads]
            top = max(values, default=_MINUS_INFINITY)
            # One object for each type: there are millions of nodes.
            last = _SHARED[beads[values.index(top)][:2]] if values else _PATH_START
            if (s, t) in self._starts and self._starts[s, t] >= top:
                top, last = self._starts[s, t], _PATH_START
            best.append(top)
            last_beads.append(last)
            incoming.append(
                tuple([bead for bead, value in zip(beads, values, strict=True) if value > top - _NEGLIGIBLE])
            )
        self._last_beads.append(last_beads)
        self._incoming.append(incoming)

    def _beads_into(self, s: int, t: int) -> list[tuple[int, int, float]]:
        scorer, corridor = self._scorer, self._corridor
        source, target = self._first_source + s, self._first_target + t
        beads: list[tuple[int, int, float]] = []
        for m, n, log_prior in _BEAD_TYPES:
            if m > s:
                continue
            low, high = corridor[s - m]
            if not low <= t - n <= high:
                continue
            if not m or not n:
                score: float | None = log_prior
            elif m == n == 1:
                score = scorer.score_pair(source - 1, target - 1)
            else:
                score = scorer.score_bead(source - m, source, target - n, target)
            if score is not None:
                beads.append((m, n, score))
        return beads

    def _forward(self) -> _Sums:
        """For each node the log of the summed probabilities of all paths from (0, 0) to it."""
        sums: _Sums = []
        for s, (low, high) in enumerate(self._corridor):
            row: list[float] = []
            sums.append(row)
            for t in range(low, high + 1):
                terms = [
                    sums[s - m][t - n - self._corridor[s - m][0]] + score
                    for m, n, score in self._incoming[s][t - low]
                ]
                row.append(_log_sum(terms) if terms else 0.0 if s == t == 0 else _MINUS_INFINITY)
        return sums

    def _backward(self) -> _Sums:
        """For each node the log of the summed probabilities of all paths from it to the last node."""
        # Only the rows that a bead reaches over are needed at the same time.
        terms: dict[int, list[list[float]]] = {}
        for s in range(max(len(self._corridor) - _LONGEST, 0), len(self._corridor)):
            terms[s] = self._no_terms(s)
        terms[len(self._corridor) - 1][-1].append(0.0)
        sums: _Sums = [[]] * len(self._corridor)
        for s in range(len(self._corridor) - 1, -1, -1):
            low, high = self._corridor[s]
            if s - _LONGEST >= 0 and s - _LONGEST not in terms:
                terms[s - _LONGEST] = self._no_terms(s - _LONGEST)
            row = [_MINUS_INFINITY] * (high - low + 1)
            for t in range(high, low - 1, -1):
                own_terms = terms[s][t - low]
                value = _log_sum(own_terms) if own_terms else _MINUS_INFINITY
                row[t - low] = value
                for m, n, score in self._incoming[s][t - low]:
                    terms[s - m][t - n - self._corridor[s - m][0]].append(value + score)
            sums[s] = row
            del terms[s]
        return sums

    def _no_terms(self, s: int) -> list[list[float]]:
        low, high = self._corridor[s]
        return [[] for _ in range(low, high + 1)]


def _log_sum(terms: Sequence[float]) -> float:
    """The logarithm of the sum of exponentials."""
    top = max(terms)
    if top == _MINUS_INFINITY or len(terms) == 1:
        return top
    return top + math.log(sum([math.exp(term - top) for term in terms]))
