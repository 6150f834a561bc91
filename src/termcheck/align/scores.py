"""How much better a group of source and target segments fits together than apart, in nats.

The score of a bead is the logarithm of its prior times the likelihood of what is seen if the two sides
render each other, over the likelihood if they have nothing to do with each other. Lengths follow Gale
and Church, «A program for aligning sentences in bilingual corpora», Computational Linguistics 19 (1993),
with the logarithm of the ratio in place of the difference and a heavier tail: paragraphs are
summarised and expanded more often than a normal curve allows. Shared tokens count by their rarity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from termcheck.align.averages import mean_of, variance_of
from termcheck.align.profile import HEADING, LABEL, QUESTION, Profile
from termcheck.align.shared_tokens import SharedTokens

# Priors of the bead types (source segments, target segments), as logarithms.
BEADS: tuple[tuple[int, int, float], ...] = tuple(
    (sources, targets, math.log(prior))
    for sources, targets, prior in (
        (1, 1, 0.86),
        (1, 0, 0.035),
        (0, 1, 0.035),
        (2, 1, 0.02),
        (1, 2, 0.02),
        (2, 2, 0.001),
        (3, 1, 0.003),
        (1, 3, 0.003),
    )
)
PRIORS = {(sources, targets): prior for sources, targets, prior in BEADS}
UNPAIRED = PRIORS[1, 0]

# Variance of the logarithm of the length ratio, for texts and for each letter of them: fitted on published
# translations (standard deviation 0.09 for long paragraphs, 0.25 for titles of 25 letters).
_VARIANCE = 0.006
_VARIANCE_PER_LETTER = 1.4
# What the ratio of a language pair itself varies by, before the document has told.
RATIO_VARIANCE = 0.02
# One pair in a hundred is cut or expanded by a factor of its own.
_LOOSE = 0.01
_LOOSE_VARIANCE = 0.36
# Mean and spread of log lengths to assume of a short document, and how many segments they count for.
_BACKGROUND = (5.0, 1.0, 4.0)

# For each mark: what it gains when both sides have it, and what it costs when one has.
_MARKS = ((HEADING, 1.5, -2.0), (QUESTION, 0.8, -1.5), (LABEL, 0.6, -1.0))
_MERGED_HEADING = -4.0
_MERGED_LABEL = -1.5


class Scorer:
    """Scores beads of two lists of profiles, given by half-open ranges into them."""

    def __init__(
        self,
        sources: Sequence[Profile],
        targets: Sequence[Profile],
        ratio: float = 0.0,
        ratio_variance: float = RATIO_VARIANCE,
    ) -> None:
        """`ratio` is the expected logarithm of target by source length, `ratio_variance` its uncertainty."""
        self._ratio, self._variance = ratio, _VARIANCE + ratio_variance
        self._source_marks = [item.marks for item in sources]
        self._target_marks = [item.marks for item in targets]
        self._source_logs = [math.log(item.length) for item in sources]
        self._target_logs = [math.log(item.length) for item in targets]
        self._source_end = list(accumulate((item.length for item in sources), initial=0.0))
        self._target_end = list(accumulate((item.length for item in targets), initial=0.0))
        self._source_background = _background(self._source_logs)
        self._target_background = _background(self._target_logs)
        self.evidence = SharedTokens(sources, targets)

    def single(self, source: int, target: int) -> float:
        """The score of a 1-1 bead."""
        close, loose = self._lengths(self._source_logs[source], self._target_logs[target])
        score = (
            PRIORS[1, 1]
            # The larger of the two is their sum to within ln 2, at half the price.
            + (close if close > loose else loose)
            - (self._source_background[source] + self._target_background[target]) / 2
            + self.evidence.of_pair(source, target)
        )
        one, other = self._source_marks[source], self._target_marks[target]
        return score + _marks(one, other) if one or other else score

    def bead(self, start: int, end: int, first: int, last: int) -> float | None:
        """The score of a bead of several segments on a side: sources `start:end`, targets `first:last`.

        None if the lengths do not fit: only lengths tell a merge from two paragraphs on one topic.
        """
        close, loose = self._lengths(
            math.log(self._source_end[end] - self._source_end[start]),
            math.log(self._target_end[last] - self._target_end[first]),
        )
        if close < loose:
            return None
        score = PRIORS[end - start, last - first] + close - self._merged_background(start, end, first, last)
        score += self.evidence.of_bead(start, end, first, last)
        sources, targets = self._source_marks[start:end], self._target_marks[first:last]
        return score + _merged_marks(sources, targets) if any(sources) or any(targets) else score

    def _lengths(self, source: float, target: float) -> tuple[float, float]:
        """Log densities of two log lengths, if they follow each other closely, and if loosely."""
        off = target - source - self._ratio
        off *= off
        variance = self._variance + _VARIANCE_PER_LETTER * math.exp(-(source + target) / 2)
        return (
            _LOG_CLOSE - off / (2 * variance) - 0.5 * math.log(variance),
            _LOG_LOOSE - off / (2 * _LOOSE_VARIANCE),
        )

    def _merged_background(self, start: int, end: int, first: int, last: int) -> float:
        """The lengths' log density if the sides were strangers to each other, taken of the undivided side."""
        if last - first == 1:
            return self._target_background[first]
        if end - start == 1:
            return self._source_background[start]
        return (
            mean_of(self._source_background[start:end]) + mean_of(self._target_background[first:last])
        ) / 2


_LOG_CLOSE = math.log(1 - _LOOSE) - 0.5 * math.log(2 * math.pi)
_LOG_LOOSE = math.log(_LOOSE) - 0.5 * math.log(2 * math.pi * _LOOSE_VARIANCE)


def _background(logs: Sequence[float]) -> list[float]:
    """Log density of each segment's log length among its side, shrunk towards that of texts in general."""
    mean, spread, weight = _BACKGROUND
    if logs:
        own = mean_of(logs)
        share = len(logs) / (len(logs) + weight)
        spread = share * math.sqrt(variance_of(logs)) + (1 - share) * spread
        mean = share * own + (1 - share) * mean
    spread = max(spread, 0.3)
    constant = -math.log(spread) - 0.5 * math.log(2 * math.pi)
    return [constant - ((log - mean) / spread) ** 2 / 2 for log in logs]


def _marks(one: int, other: int) -> float:
    both, either = one & other, one ^ other
    return sum(gain if both & mark else cost if either & mark else 0.0 for mark, gain, cost in _MARKS)


def _merged_marks(sources: Sequence[int], targets: Sequence[int]) -> float:
    """Marks of merged segments, which begin like their first, end like their last; headings do not merge."""
    score = 0.0
    sides: list[int] = []
    for side in (sources, targets):
        score += _MERGED_HEADING * (len(side) > 1 and any(marks & HEADING for marks in side))
        score += _MERGED_LABEL * any(marks & LABEL for marks in side[1:])
        sides.append(side[0] & ~QUESTION | side[-1] & QUESTION)
    return score + _marks(*sides)
