"""Mean, median and variance of numbers.

Those of the `statistics` module are exact for fractions and decimals too, which makes it slow: to import it
takes longer than to align a short text, and its variance of a corpus longer than all else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable


def mean_of(values: Collection[float]) -> float:
    """The arithmetic mean of one value or more."""
    return math.fsum(values) / len(values)


def median_of(values: Iterable[float]) -> float:
    """The middle one of one value or more, or halfway between the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def variance_of(values: Collection[float]) -> float:
    """The population variance of one value or more."""
    center = mean_of(values)
    return mean_of([(value - center) ** 2 for value in values])
