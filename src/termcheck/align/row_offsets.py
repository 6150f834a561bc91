"""Where the counterparts of doubtful rows stand: in their own row, some rows away, or nowhere near.

A column that lost a cell moves all that follows: each text then has the length that the text some rows away
asks for. Abridged or free translations have odd lengths too, but long texts remain longer than short ones in
their own rows. The correlation of lengths tells the two apart, whatever the ratio of the lengths is.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from termcheck.align.row_lengths import LengthModel

# All figures here were chosen by hand.

# A displacement by more rows than this is not looked for.
_MOST_OFFSET = 8
# A long series is examined in stretches of so many rows, because the displacement may change within it.
_STRETCH = 24
# By how much the best place must fit better than the others, in nats.
_CLEAR = 5.0
# What is enough for a few rows: their log odds by the file's ratio, in all and for each row, in nats.
_MIN_FIT, _MIN_FIT_OF_ROW = 4.0, 0.5


class Place(enum.Enum):
    """Where the counterparts of a stretch of rows stand."""

    OWN_ROW = "own row"
    OTHER_ROW = "other row"
    UNKNOWN = "unknown"


def places(
    lengths: Sequence[tuple[int, int]], series: range, model: LengthModel
) -> Iterator[tuple[range, Place]]:
    """The stretches of a series of doubtful rows, and where their counterparts stand.

    `lengths` are those of the two texts of all rows of the file, in characters; no length may be 0. `model`
    is that of the file.
    """
    count = max(len(series) // _STRETCH, 1)
    edges = [series.start + len(series) * number // count for number in range(count + 1)]
    for start, end in pairwise(edges):
        stretch = range(start, end)
        yield stretch, _place(lengths, stretch, model)


def _place(lengths: Sequence[tuple[int, int]], stretch: range, model: LengthModel) -> Place:
    def paired(offset: int) -> list[tuple[int, int]]:
        rows = (row for row in stretch if 0 <= row + offset < len(lengths))
        return [(lengths[row][0], lengths[row + offset][1]) for row in rows]

    offsets = [paired(offset) for size in range(1, _MOST_OFFSET + 1) for offset in (-size, size)]
    own = _evidence(paired(0))
    other = max(map(_evidence, offsets))
    if other - own >= _CLEAR:
        return Place.OTHER_ROW
    if own - other >= _CLEAR:
        return Place.OWN_ROW
    # A few rows correlate by chance. In the ratio of the file, they seldom do.
    fit = max(sum(model.log_odds(*pair) for pair in pairs) for pairs in offsets)
    is_shifted = fit >= max(_MIN_FIT, _MIN_FIT_OF_ROW * len(stretch))
    return Place.OTHER_ROW if is_shifted else Place.UNKNOWN


def _evidence(pairs: Sequence[tuple[int, int]]) -> float:
    """How much the lengths of some texts say that they render each other in a common ratio, in nats."""
    if len(pairs) <= 3:
        return 0.0
    correlation = _correlation([(math.log(source), math.log(target)) for source, target in pairs])
    return -(len(pairs) - 3) / 2 * math.log(max(1 - correlation**2, 1e-6)) if correlation > 0 else 0.0


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    count = len(pairs)
    means = [sum(values) / count for values in zip(*pairs, strict=True)]
    deviations = [(source - means[0], target - means[1]) for source, target in pairs]
    variances = [sum(value * value for value in values) for values in zip(*deviations, strict=True)]
    covariance = sum(source * target for source, target in deviations)
    return covariance / math.sqrt(variances[0] * variances[1]) if min(variances) > 0 else 0.0
