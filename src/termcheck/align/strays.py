"""How sure it is that the two sides of a row render each other.

A file of rows says itself what belongs together and is mostly right, but public corpora have stretches of
hundreds of rows shifted by one, and pages where a heading stands opposite a whole article. Lengths tell
where to look, for they cost next to nothing; only the rows they leave in doubt are looked at as the
aligner looks at paragraphs, by their numbers, names and terms too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from termcheck.align.averages import median_of, variance_of
from termcheck.align.profile import Anchors, Profile, profile_of
from termcheck.align.rows import Row
from termcheck.align.scores import PRIORS, RATIO_VARIANCE, Scorer
from termcheck.model import Segment, Side

# Fewer rows are believed: one may be a whole file, and hold what a person has put together to try something.
_LEAST_ROWS = 8
# Of fewer rows all are looked at, for they do not tell well how long translations are in this file.
_ENOUGH_ROWS = 20
# Variance of the logarithm of the length ratio of a row's two texts, for rows and for each character of them.
_VARIANCE = 0.03
_VARIANCE_PER_CHARACTER = 2.5
# One row in twenty is freely cut or expanded, by this variance.
_LOOSE = 0.05
_LOOSE_VARIANCE = 0.5
# What makes a row worth a second look: its confidence by lengths, and its own log odds.
_LOOK_CONFIDENCE, _LOOK_ODDS = 0.98, -2.0
# So many rows in doubt are looked at together, and so many of all rows beside them, so that what is common
# in the file, and what is common just there, proves little.
_BATCH, _SAMPLE = 1_000, 300
_KNOWN_VARIANCE = 0.003
# What odd lengths count for at most, in nats, where nothing is missing that a translation would keep: one
# such row is a free translation.
_LENGTHS_MOST = 7.0
_CERTAIN = 30.0
# Where a stretch begins and ends, a row must speak against itself by so much; others are at least so sure.
_AGAINST, _CLEARED = -1.0, 0.95


def confidences(rows: Sequence[Row], anchors: Anchors) -> list[float]:
    """The probability, for each row, that its two sides render each other; 1 where a side is empty.

    A hidden Markov model over all rows in order. A row alone comes into doubt only if its sides share
    nothing although something should be shared, and their lengths clearly do not fit; of rows that
    stand together each says something about its neighbours. `anchors` is as for `align_document`.
    """
    found = [1.0] * len(rows)
    whole = [place for place, row in enumerate(rows) if all(_sizes(row))]
    if len(whole) < _LEAST_ROWS:
        return found
    odds = _odds_by_length([_sizes(rows[place]) for place in whole])
    doubtful = range(len(whole)) if len(whole) < _ENOUGH_ROWS else list(_doubtful(odds))
    for number, score in _looked_at([rows[place] for place in whole], doubtful, anchors):
        # Rows whose lengths fit may be badly translated, and are never taken for strays by themselves.
        odds[number] = max(score, 0.0) if odds[number] > 0 else score
    for number in _repeated([rows[place] for place in whole]):
        odds[number] = max(odds[number], 0.0)
    for place, confidence in zip(whole, _trimmed(_MOVES.posteriors(odds), odds), strict=True):
        found[place] = confidence
    return found


def _repeated(rows: Sequence[Row]) -> Iterator[int]:
    """Rows with the texts of an earlier one: they accuse nobody of what it has not been accused of."""
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows):
        texts = tuple(cell.text for cell in (*row.source, *row.target))
        if texts in seen:
            yield number
        seen.add(texts)


def _sizes(row: Row) -> tuple[int, int]:
    return sum(len(cell.text) for cell in row.source), sum(len(cell.text) for cell in row.target)


def _odds_by_length(sizes: Sequence[tuple[int, int]]) -> list[float]:
    """Log odds that rows of these lengths, in characters, are aligned."""
    logs = [(math.log(one), math.log(other)) for one, other in sizes]
    ratio = median_of(other - one for one, other in logs)
    spread = variance_of([one for one, _ in logs]) + variance_of([other for _, other in logs])
    spread = max(spread, 2 * _LOOSE_VARIANCE)
    odds = []
    for one, other in logs:
        off = (other - one - ratio) ** 2
        variance = _VARIANCE + _VARIANCE_PER_CHARACTER * math.exp(-(one + other) / 2)
        aligned = (1 - _LOOSE) * _density(off, variance) + _LOOSE * _density(off, _LOOSE_VARIANCE)
        odds.append(max(math.log(aligned / _density(off, spread)), -_LENGTHS_MOST))
    return odds


def _density(squared: float, variance: float) -> float:
    return math.exp(-squared / (2 * variance)) / math.sqrt(variance)


def _doubtful(odds: Sequence[float]) -> Iterator[int]:
    """Rows that lengths, their own or those around, do not clear."""
    for number, (score, confidence) in enumerate(zip(odds, _LOOK.posteriors(odds), strict=True)):
        if confidence < _LOOK_CONFIDENCE or score < _LOOK_ODDS:
            yield number


def _looked_at(rows: Sequence[Row], doubtful: Sequence[int], anchors: Anchors) -> Iterator[tuple[int, float]]:
    """Each row in doubt with its log odds by all that the aligner knows to look at."""
    if not doubtful:
        return
    sample = _Profiles.of(rows[:: max(len(rows) // _SAMPLE, 1)], anchors)
    ratio = median_of(sample.log_ratios())
    variance = RATIO_VARIANCE if len(rows) < _ENOUGH_ROWS else _KNOWN_VARIANCE
    for start in range(0, len(doubtful), _BATCH):
        batch = doubtful[start : start + _BATCH]
        near = _Profiles.of([rows[number] for number in batch], anchors)
        scorer = Scorer(near.sources + sample.sources, near.targets + sample.targets, ratio, variance)
        for place, number in enumerate(batch):
            score = scorer.single(place, place) - PRIORS[1, 1]
            missing = scorer.evidence.of_pair(place, place) < 0
            yield number, score if missing else max(score, -_LENGTHS_MOST)


def _trimmed(posteriors: Sequence[float], odds: Sequence[float]) -> Iterator[float]:
    """The posteriors, cleared at both ends of each stretch of strays.

    Rows of a few words say little about themselves, and are not to be drawn into what stands beside them.
    """
    for cleared, group in groupby(range(len(odds)), lambda number: posteriors[number] >= _CLEARED):
        stretch = list(group)
        against = [number for number in stretch if odds[number] < _AGAINST]
        for number in stretch:
            inside = not cleared and against and against[0] <= number <= against[-1]
            yield posteriors[number] if inside else max(posteriors[number], _CLEARED)


class _Profiles(Struct, frozen=True):
    """Rows as the aligner sees them."""

    sources: list[Profile]
    targets: list[Profile]

    @classmethod
    def of(cls, rows: Sequence[Row], anchors: Anchors) -> _Profiles:
        return cls(
            _profiles([row.source for row in rows], Side.SOURCE, anchors),
            _profiles([row.target for row in rows], Side.TARGET, anchors),
        )

    def log_ratios(self) -> Iterator[float]:
        """The logarithm of target by source length of each row."""
        for source, target in zip(self.sources, self.targets, strict=True):
            yield math.log(target.length / source.length)


def _profiles(groups: Sequence[tuple[Segment, ...]], side: Side, anchors: Anchors) -> list[Profile]:
    """One profile for the cells of each row."""
    concepts = iter(anchors([cell for group in groups for cell in group], side))
    return [_merged([profile_of(cell, next(concepts)) for cell in group]) for group in groups]


def _merged(profiles: Sequence[Profile]) -> Profile:
    first, *rest = profiles
    if not rest:
        return first
    return Profile(
        sum(one.length for one in profiles),
        frozenset().union(*(one.strict for one in profiles)),
        frozenset().union(*(one.words for one in profiles)),
        first.marks,
    )


class _Moves(Struct, frozen=True):
    """How likely a stretch of strays begins and ends with the next row, and how likely a few alone do."""

    stretch: float
    stretch_ends: float
    alone: float
    alone_ends: float

    def posteriors(self, odds: Sequence[float]) -> list[float]:
        """Posterior of the aligned state for each row, by the forward-backward algorithm."""
        sure, stays, over = 1 - self.stretch - self.alone, 1 - self.stretch_ends, 1 - self.alone_ends
        ratios = [math.exp(min(max(score, -_CERTAIN), _CERTAIN)) for score in odds]
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
_MOVES = _Moves(stretch=0.00005, stretch_ends=0.02, alone=0.00001, alone_ends=0.7)
_LOOK = _Moves(stretch=0.01, stretch_ends=0.05, alone=0.01, alone_ends=0.7)
