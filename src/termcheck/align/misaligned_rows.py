"""How sure it is that the two sides of a row render each other.

A file of rows says itself what belongs together and is mostly right, but public corpora have stretches of
hundreds of rows shifted by one, and pages where a heading stands opposite a whole article. Lengths tell
where to look, for they cost next to nothing; only the rows they leave in doubt are looked at as the
aligner looks at paragraphs, by their numbers, names and terms too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Self

from msgspec import Struct

from termcheck.align.averages import median_of
from termcheck.align.profile import Anchors, Profile, profile_of
from termcheck.align.row_lengths import CERTAIN, ENOUGH_ROWS, LENGTHS_MOST, MOVES, DoubtfulRows, doubtful_rows
from termcheck.align.rows import Row
from termcheck.align.scores import PRIORS, RATIO_VARIANCE, Scorer
from termcheck.model import Segment, Side
from termcheck.readers.base import text_segment

# Fewer rows are believed: one may be a whole file, and hold what a person has put together to try something.
_LEAST_ROWS = 8
# So many rows in doubt are looked at together, and so many of all rows beside them, so that what is common
# in the file, and what is common just there, proves little.
_BATCH, _SAMPLE = 1_000, 100
_KNOWN_VARIANCE = 0.003
# Where a stretch begins and ends, a row must speak against itself by so much; others are at least so sure.
_AGAINST, _CLEARED = -1.0, 0.95


_NONE: Mapping[int, int] = MappingProxyType({})


class RowOverview:
    """The texts of all rows of a file that have two, by number, of which only some need be at hand as rows.

    `at_hand` gives for the number of such a row its place among them.
    """

    def __init__(
        self, sources: Sequence[str], targets: Sequence[str], at_hand: Mapping[int, int] = _NONE
    ) -> None:
        self.sources, self.targets, self.at_hand = sources, targets, at_hand

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """That of a file all of whose rows are at hand."""
        texts = [(_joined(row.source), _joined(row.target)) for row in rows]
        whole = [place for place, (source, target) in enumerate(texts) if source and target]
        sources, targets = ([texts[place][side] for place in whole] for side in (0, 1))
        return cls(sources, targets, dict(enumerate(whole)))

    @cached_property
    def doubtful_rows(self) -> DoubtfulRows:
        """What the lengths of the texts say."""
        if len(self.sources) < _LEAST_ROWS:
            return DoubtfulRows((), {}, ())
        return doubtful_rows(list(zip(map(len, self.sources), map(len, self.targets), strict=True)))

    def unsure(self) -> set[int]:
        """The rows that may not be sure, whichever they are, and for each stretch of them the next one."""
        doubtful = set(self.doubtful_rows.doubtful)
        found = set(doubtful)
        for window in self.doubtful_rows.windows:
            odds = [-CERTAIN if number in doubtful else self.doubtful_rows.odds[number] for number in window]
            posteriors = zip(window, MOVES.posteriors(odds), strict=True)
            found.update(number for number, confidence in posteriors if confidence < _CLEARED)
        found.update([number + 1 for number in found if number + 1 < len(self.sources)])
        return found

    def repeated(self, numbers: Iterable[int]) -> Iterator[int]:
        """Those of some rows whose texts an earlier row has."""
        asked: dict[tuple[str, str], list[int]] = {}
        for number in numbers:
            asked.setdefault((self.sources[number], self.targets[number]), []).append(number)
        first: dict[tuple[str, str], int] = {}
        for number, texts in enumerate(zip(self.sources, self.targets, strict=True)) if asked else ():
            if texts in asked:
                first.setdefault(texts, number)
        for texts, same in asked.items():
            yield from (number for number in same if number > first[texts])

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """The texts of some rows, whether they are at hand or not; they do not know where they stand."""
        for number in numbers:
            source = text_segment(self.sources[number], number, Side.SOURCE)
            yield Row(number, (source,), (text_segment(self.targets[number], number, Side.TARGET),))


def _joined(cells: Sequence[Segment]) -> str:
    return cells[0].text if len(cells) == 1 else "".join(cell.text for cell in cells)


def confidences(rows: Sequence[Row], anchors: Anchors, outline: RowOverview | None = None) -> list[float]:
    """The probability, for each row, that its two sides render each other; 1 where a side is empty.

    A hidden Markov model over all rows in order. A row alone comes into doubt only if its sides share
    nothing although something should be shared, and their lengths clearly do not fit; of rows that
    stand together each says something about its neighbours. `anchors` is as for `align_document`. `outline`
    has the file's other rows, if these are not all.
    """
    outline = outline or RowOverview.of(rows)
    odds = dict(outline.doubtful_rows.odds)
    for number, score in _looked_at(rows, outline, anchors):
        # Rows whose lengths fit may be badly translated, and are never taken for strays by themselves.
        odds[number] = max(score, 0.0) if odds[number] > 0 else score
    # Such rows accuse nobody of what the first of them has not been accused of.
    for number in outline.repeated(number for number, score in odds.items() if score < 0):
        odds[number] = 0.0
    found = [1.0] * len(rows)
    for window in outline.doubtful_rows.windows:
        scores = [odds[number] for number in window]
        for number, confidence in zip(window, _trimmed(MOVES.posteriors(scores), scores), strict=True):
            if number in outline.at_hand:
                found[outline.at_hand[number]] = confidence
    return found


def _looked_at(rows: Sequence[Row], outline: RowOverview, anchors: Anchors) -> Iterator[tuple[int, float]]:
    """Each row in doubt with its log odds by all that the aligner knows to look at."""
    doubtful, count = outline.doubtful_rows.doubtful, len(outline.sources)
    if not doubtful:
        return
    sample = _Profiles.of(list(outline.rows(range(0, count, max(count // _SAMPLE, 1)))), anchors)
    ratio = median_of(sample.log_ratios())
    variance = RATIO_VARIANCE if count < ENOUGH_ROWS else _KNOWN_VARIANCE
    for start in range(0, len(doubtful), _BATCH):
        batch = doubtful[start : start + _BATCH]
        near = _Profiles.of([rows[outline.at_hand[number]] for number in batch], anchors)
        scorer = Scorer(near.sources + sample.sources, near.targets + sample.targets, ratio, variance)
        for place, number in enumerate(batch):
            score = scorer.single(place, place) - PRIORS[1, 1]
            missing = scorer.evidence.of_pair(place, place) < 0
            yield number, score if missing else max(score, -LENGTHS_MOST)


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
