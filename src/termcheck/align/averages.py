"""Mean, median and variance of floats.

The `statistics` module is not used, because it computes with exact fractions: importing it takes longer than
aligning a short text, and its variance takes longer than everything else done to a corpus.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable


def mean_of(values: Collection[float]) -> float:
    """The arithmetic mean; `values` must not be empty."""
    return math.fsum(values) / len(values)


def median_of(values: Iterable[float]) -> float:
    """The median; `values` must not be empty."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def variance_of(values: Collection[float]) -> float:
    """The population variance; `values` must not be empty."""
    mean = mean_of(values)
    return mean_of([(value - mean) ** 2 for value in values])
