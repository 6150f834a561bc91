"""Which rows of a file do not fit by their lengths: next to nothing is read, so all rows can be looked at.

A row of two texts that render each other has lengths in the ratio of the file, more or less. Those that have
not are found with a comparison a row; what else is worked out is worked out around them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.align.averages import median_of, variance_of

# Of fewer rows all are looked at, for they do not tell well how long translations are in this file.
ENOUGH_ROWS = 20
# Variance of the logarithm of the length ratio of a row's two texts, for rows and for each character of them.
_VARIANCE = 0.03
_VARIANCE_PER_CHARACTER = 2.5
# One row in twenty is freely cut or expanded, by this variance.
_LOOSE = 0.05
_LOOSE_VARIANCE = 0.5
# What odd lengths count for at most, in nats, where nothing is missing that a translation would keep: one
# such row is a free translation.
LENGTHS_MOST = 7.0
# What makes a row worth a second look: its confidence by lengths, and its own log odds.
_LOOK_CONFIDENCE, _LOOK_ODDS = 0.98, -2.0
CERTAIN = 30.0
# So many rows show how long translations are in a file.
_SAMPLE = 1_000
# A row whose lengths do not fit says nothing about rows further away than this.
_REACH = 12


class DoubtfulRows(Struct, frozen=True):
    """What lengths say of the rows of a file, by number.

    `windows` are the stretches of rows around those that do not fit, `odds` the log odds of all rows in them
    that their two texts render each other, `doubtful` the rows that deserve a second look.
    """

    windows: tuple[range, ...]
    odds: dict[int, float]
    doubtful: tuple[int, ...]


def doubtful_rows(sizes: Sequence[tuple[int, int]]) -> DoubtfulRows:
    """Look at rows, given the numbers of characters of their texts; none is zero."""
    lengths = _Lengths.of(sizes[:: max(len(sizes) // _SAMPLE, 1)])
    few = len(sizes) < ENOUGH_ROWS
    windows = [range(len(sizes))] if few else list(_windows(lengths.unfit(sizes), len(sizes)))
    odds = {number: lengths.odds(*sizes[number]) for window in windows for number in window}
    doubtful = range(len(sizes)) if few else [one for window in windows for one in _doubtful(window, odds)]
    return DoubtfulRows(tuple(windows), odds, tuple(doubtful))


def _windows(unfit: Iterator[int], count: int) -> Iterator[range]:
    """The stretches of rows around some of them; those that meet are one."""
    begin = end = 0
    for number in unfit:
        if end and number - _REACH > end:
            yield range(begin, end)
            end = 0
        begin = begin if end else max(number - _REACH, 0)
        end = min(number + _REACH + 1, count)
    if end:
        yield range(begin, end)


def _doubtful(window: range, odds: dict[int, float]) -> Iterator[int]:
    """Rows that lengths, their own or those around, do not clear."""
    scores = [odds[number] for number in window]
    for number, score, confidence in zip(window, scores, _LOOK.posteriors(scores), strict=True):
        if confidence < _LOOK_CONFIDENCE or score < _LOOK_ODDS:
            yield number


class _Lengths(Struct, frozen=True):
    """How long translations are in a file: the mean log ratio of two texts, and how log lengths spread."""

    ratio: float
    spread: float

    @classmethod
    def of(cls, sizes: Sequence[tuple[int, int]]) -> _Lengths:
        logs = [(math.log(one), math.log(other)) for one, other in sizes]
        spread = variance_of([one for one, _ in logs]) + variance_of([other for _, other in logs])
        return cls(median_of(other - one for one, other in logs), max(spread, 2 * _LOOSE_VARIANCE))

    def odds(self, one: int, other: int) -> float:
        """Log odds that two texts of these lengths are aligned."""
        off = (math.log(other) - math.log(one) - self.ratio) ** 2
        variance = _variance(one * other)
        aligned = (1 - _LOOSE) * _density(off, variance) + _LOOSE * _density(off, _LOOSE_VARIANCE)
        return max(math.log(aligned / _density(off, self.spread)), -LENGTHS_MOST)

    def unfit(self, sizes: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The rows whose lengths may speak against them."""
        bands: dict[int, tuple[float, float]] = {}
        for number, (one, other) in enumerate(sizes):
            band = bands.get(one)
            if band is None:
                band = bands[one] = self._band(one)
            if not band[0] <= other <= band[1]:
                yield number

    def _band(self, one: int) -> tuple[float, float]:
        """Between which lengths a text surely does not speak against being the other one's translation.

        There `odds` are not negative even without freely cut rows. Where the variance is least, at the upper
        end, the band is narrowest, as long as it is well below the spread.
        """
        likely = one * math.exp(self.ratio)
        width = self._width(_variance(one * likely))
        width = self._width(_variance(one * likely * math.exp(width)))
        return (likely * math.exp(-width), likely * math.exp(width)) if width else (1.0, 0.0)

    def _width(self, variance: float) -> float:
        if variance > self.spread / 3:
            return 0.0
        fits = math.log((1 - _LOOSE) * math.sqrt(self.spread / variance))
        return math.sqrt(2 * fits / (1 / variance - 1 / self.spread))


def _variance(product: float) -> float:
    return _VARIANCE + _VARIANCE_PER_CHARACTER / math.sqrt(product)


def _density(squared: float, variance: float) -> float:
    return math.exp(-squared / (2 * variance)) / math.sqrt(variance)


class Moves(Struct, frozen=True):
    """How likely a stretch of strays begins and ends with the next row, and how likely a few alone do."""

    stretch: float
    stretch_ends: float
    alone: float
    alone_ends: float

    def posteriors(self, odds: Sequence[float]) -> list[float]:
        """Posterior of the aligned state for each row, by the forward-backward algorithm."""
        sure, stays, over = 1 - self.stretch - self.alone, 1 - self.stretch_ends, 1 - self.alone_ends
        ratios = [math.exp(min(max(score, -CERTAIN), CERTAIN)) for score in odds]
        forward: list[tuple[float, float, float]] = []
        # The probabilities of the three states: aligned, in a stretch of strays, among a few.
        one, two, three = 1.0, 0.0, 0.0
        for ratio in ratios:
            was = one
            one = (was * sure + two * self.stretch_ends + three * self.alone_ends) * ratio
            two = was * self.stretch + two * stays
            three = was * self.alone + three * over
            total = one + two + three
            one, two, three = one / total, two / total, three / total
            forward.append((one, two, three))
        # The likelihoods of all later rows from the two stray states, over that from the aligned one.
        posterior: list[float] = []
        from_two = from_three = 1.0
        for ratio, (one, two, three) in zip(reversed(ratios), reversed(forward), strict=True):
            posterior.append(one / (one + two * from_two + three * from_three))
            base = sure * ratio + self.stretch * from_two + self.alone * from_three
            from_two = (self.stretch_ends * ratio + stays * from_two) / base
            from_three = (self.alone_ends * ratio + over * from_three) / base
        return posterior[::-1]


# To speak of a stretch takes as much as to speak of two rows alone, or each would draw its neighbours in.
MOVES = Moves(stretch=0.00005, stretch_ends=0.02, alone=0.00001, alone_ends=0.7)
_LOOK = Moves(stretch=0.01, stretch_ends=0.05, alone=0.01, alone_ends=0.7)
