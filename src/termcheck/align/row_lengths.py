"""Finds the rows whose two texts do not fit each other by length.

Lengths cost next to nothing, so every row of a file can be examined. The two texts of an aligned row have
roughly the length ratio of the file. One comparison finds a row that has not, and only the rows around it are
scored.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.align.averages import median_of, variance_of

# All figures here were chosen by hand.

# A file with fewer rows does not reveal its length ratio reliably, so all of its rows are doubtful.
SMALL_FILE = 20
# The variance of the log length ratio of a row: a constant part, and a part that shrinks with the characters.
_VARIANCE = 0.03
_VARIANCE_PER_CHARACTER = 2.5
# The share and the variance of rows that are freely cut or expanded.
_WIDE_SHARE = 0.05
_WIDE_VARIANCE = 0.5
# The most that lengths alone count against a row, in nats: a row that lacks nothing a translation keeps may
# be a free translation.
MAX_LENGTH_PENALTY = 7.0
# A row is doubtful below this posterior by lengths, or below these log odds of its own.
_DOUBTFUL_CONFIDENCE, _DOUBTFUL_LOG_ODDS = 0.98, -2.0
# Log odds are clipped to this absolute value, in nats.
MAX_LOG_ODDS = 30.0
# The number of rows from which the length ratio of a file is estimated.
_SAMPLE = 1_000
# A row whose lengths do not fit says nothing about rows further away than this.
_CONTEXT = 12


class DoubtfulRows(Struct, frozen=True):
    """The rows of a file that may be misaligned by their lengths; rows are given by their numbers.

    `windows` are the ranges around rows with unlikely lengths. `log_odds` gives the log odds that the two
    texts of a row render each other, for each row in a window. `doubtful` are the rows that deserve a closer
    look. `model` is None if there are too few rows.
    """

    windows: tuple[range, ...]
    log_odds: dict[int, float]
    doubtful: tuple[int, ...]
    model: LengthModel | None = None


def doubtful_rows(lengths: Sequence[tuple[int, int]]) -> DoubtfulRows:
    """Examine rows by the lengths of their two texts, in characters; no length may be 0."""
    model = LengthModel.estimated(lengths[:: max(len(lengths) // _SAMPLE, 1)])
    small = len(lengths) < SMALL_FILE
    windows = [range(len(lengths))] if small else list(_windows(model.outliers(lengths), len(lengths)))
    log_odds = {number: model.log_odds(*lengths[number]) for window in windows for number in window}
    doubtful = (
        range(len(lengths)) if small else [row for window in windows for row in _doubtful(window, log_odds)]
    )
    return DoubtfulRows(tuple(windows), log_odds, tuple(doubtful), model)


def _windows(outliers: Iterator[int], count: int) -> Iterator[range]:
    """The ranges of rows around outliers; ranges that touch are joined."""
    start = end = 0
    for number in outliers:
        if end and number - _CONTEXT > end:
            yield range(start, end)
            end = 0
        start = start if end else max(number - _CONTEXT, 0)
        end = min(number + _CONTEXT + 1, count)
    if end:
        yield range(start, end)


def _doubtful(window: range, log_odds: dict[int, float]) -> Iterator[int]:
    """The rows of a window that neither their own lengths nor those of their neighbours clear."""
    scores = [log_odds[number] for number in window]
    for number, score, confidence in zip(
        window, scores, _SUSPICIOUS_ROW_MODEL.posteriors(scores), strict=True
    ):
        if confidence < _DOUBTFUL_CONFIDENCE or score < _DOUBTFUL_LOG_ODDS:
            yield number


class LengthModel(Struct, frozen=True):
    """The median log length ratio of a file, and the variance of that ratio between unrelated texts."""

    log_ratio: float
    unrelated_variance: float

    @classmethod
    def estimated(cls, lengths: Sequence[tuple[int, int]]) -> LengthModel:
        """The model of a sample of rows."""
        logs = [(math.log(source), math.log(target)) for source, target in lengths]
        variance = variance_of([source for source, _ in logs]) + variance_of([target for _, target in logs])
        return cls(median_of(target - source for source, target in logs), max(variance, 2 * _WIDE_VARIANCE))

    def log_odds(self, source: int, target: int) -> float:
        """The log odds that two texts of these lengths are aligned."""
        squared = (math.log(target) - math.log(source) - self.log_ratio) ** 2
        narrow = _density(squared, _variance(source * target))
        aligned = (1 - _WIDE_SHARE) * narrow + _WIDE_SHARE * _density(squared, _WIDE_VARIANCE)
        return max(math.log(aligned / _density(squared, self.unrelated_variance)), -MAX_LENGTH_PENALTY)

    def outliers(self, lengths: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The rows that may have negative log odds."""
        fitting: dict[int, tuple[float, float]] = {}
        for number, (source, target) in enumerate(lengths):
            bounds = fitting.get(source)
            if bounds is None:
                bounds = fitting[source] = self._fitting_lengths(source)
            if not bounds[0] <= target <= bounds[1]:
                yield number

    def _fitting_lengths(self, source: int) -> tuple[float, float]:
        """The bounds between which the length of a target certainly has non-negative log odds.

        They use the narrow component alone, at its variance for the upper bound, which is the smallest. No
        length is within the bounds if that variance is close to that of unrelated texts.
        """
        expected = source * math.exp(self.log_ratio)
        width = self._half_width(_variance(source * expected))
        width = self._half_width(_variance(source * expected * math.exp(width)))
        return (expected * math.exp(-width), expected * math.exp(width)) if width else (1.0, 0.0)

    def _half_width(self, variance: float) -> float:
        """The deviation of the log ratio at which the log odds are 0, or 0 if the variance is too large."""
        if variance > self.unrelated_variance / 3:
            return 0.0
        at_center = math.log((1 - _WIDE_SHARE) * math.sqrt(self.unrelated_variance / variance))
        return math.sqrt(2 * at_center / (1 / variance - 1 / self.unrelated_variance))


def _variance(product: float) -> float:
    """The variance of the log length ratio of a row, by the product of its two lengths."""
    return _VARIANCE + _VARIANCE_PER_CHARACTER / math.sqrt(product)


def _density(squared: float, variance: float) -> float:
    """The normal density at a squared deviation, without the constant factor."""
    return math.exp(-squared / (2 * variance)) / math.sqrt(variance)


class RowModel(Struct, frozen=True):
    """A hidden Markov model of rows, given by its transition probabilities.

    A row is aligned, belongs to a block of misaligned rows, or is misaligned on its own. The two kinds differ
    in how likely the next row is misaligned too.
    """

    block_starts: float
    block_ends: float
    isolated_starts: float
    isolated_ends: float

    def posteriors(self, log_odds: Sequence[float]) -> list[float]:
        """The posterior probability of the aligned state for each row, by the forward-backward algorithm.

        `log_odds` are the log likelihood ratios of the rows: aligned over misaligned.
        """
        stays_aligned = 1 - self.block_starts - self.isolated_starts
        stays_block, stays_isolated = 1 - self.block_ends, 1 - self.isolated_ends
        ratios = [math.exp(min(max(odds, -MAX_LOG_ODDS), MAX_LOG_ODDS)) for odds in log_odds]
        forward: list[tuple[float, float, float]] = []
        aligned, block, isolated = 1.0, 0.0, 0.0
        for ratio in ratios:
            before = aligned
            aligned = (
                before * stays_aligned + block * self.block_ends + isolated * self.isolated_ends
            ) * ratio
            block = before * self.block_starts + block * stays_block
            isolated = before * self.isolated_starts + isolated * stays_isolated
            total = aligned + block + isolated
            aligned, block, isolated = aligned / total, block / total, isolated / total
            forward.append((aligned, block, isolated))
        # The likelihood of all later rows from each misaligned state, relative to that from the aligned one.
        posterior: list[float] = []
        from_block = from_isolated = 1.0
        for ratio, (aligned, block, isolated) in zip(reversed(ratios), reversed(forward), strict=True):
            posterior.append(aligned / (aligned + block * from_block + isolated * from_isolated))
            base = (
                stays_aligned * ratio + self.block_starts * from_block + self.isolated_starts * from_isolated
            )
            from_block = (self.block_ends * ratio + stays_block * from_block) / base
            from_isolated = (self.isolated_ends * ratio + stays_isolated * from_isolated) / base
        return posterior[::-1]


# Both models were chosen by hand. In the first, a block needs as much evidence as two isolated rows;
# otherwise every isolated row would draw its neighbours in. The second expects misaligned rows far more
# often.
ROW_MODEL = RowModel(block_starts=0.00005, block_ends=0.02, isolated_starts=0.00001, isolated_ends=0.7)
_SUSPICIOUS_ROW_MODEL = RowModel(block_starts=0.01, block_ends=0.05, isolated_starts=0.01, isolated_ends=0.7)
