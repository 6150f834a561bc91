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
from statistics import fmean, pstdev

from termcheck.align.evidence import Evidence
from termcheck.align.profile import HEADING, LABEL, QUESTION, Profile

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
        self._sources, self._targets = sources, targets
        self._ratio, self._variance = ratio, _VARIANCE + ratio_variance
        self._source_background = _background(sources)
        self._target_background = _background(targets)
        self._source_end = list(accumulate((item.length for item in sources), initial=0.0))
        self._target_end = list(accumulate((item.length for item in targets), initial=0.0))
        self.evidence = Evidence(sources, targets)

    def single(self, source: int, target: int) -> float:
        """The score of a 1-1 bead."""
        one, other = self._sources[source], self._targets[target]
        score = (
            PRIORS[1, 1]
            + self._lengths(one.length, other.length)
            - (self._source_background[source] + self._target_background[target]) / 2
            + self.evidence.of_pair(source, target)
        )
        return score + _marks(one.marks, other.marks) if one.marks or other.marks else score

    def bead(self, start: int, end: int, first: int, last: int) -> float:
        """The score of a bead of several segments on a side: sources `start:end`, targets `first:last`."""
        length = self._source_end[end] - self._source_end[start]
        score = PRIORS[end - start, last - first] - self._merged_background(start, end, first, last)
        score += self._lengths(length, self._target_end[last] - self._target_end[first])
        score += self.evidence.of_bead(start, end, first, last)
        if score < UNPAIRED * (end - start + last - first):
            # Worse than leaving all of them unpaired: nobody will ask how much worse.
            return score
        return score + _merged_marks(self._sources[start:end], self._targets[first:last])

    def _lengths(self, source: float, target: float) -> float:
        """Log density of the ratio of two lengths."""
        off = math.log(target / source) - self._ratio
        off *= off
        variance = self._variance + _VARIANCE_PER_LETTER / math.sqrt(source * target)
        close = -off / (2 * variance) - 0.5 * math.log(variance) + _LOG_CLOSE
        loose = -off / (2 * _LOOSE_VARIANCE) + _LOG_LOOSE
        # The larger of the two is their sum to within ln 2, at half the price.
        return close if close > loose else loose

    def _merged_background(self, start: int, end: int, first: int, last: int) -> float:
        """The lengths' log density if the sides were strangers to each other, taken of the undivided side."""
        if last - first == 1:
            return self._target_background[first]
        if end - start == 1:
            return self._source_background[start]
        return (fmean(self._source_background[start:end]) + fmean(self._target_background[first:last])) / 2


_LOG_CLOSE = math.log(1 - _LOOSE) - 0.5 * math.log(2 * math.pi)
_LOG_LOOSE = math.log(_LOOSE) - 0.5 * math.log(2 * math.pi * _LOOSE_VARIANCE)


def _background(items: Sequence[Profile]) -> list[float]:
    """Log density of each segment's log length among its side, shrunk towards that of texts in general."""
    mean, spread, weight = _BACKGROUND
    logs = [math.log(item.length) for item in items]
    if logs:
        own = fmean(logs)
        share = len(logs) / (len(logs) + weight)
        spread = share * pstdev(logs, own) + (1 - share) * spread
        mean = share * own + (1 - share) * mean
    spread = max(spread, 0.3)
    constant = -math.log(spread) - 0.5 * math.log(2 * math.pi)
    return [constant - ((log - mean) / spread) ** 2 / 2 for log in logs]


def _marks(one: int, other: int) -> float:
    both, either = one & other, one ^ other
    return sum(gain if both & mark else cost if either & mark else 0.0 for mark, gain, cost in _MARKS)


def _merged_marks(sources: Sequence[Profile], targets: Sequence[Profile]) -> float:
    """Marks of merged segments, which begin like their first, end like their last; headings do not merge."""
    if not any(item.marks for item in (*sources, *targets)):
        return 0.0
    score = 0.0
    sides: list[int] = []
    for side in (sources, targets):
        score += _MERGED_HEADING * (len(side) > 1 and any(item.marks & HEADING for item in side))
        score += _MERGED_LABEL * any(item.marks & LABEL for item in side[1:])
        sides.append(side[0].marks & ~QUESTION | side[-1].marks & QUESTION)
    return score + _marks(*sides)
