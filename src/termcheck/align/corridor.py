"""Where in a large lattice the best path can be: a corridor of nodes, linear in the segments.

Thousands by thousands of segments are too many nodes for plain Python. The corridor leads along a chain of
segments that share tokens found nowhere else; a first pass over it with 1-1, 1-0 and 0-1 beads only then
narrows it to the few nodes to all sides of that pass's path, which are worth a closer look.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

from termcheck.align.scores import UNPAIRED, Scorer

_MINUS_INFINITY = float("-inf")
# How far from the line between two anchors the path may stray, in segments: this, the difference of the
# counts, and so many times the root of the larger count; but never into more nodes than that.
_STRAY = 8
_STRAY_ROOT = 2.5
_NODES_MOST = 500_000
# How far from the first pass's path the corridor reaches.
_MARGIN = 3
_STOP, _RIGHT, _DOWN, _DIAGONAL = range(4)

# For each row, that is number of sources, the lowest and the highest number of targets.
Corridor = Sequence[tuple[int, int]]
Range = tuple[int, int]


def corridor_through(scorer: Scorer, sources: Range, targets: Range) -> Corridor:
    """The corridor in which to align two large stretches of the scorer's lists.

    Both edges rise, every node in it can be reached, and it holds both corners.
    """
    height, width = sources[1] - sources[0], targets[1] - targets[0]
    wide = _between(chain_of_anchors(scorer, sources, targets), height, width)
    return _around(_first_pass(scorer, sources, targets, wide), height, width)


def chain_of_anchors(scorer: Scorer, sources: Range, targets: Range) -> list[tuple[int, int]]:
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
    widest = max(_STRAY, _NODES_MOST // (2 * height + 2))
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
