"""Dunning's log-likelihood ratio: how strongly two things are associated in pairs."""

from __future__ import annotations

import functools
import math

# The critical values of chi-square with one degree of freedom: chance alone reaches such a G² once in 1,000
# times, and once in 10,000 times.
SIGNIFICANT = 10.8
HIGHLY_SIGNIFICANT = 15.1


def log_likelihood(joint: int, first: int, second: int, total: int) -> float:
    """G² of two things that occur in `first` and `second` of `total` pairs, and together in `joint` pairs.

    The value is negative if they occur together less often than by chance. It holds for small counts, for
    which chi-square fails (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence",
    Computational Linguistics 19:1).
    """
    table = (joint, first - joint, second - joint, total - first - second + joint)
    margins = (first, total - first, second, total - second)
    value = 2 * (sum(map(_entropy, table)) - sum(map(_entropy, margins)) + _entropy(total))
    return value if joint * total >= first * second else -value


@functools.lru_cache(maxsize=1 << 16)
def _entropy(count: int) -> float:
    return count * math.log(count) if count else 0.0
