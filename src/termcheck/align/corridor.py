"""The corridor of a large lattice in which the best path is searched; its size is linear in the segments.

A lattice of thousands by thousands of segments has too many nodes for plain Python. The corridor first
follows a chain of anchors: segments that share tokens found nowhere else. A first pass with 1-1, 1-0 and 0-1
beads then narrows it to the few nodes around the best path of that pass.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

from termcheck.align.scores import UNPAIRED, Scorer
from termcheck.align.shared_tokens import Node, Range

_MINUS_INFINITY = float("-inf")
# How far the path may deviate from the line between two anchors, in segments: this many, plus the difference
# of the counts, plus this multiple of the square root of the larger count. All figures were chosen by hand.
_DEVIATION = 8
_DEVIATION_PER_ROOT = 2.5
# The most nodes of the corridor for the first pass.
_MAX_NODES = 500_000
# How far the final corridor reaches beyond the path of the first pass, in segments.
_MARGIN = 3
_STOP, _TARGET_UNPAIRED, _SOURCE_UNPAIRED, _PAIR = range(4)

Corridor = Sequence[tuple[int, int]]
"""For each s from 0 to the number of sources, the lowest and the highest t of the nodes (s, t)."""


def corridor_through(scorer: Scorer, sources: Range, targets: Range) -> Corridor:
    """The corridor in which to align two large ranges.

    Neither bound ever falls, all nodes can be reached, and the first and the last node of the lattice are in
    it.
    """
    source_count, target_count = sources[1] - sources[0], targets[1] - targets[0]
    wide = _along_anchors(scorer.shared_tokens.anchor_chain(sources, targets), source_count, target_count)
    return _around_path(_first_pass(scorer, sources, targets, wide), source_count, target_count)


def _along_anchors(chain: Sequence[Node], source_count: int, target_count: int) -> Corridor:
    """A corridor along the lines between anchors, wider where anchors are far apart or the counts differ."""
    corners = [(0, 0), *chain, (source_count, target_count)]
    max_deviation = max(_DEVIATION, _MAX_NODES // (2 * source_count + 2))
    lows, highs = [target_count] * (source_count + 1), [0] * (source_count + 1)
    for (s_start, t_start), (s_end, t_end) in pairwise(corners):
        ds, dt = s_end - s_start, t_end - t_start
        deviation = _DEVIATION + abs(dt - ds) + int(_DEVIATION_PER_ROOT * math.sqrt(max(ds, dt)))
        # At least one step of the line, or the corridor would be interrupted.
        deviation = max(min(deviation, max_deviation), dt // max(ds, 1) + 1)
        for s in range(s_start, s_end + 1):
            middle = t_start + (dt * (s - s_start) // ds if ds else 0)
            lows[s] = min(lows[s], max(0, middle - deviation, t_start - _DEVIATION))
            highs[s] = max(highs[s], min(target_count, middle + deviation, t_end + _DEVIATION))
    return _monotone(lows, highs, target_count)


def _monotone(lows: list[int], highs: list[int], target_count: int) -> Corridor:
    """Widen a corridor until neither bound ever falls and both corners of the lattice are in it."""
    lows[0], highs[-1] = 0, target_count
    highs = list(accumulate(highs, max))
    lows = list(accumulate(reversed(lows), min))[::-1]
    return list(zip(lows, highs, strict=True))


def _first_pass(scorer: Scorer, sources: Range, targets: Range, corridor: Corridor) -> Corridor:
    """The nodes of the best path of 1-1, 1-0 and 0-1 beads."""
    score_pair, first_source, first_target = scorer.score_pair, sources[0], targets[0]
    backpointers: list[bytearray] = []
    above: list[float] = []
    above_low = 0
    for s, (low, high) in enumerate(corridor):
        row: list[float] = []
        beads = bytearray(high - low + 1)
        for t in range(low, high + 1):
            best, bead = (0.0, _STOP) if s == t == 0 else (_MINUS_INFINITY, _TARGET_UNPAIRED)
            if t > low:
                best, bead = row[-1] + UNPAIRED, _TARGET_UNPAIRED
            index = t - above_low
            if s and index < len(above) and above[index] + UNPAIRED > best:
                best, bead = above[index] + UNPAIRED, _SOURCE_UNPAIRED
            if s and 0 < index <= len(above):
                paired = above[index - 1] + score_pair(first_source + s - 1, first_target + t - 1)
                if paired > best:
                    best, bead = paired, _PAIR
            row.append(best)
            beads[t - low] = bead
        backpointers.append(beads)
        above, above_low = row, low
    return _traced_back(backpointers, corridor)


def _traced_back(backpointers: Sequence[bytearray], corridor: Corridor) -> Corridor:
    """The nodes of the path that ends in the last node, as the lowest and the highest t for each s."""
    s, t = len(corridor) - 1, corridor[-1][1]
    path = [(t, t)] * len(corridor)
    while True:
        bead = backpointers[s][t - corridor[s][0]]
        path[s] = (t, path[s][1])
        if bead == _STOP:
            return path
        if bead in (_TARGET_UNPAIRED, _PAIR):
            t -= 1
        if bead in (_SOURCE_UNPAIRED, _PAIR):
            s -= 1
            path[s] = (t, t)


def _around_path(path: Corridor, source_count: int, target_count: int) -> Corridor:
    """A corridor that reaches _MARGIN segments beyond a path on all sides."""
    lows = [max(0, path[max(0, s - _MARGIN)][0] - _MARGIN) for s in range(source_count + 1)]
    highs = [
        min(target_count, path[min(source_count, s + _MARGIN)][1] + _MARGIN) for s in range(source_count + 1)
    ]
    return _monotone(lows, highs, target_count)
