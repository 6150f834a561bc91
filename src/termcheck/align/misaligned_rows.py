"""How certain it is that the two sides of a row render each other.

A file of rows says itself what belongs together, and is usually right. But public corpora have blocks of rows
that are shifted by one, and rows in which a heading stands opposite a whole article. Lengths find the
doubtful rows at little cost. Only these are scored like paragraphs, with their numbers, names and terms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from termcheck.align.averages import median_of
from termcheck.align.profile import Anchors, Profile, profile_of
from termcheck.align.row_lengths import (
    MAX_LENGTH_PENALTY,
    MAX_LOG_ODDS,
    ROW_MODEL,
    SMALL_FILE,
    DoubtfulRows,
    doubtful_rows,
)
from termcheck.align.rows import Row
from termcheck.align.scores import KNOWN_RATIO_VARIANCE, LOG_PRIORS, UNKNOWN_RATIO_VARIANCE, Scorer
from termcheck.align.shared_tokens import SharedTokens
from termcheck.model import Segment, Side
from termcheck.readers.base import text_segment

# All figures here were chosen by hand.

# The rows of a smaller file are always trusted, because somebody may just be trying out a few rows.
_MIN_ROWS = 8
# Doubtful rows are scored in batches of this size, each together with a sample of all rows, so that a token
# common in the file, or only among the doubtful rows, proves little.
_BATCH, _SAMPLE = 1_000, 100
# A misaligned block starts and ends with rows whose own log odds are below this.
_MISALIGNED_LOG_ODDS = -1.0
# The least confidence of the rows outside such blocks.
_TRUSTED = 0.95
# A row below this confidence is unsure.
_SURE = 0.9
# Unsure rows that share tokens worth so many nats are free translations, whatever their lengths are. Rows
# that do not belong together share fewer than chance would have it.
_SHARED_TOKENS = 3.0


class RowTexts(Struct, frozen=True, dict=True):
    """The two texts of every complete row of a file; a complete row has text on both sides.

    Complete rows are numbered from 0.
    """

    sources: Sequence[str]
    targets: Sequence[str]

    @cached_property
    def lengths(self) -> Sequence[tuple[int, int]]:
        """The lengths of the two texts of each row, in characters."""
        return list(zip(map(len, self.sources), map(len, self.targets), strict=True))

    @cached_property
    def doubtful_rows(self) -> DoubtfulRows:
        """The rows that may be misaligned by their lengths; none in a small file."""
        if len(self.sources) < _MIN_ROWS:
            return DoubtfulRows((), {}, ())
        return doubtful_rows(self.lengths)

    def possibly_misaligned(self) -> set[int]:
        """The rows that scoring may find misaligned, whatever their texts, and the row after each of them."""
        doubtful = set(self.doubtful_rows.doubtful)
        found = set(doubtful)
        for window in self.doubtful_rows.windows:
            worst = [
                -MAX_LOG_ODDS if number in doubtful else self.doubtful_rows.log_odds[number]
                for number in window
            ]
            posteriors = zip(window, ROW_MODEL.posteriors(worst), strict=True)
            found.update(number for number, confidence in posteriors if confidence < _TRUSTED)
        found.update([number + 1 for number in found if number + 1 < len(self.sources)])
        return found

    def repeated(self, numbers: Iterable[int]) -> Iterator[int]:
        """The rows among `numbers` whose two texts an earlier row of the file has already."""
        by_texts: dict[tuple[str, str], list[int]] = {}
        for number in numbers:
            by_texts.setdefault((self.sources[number], self.targets[number]), []).append(number)
        first: dict[tuple[str, str], int] = {}
        for number, texts in enumerate(zip(self.sources, self.targets, strict=True)) if by_texts else ():
            if texts in by_texts:
                first.setdefault(texts, number)
        for texts, same in by_texts.items():
            yield from (number for number in same if number > first[texts])

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """Rows made from the texts; their segments have no positions in the file."""
        for number in numbers:
            source = text_segment(self.sources[number], number, Side.SOURCE)
            yield Row(number, (source,), (text_segment(self.targets[number], number, Side.TARGET),))


class RowsInFile(Struct, frozen=True):
    """Rows that were read, among the texts of all complete rows of their file.

    `index_of` maps the number of a complete row to its index among the rows that were read. It must contain
    all rows of `texts.possibly_misaligned()`.
    """

    texts: RowTexts
    index_of: Mapping[int, int]

    @classmethod
    def whole_file(cls, rows: Sequence[Row]) -> Self:
        """All rows of a file."""
        texts = [(_joined(row.source), _joined(row.target)) for row in rows]
        complete = [index for index, (source, target) in enumerate(texts) if source and target]
        sources, targets = ([texts[index][side] for index in complete] for side in (0, 1))
        return cls(RowTexts(sources, targets), dict(enumerate(complete)))


def _joined(cells: Sequence[Segment]) -> str:
    return cells[0].text if len(cells) == 1 else "".join(cell.text for cell in cells)


class Assessment(Struct, frozen=True):
    """How certain a row is; `shifted`: it is not, and its counterpart seems to stand some rows away."""

    confidence: float = 1.0
    shifted: bool = False


def assess_rows(rows: Sequence[Row], anchors: Anchors, file: RowsInFile | None = None) -> list[Assessment]:
    """The probability, for each row, that its two sides render each other; 1 if a side is empty.

    A row on its own becomes doubtful only if its lengths clearly do not fit and its sides lack tokens that
    they should share. In a sequence of rows, each says something about its neighbours. `anchors` is as for
    `align_document`. `file` is required unless `rows` are all rows of the file.
    """
    file = file or RowsInFile.whole_file(rows)
    by_length = file.texts.doubtful_rows
    log_odds = dict(by_length.log_odds)
    shared: dict[int, float] = {}
    for number, score, tokens in _token_scores(rows, file, anchors):
        # A row whose lengths fit may be translated badly, and is never misaligned on this evidence alone.
        log_odds[number] = max(score, 0.0) if log_odds[number] > 0 else score
        shared[number] = tokens
    # A repeated row is reported once, where it occurs first.
    for number in file.texts.repeated(number for number, score in log_odds.items() if score < 0):
        log_odds[number] = 0.0
    found = _by_windows(by_length.windows, log_odds)
    for stretch, shifted in _settled_stretches(found, file.texts, shared):
        for number in stretch:
            found[number] = replace(found[number], shifted=True) if shifted else Assessment(_TRUSTED)
    of_rows = [Assessment()] * len(rows)
    for number, assessment in found.items():
        if number in file.index_of:
            of_rows[file.index_of[number]] = assessment
    return of_rows


def _by_windows(windows: Iterable[range], log_odds: Mapping[int, float]) -> dict[int, Assessment]:
    """The rows of windows as their own log odds and those of their neighbours make them."""
    found: dict[int, Assessment] = {}
    for window in windows:
        scores = [log_odds[number] for number in window]
        trimmed = _trimmed(ROW_MODEL.posteriors(scores), scores)
        found.update(zip(window, map(Assessment, trimmed), strict=True))
    return found


def _settled_stretches(
    found: Mapping[int, Assessment], texts: RowTexts, shared: Mapping[int, float]
) -> Iterator[tuple[range, bool]]:
    """The stretches of unsure rows whose counterparts are known to stand some rows away, or in their own row.

    The flag says which: it is true for shifted rows. `shared` gives how much the tokens that both sides of a
    doubtful row share say for it, in nats.
    """
    unsure = [number for number, assessment in sorted(found.items()) if assessment.confidence < _SURE]
    series = [[number for _, number in group] for _, group in groupby(enumerate(unsure), _distance)]
    model = texts.doubtful_rows.model
    if model is None or not unsure:
        return
    from termcheck.align.row_offsets import Place, places

    for numbers in series:
        if len(numbers) < 2:
            continue
        for stretch, place in places(texts.lengths, range(numbers[0], numbers[-1] + 1), model):
            tokens = sum(shared.get(number, 0.0) for number in stretch)
            if place is Place.OTHER_ROW:
                yield stretch, True
            elif place is Place.OWN_ROW or tokens >= _SHARED_TOKENS:
                yield stretch, False


def _distance(item: tuple[int, int]) -> int:
    """The same for all of a series of consecutive numbers, given with their indices."""
    return item[1] - item[0]


def _token_scores(
    rows: Sequence[Row], file: RowsInFile, anchors: Anchors
) -> Iterator[tuple[int, float, float]]:
    """Each doubtful row's number, its log odds by all that the aligner compares, and by tokens alone."""
    doubtful, count = file.texts.doubtful_rows.doubtful, len(file.texts.sources)
    if not doubtful:
        return
    sample = list(file.texts.rows(range(0, count, max(count // _SAMPLE, 1))))
    sample_sources, sample_targets = _profiles(sample, anchors)
    log_ratio = median_of(
        math.log(target.length / source.length)
        for source, target in zip(sample_sources, sample_targets, strict=True)
    )
    variance = UNKNOWN_RATIO_VARIANCE if count < SMALL_FILE else KNOWN_RATIO_VARIANCE
    for start in range(0, len(doubtful), _BATCH):
        batch = doubtful[start : start + _BATCH]
        sources, targets = _profiles([rows[file.index_of[number]] for number in batch], anchors)
        profiles = sources + sample_sources, targets + sample_targets
        scorer = Scorer(*profiles, SharedTokens(*profiles), log_ratio, variance)
        for index, number in enumerate(batch):
            score = scorer.score_pair(index, index) - LOG_PRIORS[1, 1]
            tokens = scorer.shared_tokens.score_pair(index, index)
            yield number, score if tokens < 0 else max(score, -MAX_LENGTH_PENALTY), tokens


def _trimmed(posteriors: Sequence[float], log_odds: Sequence[float]) -> Iterator[float]:
    """The posteriors, raised to _TRUSTED for rows at the ends of a block that are not misaligned themselves.

    Rows of a few words say little about themselves, and must not be drawn into the block beside them.
    """
    for trusted, group in groupby(range(len(log_odds)), lambda index: posteriors[index] >= _TRUSTED):
        block = list(group)
        misaligned = [index for index in block if log_odds[index] < _MISALIGNED_LOG_ODDS]
        for index in block:
            inside = not trusted and misaligned and misaligned[0] <= index <= misaligned[-1]
            yield posteriors[index] if inside else max(posteriors[index], _TRUSTED)


def _profiles(rows: Sequence[Row], anchors: Anchors) -> tuple[list[Profile], list[Profile]]:
    """The profiles of the source sides and of the target sides of rows."""
    return (
        _side_profiles([row.source for row in rows], Side.SOURCE, anchors),
        _side_profiles([row.target for row in rows], Side.TARGET, anchors),
    )


def _side_profiles(groups: Sequence[tuple[Segment, ...]], side: Side, anchors: Anchors) -> list[Profile]:
    """One profile for each group of cells."""
    concepts = iter(anchors([cell for cells in groups for cell in cells], side))
    return [_merged([profile_of(cell, next(concepts)) for cell in cells]) for cells in groups]


def _merged(profiles: Sequence[Profile]) -> Profile:
    first, *rest = profiles
    if not rest:
        return first
    return Profile(
        sum(profile.length for profile in profiles),
        frozenset().union(*(profile.expected for profile in profiles)),
        frozenset().union(*(profile.possible for profile in profiles)),
        first.shape,
    )
