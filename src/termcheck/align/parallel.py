"""Pairs what plainly belongs together in two parallel files, in one pass along their paragraphs.

Most paragraphs of a translated file stand in the order of the source. A narrow search by lengths and numbers
follows that order past paragraphs that one file lacks. Whatever does not fit is left to the aligner, together
with the paragraphs around it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from termcheck.align.averages import median_of, variance_of
from termcheck.align.fitting import LengthFit, Texts

# All figures were chosen by hand. Files with fewer paragraphs do not reveal their length ratio.
_MIN_PARAGRAPHS = 5
# How many targets around the best one are searched for each source; the difference of the counts is added.
_REACH = 6
_MAX_REACH = 60
# The score of a paragraph without counterpart, as in `align.scores`, and the least score of a pair.
_UNPAIRED = -3.35
_WORST = -7.0
# The variance of the log length ratio of a pair, freer than in `align.fitting`, and of unrelated texts.
_PAIR_VARIANCE, _PAIR_VARIANCE_PER_CHARACTER, _LEAST_VARIANCE = 0.03, 1.5, 0.5
_OTHER_HEADING = -5.0
_SHARED_NUMBER, _OTHER_NUMBERS = 2.0, -2.0
_SHARED_CONCEPT, _MOST_SHARED = 2.0, 4.0
_LONE_CONCEPT, _MOST_LONE = 0.6, 2.4
# Pairs so near to something that does not fit are left to the aligner.
_MARGIN = 2
# If a smaller share of the paragraphs is plain, the files are not parallel enough to trust any of it.
_MIN_PLAIN = 0.3
# A gap of up to so many paragraphs is clear if it fits so much better, in nats, than so many places away.
_LONGEST_CLEAR_GAP, _CLEAR_LEAD, _NEARBY = 3, 6.0, 4
_PAIR, _NO_TARGET, _NO_SOURCE, _START = range(4)

_Pair = tuple[int, int]
Stretch = tuple[range, range]
"""Consecutive sources and targets that have to be aligned with one another."""


class Parallel(Struct, frozen=True):
    """The plain pairs of two files, and the stretches that are left; both are in order."""

    pairs: Sequence[_Pair]
    left: Sequence[Stretch]


def find_parallel(sources: Texts, targets: Texts, stretch: Stretch) -> Parallel:
    """The plain pairs of a stretch of two files, given the texts of their paragraphs."""
    nothing = Parallel((), (stretch,) if any(map(len, stretch)) else ())
    if min(map(len, stretch)) < _MIN_PARAGRAPHS:
        return nothing
    path = _diagonal(sources, targets, stretch)
    is_clear = _never
    if not path:
        beam = _Beam(sources, targets, stretch)
        path, is_clear = beam.path(), beam.is_clear_gap
    if len(path) < _MIN_PARAGRAPHS:
        return nothing
    fit = LengthFit.of(sources, targets, path)
    first, last = (stretch[0].start - 1, stretch[1].start - 1), (stretch[0].stop, stretch[1].stop)
    corners = [first, *path, last]
    plain = list(_plain(corners, fit, is_clear))
    if len(plain) < _MIN_PLAIN * min(map(len, stretch)):
        return nothing
    left = [
        (range(source + 1, next_source), range(target + 1, next_target))
        for (source, target), (next_source, next_target) in pairwise([first, *plain, last])
        if next_source - source > 1 or next_target - target > 1
    ]
    return Parallel(plain, left)


def _diagonal(sources: Texts, targets: Texts, stretch: Stretch) -> list[_Pair]:
    """All pairs in order, if both sides have as many paragraphs and all of them fit; else none."""
    if len(stretch[0]) != len(stretch[1]):
        return []
    pairs = list(zip(*stretch, strict=True))
    fit = LengthFit.of(sources, targets, pairs)
    return pairs if all(fit.holds(*pair) for pair in pairs) else []


def _never(before: _Pair, after: _Pair) -> bool:  # noqa: ARG001 (the signature of `_Beam.is_clear_gap`)
    return False


def _plain(
    corners: Sequence[_Pair], fit: LengthFit, is_clear_gap: Callable[[_Pair, _Pair], bool]
) -> Iterator[_Pair]:
    """The pairs of a path that fit, and stand among others that do with no unclear gap between them.

    The first and the last corner are the ends of the files.
    """
    fits = [True, *(fit.holds(*pair) for pair in corners[1:-1]), True]
    joined = [_are_adjacent(*pairs) or is_clear_gap(*pairs) for pairs in pairwise(corners)]
    before = list(_run_lengths(fits, joined))
    after = list(_run_lengths(fits[::-1], joined[::-1]))[::-1]
    for pair, *runs in zip(corners[1:-1], before[1:-1], after[1:-1], strict=True):
        if min(runs) >= _MARGIN:
            yield pair


def _are_adjacent(before: _Pair, after: _Pair) -> bool:
    return after[0] - before[0] == after[1] - before[1] == 1


def _run_lengths(fits: Sequence[bool], joined: Sequence[bool]) -> Iterator[int]:
    """For each corner the number of fitting pairs joined to it on one side; -1 for one that does not fit."""
    run = _MARGIN
    yield run
    for holds, is_joined in zip(fits[1:], joined, strict=True):
        run = -1 if not holds else run + 1 if is_joined else 0
        yield run


class _Beam:
    """Searches the best path of pairs and of paragraphs without counterpart, near the best path so far.

    Paragraphs are counted in their files.
    """

    def __init__(self, sources: Texts, targets: Texts, stretch: Stretch) -> None:
        self._stretch = stretch
        self._concepts = sources.concepts, targets.concepts
        self._headings = sources.headings, targets.headings
        self._numbers = sources.numbers, targets.numbers
        self._logs = sources.logs, targets.logs
        self._roots = sources.roots, targets.roots
        inside = [side[part.start : part.stop] for side, part in zip(self._logs, stretch, strict=True)]
        self._log_ratio = median_of(inside[1]) - median_of(inside[0])
        self._unrelated = max(sum(map(variance_of, inside)), _LEAST_VARIANCE)
        self._best_length = 0.5 * math.log(1 + self._unrelated / _PAIR_VARIANCE)
        difference = abs(len(stretch[0]) - len(stretch[1]))
        self._reach = min(_REACH + difference, _MAX_REACH)

    def path(self) -> list[_Pair]:
        """The pairs of the best path, in order."""
        sources, targets = self._stretch
        lows: list[int] = []
        moves: list[bytearray] = []
        above: list[float] = []
        above_low, best = targets.start, targets.start
        for s in range(sources.start, sources.stop + 1):
            low = max(above_low, min(best + 1, targets.stop) - self._reach) if lows else targets.start
            high = min(targets.stop, max(best + 1, low) + self._reach) if s < sources.stop else targets.stop
            row, chosen = self._row(s, range(low, high + 1), above, above_low)
            best = low + row.index(max(row))
            lows.append(low)
            moves.append(chosen)
            above, above_low = row, low
        return self._traced_back(lows, moves)

    def is_clear_gap(self, before: _Pair, after: _Pair) -> bool:
        """Whether the paragraphs between two pairs of the path surely are those without counterpart.

        The gap is on one side and short, and would fit nowhere else nearby.
        """
        gap = after[0] - before[0] - 1, after[1] - before[1] - 1
        if min(gap) or max(gap) > _LONGEST_CLEAR_GAP:
            return False
        for (s, t), step, shift in ((before, -1, gap), (after, 1, (-gap[0], -gap[1]))):
            lead = 0.0
            for distance in range(_NEARBY):
                source, target = s + step * distance, t + step * distance
                if source not in self._stretch[0] or target not in self._stretch[1]:
                    break
                lead += self._score(source, target) - self._score(source + shift[0], target + shift[1])
                if lead < _CLEAR_LEAD:
                    return False
        return True

    def _row(
        self, s: int, nodes: range, above: Sequence[float], above_low: int
    ) -> tuple[list[float], bytearray]:
        """The best score of each node in front of source `s`, and the move that leads to it."""
        row: list[float] = []
        moves = bytearray()
        above_end = above_low + len(above)
        for t in nodes:
            value, move = (row[-1] + _UNPAIRED, _NO_SOURCE) if row else (-math.inf, _START)
            if above_low <= t < above_end and above[t - above_low] + _UNPAIRED > value:
                value, move = above[t - above_low] + _UNPAIRED, _NO_TARGET
            if above_low < t <= above_end:
                before = above[t - 1 - above_low]
                # Most places far from the path are ruled out without a closer look.
                if before + self._most(s - 1, t - 1) > value:
                    paired = before + self._score(s - 1, t - 1)
                    if paired > value:
                        value, move = paired, _PAIR
            row.append(0.0 if move == _START else value)
            moves.append(move)
        return row, moves

    def _most(self, source: int, target: int) -> float:
        """What `_score` does not exceed."""
        most = self._best_length
        if not self._concepts[0][source].isdisjoint(self._concepts[1][target]):
            most += _MOST_SHARED
        if self._numbers[0][source] and self._numbers[1][target]:
            most += _SHARED_NUMBER
        return most

    def _score(self, source: int, target: int) -> float:
        """The log odds that two paragraphs render each other, by length, heading, numbers and terms."""
        deviation = self._logs[1][target] - self._logs[0][source] - self._log_ratio
        variance = (
            _PAIR_VARIANCE + _PAIR_VARIANCE_PER_CHARACTER * self._roots[0][source] * self._roots[1][target]
        )
        unrelated = self._unrelated + variance
        score = 0.5 * (
            math.log(unrelated / variance) + deviation * deviation * (1 / unrelated - 1 / variance)
        )
        if self._headings[0][source] is not self._headings[1][target]:
            score += _OTHER_HEADING
        numbers, others = self._numbers[0][source], self._numbers[1][target]
        if numbers and others:
            score += _OTHER_NUMBERS if numbers.isdisjoint(others) else _SHARED_NUMBER
        concepts, rendered = self._concepts[0][source], self._concepts[1][target]
        if concepts or rendered:
            shared = len(concepts & rendered)
            lone = len(concepts) + len(rendered) - 2 * shared
            score += min(shared * _SHARED_CONCEPT, _MOST_SHARED) - min(lone * _LONE_CONCEPT, _MOST_LONE)
        return max(score, _WORST)

    def _traced_back(self, lows: Sequence[int], moves: Sequence[bytearray]) -> list[_Pair]:
        s, t = self._stretch[0].stop, self._stretch[1].stop
        first = self._stretch[0].start
        pairs: list[_Pair] = []
        while (move := moves[s - first][t - lows[s - first]]) != _START:
            if move == _PAIR:
                pairs.append((s - 1, t - 1))
            s, t = s - (move != _NO_SOURCE), t - (move != _NO_TARGET)
        return pairs[::-1]
