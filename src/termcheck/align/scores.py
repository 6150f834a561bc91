"""Log odds that source and target segments render each other, in nats.

The score of a bead is the logarithm of its prior, times the likelihood of what is seen if the two sides
render each other, over the likelihood if they are unrelated. Lengths follow Gale and Church, "A program for
aligning sentences in bilingual corpora", Computational Linguistics 19 (1993), with two changes: the
difference of lengths becomes the logarithm of their ratio, and the normal distribution becomes a mixture with
a wider one, because paragraphs are summarised and expanded more often than a single normal distribution
allows. Shared tokens count by their rarity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate

from termcheck.align.averages import mean_of, variance_of
from termcheck.align.profile import DATE, HEADING, LABEL, QUESTION, Profile
from termcheck.align.shared_tokens import SharedTokens

# The log prior of each bead type (source segments, target segments). Chosen by hand for paragraphs; for
# sentences, Gale and Church count 0.89 (1-1), 0.0099 (1-0 and 0-1), 0.089 (2-1 and 1-2) and 0.011 (2-2).
LOG_PRIORS: Mapping[tuple[int, int], float] = {
    bead_type: math.log(prior)
    for prior, bead_types in (
        (0.86, [(1, 1)]),
        (0.035, [(1, 0), (0, 1)]),
        (0.012, [(2, 1), (1, 2)]),
        (0.001, [(2, 2)]),
        (0.001, [(3, 1), (1, 3)]),
    )
    for bead_type in bead_types
}
UNPAIRED = LOG_PRIORS[1, 0]

# The variance of the log length ratio: a constant part, and a part that shrinks with the length in letters.
# Fitted on published translations (standard deviation 0.09 for long paragraphs, 0.25 for titles of 25
# letters).
_VARIANCE = 0.006
_VARIANCE_PER_LETTER = 1.4
# The variance of the expected log length ratio itself, before and after it was estimated from the document.
# Chosen by hand, like all figures below.
UNKNOWN_RATIO_VARIANCE = 0.02
KNOWN_RATIO_VARIANCE = 0.003
# The share and the variance of the wide component: pairs that are freely cut or expanded.
_WIDE_SHARE = 0.01
_WIDE_VARIANCE = 0.36
_LOG_NARROW = math.log(1 - _WIDE_SHARE) - 0.5 * math.log(2 * math.pi)
_LOG_WIDE = math.log(_WIDE_SHARE) - 0.5 * math.log(2 * math.pi * _WIDE_VARIANCE)
# The mean and standard deviation of log lengths assumed for any document, how many segments this assumption
# counts for, and the least standard deviation.
_PRIOR_MEAN, _PRIOR_DEVIATION, _PRIOR_WEIGHT = 5.0, 1.0, 4.0
_MIN_DEVIATION = 0.3

# For each shape: the score if both sides have it, and the score if only one has it.
_SHAPE_SCORES = ((HEADING, 1.5, -2.0), (QUESTION, 0.8, -1.5), (LABEL, 0.6, -1.0), (DATE, 1.5, -8.0))
_MERGED_HEADING = _MERGED_DATE = -4.0
_MERGED_LABEL = -1.5
# Translators merge sentences and paragraphs, but rarely a paragraph with a line of a fifth of its length.
_MERGED_FRAGMENT = -2.0
_FRAGMENT_LOG_RATIO = math.log(5)


class Scorer:
    """Scores beads of two lists of profiles; a bead is given by half-open ranges of indices."""

    def __init__(
        self,
        sources: Sequence[Profile],
        targets: Sequence[Profile],
        shared_tokens: SharedTokens,
        log_ratio: float,
        ratio_variance: float,
    ) -> None:
        """`log_ratio` is the expected log of target by source length, `ratio_variance` its variance.

        `shared_tokens` must have been made from the same profiles.
        """
        self._log_ratio, self._variance = log_ratio, _VARIANCE + ratio_variance
        self._source_shapes = [profile.shape for profile in sources]
        self._target_shapes = [profile.shape for profile in targets]
        self._source_logs = [math.log(profile.length) for profile in sources]
        self._target_logs = [math.log(profile.length) for profile in targets]
        self._source_ends = list(accumulate((profile.length for profile in sources), initial=0.0))
        self._target_ends = list(accumulate((profile.length for profile in targets), initial=0.0))
        self._source_background = _background(self._source_logs)
        self._target_background = _background(self._target_logs)
        self.shared_tokens = shared_tokens

    def score_pair(self, source: int, target: int) -> float:
        """The score of a 1-1 bead."""
        narrow, wide = self._length_densities(self._source_logs[source], self._target_logs[target])
        score = (
            LOG_PRIORS[1, 1]
            # The larger density approximates the log of the sum to within ln 2 at half the cost.
            + (narrow if narrow > wide else wide)
            - (self._source_background[source] + self._target_background[target]) / 2
            + self.shared_tokens.score_pair(source, target)
        )
        source_shape, target_shape = self._source_shapes[source], self._target_shapes[target]
        return score + _shape_score(source_shape, target_shape) if source_shape or target_shape else score

    def score_bead(
        self, source_start: int, source_end: int, target_start: int, target_end: int
    ) -> float | None:
        """The score of a bead with several segments on a side.

        None if the lengths do not fit, because only lengths distinguish a merge from two paragraphs on one
        topic.
        """
        narrow, wide = self._length_densities(
            math.log(self._source_ends[source_end] - self._source_ends[source_start]),
            math.log(self._target_ends[target_end] - self._target_ends[target_start]),
        )
        if narrow < wide:
            return None
        log_prior = LOG_PRIORS[source_end - source_start, target_end - target_start]
        background = self._merged_background(source_start, source_end, target_start, target_end)
        score = log_prior + narrow - background
        score += self.shared_tokens.score_bead(source_start, source_end, target_start, target_end)
        if _has_fragment(self._source_logs[source_start:source_end]) or _has_fragment(
            self._target_logs[target_start:target_end]
        ):
            score += _MERGED_FRAGMENT
        sources = self._source_shapes[source_start:source_end]
        targets = self._target_shapes[target_start:target_end]
        return score + _merged_shape_score(sources, targets) if any(sources) or any(targets) else score

    def _length_densities(self, source_log: float, target_log: float) -> tuple[float, float]:
        """The log density of two log lengths under the narrow and under the wide component."""
        deviation = target_log - source_log - self._log_ratio
        squared = deviation * deviation
        variance = self._variance + _VARIANCE_PER_LETTER * math.exp(-(source_log + target_log) / 2)
        return (
            _LOG_NARROW - squared / (2 * variance) - 0.5 * math.log(variance),
            _LOG_WIDE - squared / (2 * _WIDE_VARIANCE),
        )

    def _merged_background(
        self, source_start: int, source_end: int, target_start: int, target_end: int
    ) -> float:
        """The log density of the lengths of unrelated sides, taken from the side with a single segment."""
        if target_end - target_start == 1:
            return self._target_background[target_start]
        if source_end - source_start == 1:
            return self._source_background[source_start]
        return (
            mean_of(self._source_background[source_start:source_end])
            + mean_of(self._target_background[target_start:target_end])
        ) / 2


def _has_fragment(logs: Sequence[float]) -> bool:
    """Whether one of several segments is short beside another one, as a date or a byline is."""
    return len(logs) > 1 and max(logs) - min(logs) > _FRAGMENT_LOG_RATIO


def _background(logs: Sequence[float]) -> list[float]:
    """The log density of each log length among those of its side, shrunk towards that of any document."""
    mean, deviation = _PRIOR_MEAN, _PRIOR_DEVIATION
    if logs:
        share = len(logs) / (len(logs) + _PRIOR_WEIGHT)
        deviation = share * math.sqrt(variance_of(logs)) + (1 - share) * deviation
        mean = share * mean_of(logs) + (1 - share) * mean
    deviation = max(deviation, _MIN_DEVIATION)
    constant = -math.log(deviation) - 0.5 * math.log(2 * math.pi)
    return [constant - ((log - mean) / deviation) ** 2 / 2 for log in logs]


def _shape_score(source: int, target: int) -> float:
    both, either = source & target, source ^ target
    return sum(
        gain if both & shape else penalty if either & shape else 0.0 for shape, gain, penalty in _SHAPE_SCORES
    )


def _merged_shape_score(sources: Sequence[int], targets: Sequence[int]) -> float:
    """The score of merged segments, which start like the first one and end like the last one."""
    score = 0.0
    merged: list[int] = []
    for shapes in (sources, targets):
        score += _MERGED_HEADING * (len(shapes) > 1 and any(shape & HEADING for shape in shapes))
        score += _MERGED_DATE * (len(shapes) > 1 and any(shape & DATE for shape in shapes))
        score += _MERGED_LABEL * any(shape & LABEL for shape in shapes[1:])
        merged.append(shapes[0] & ~QUESTION | shapes[-1] & QUESTION)
    return score + _shape_score(*merged)
