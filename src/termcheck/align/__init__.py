"""Two lists of segments to pairs with confidence.

Bilingual files do not say which paragraph renders which. They are aligned by lengths, numbers, names and
the glossary's own terms, as a person leafing through would; and as what follows is an accusation, each
pair says how sure it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from termcheck.align.averages import median_of
from termcheck.align.beads import Aligner, Bead
from termcheck.align.corridor import chain_of_anchors
from termcheck.align.layout import Run, runs
from termcheck.align.misaligned_rows import RowOverview, confidences
from termcheck.align.profile import Anchors, has_letters, profile_of
from termcheck.align.rows import Row, index_rows, split_rows
from termcheck.align.scores import Scorer
from termcheck.align.sides import sides_of
from termcheck.model import Bitext, Document, Segment, SegmentPair, Side

# The document's own length ratio is taken from segments that share rare tokens, if there are so many; else
# from all of its text, if it is as long as that; else from pairs of a first alignment, if they are so sure.
_ENOUGH_ANCHORS = 30
_MANY = 2_000
_SURE = 0.9
_ENOUGH = 5
_KNOWN_VARIANCE = 0.003

OverviewOf = Callable[[Sequence[Row]], RowOverview]
"""Gives the outline of the file that rows come from."""

# The pairs of one run, and where in the document it begins.
_Placed = tuple[int, tuple[SegmentPair, ...]]


def align_document(
    document: Document,
    source_lang: str,
    target_lang: str,
    anchors: Anchors,
    outline: OverviewOf | None = None,
) -> Bitext:
    """Pair the segments of one bilingual document.

    Segments of one row belong together; all others are put on a side by their language and aligned
    run by run. Segments without letters, and those in neither language, are left out. `anchors`
    gives the ids of the glossary concepts found in each segment of a side. `outline` is asked for all rows of
    a document of which not all were read.
    """
    rows, others = split_rows(document.segments, source_lang, target_lang)
    sides = sides_of([document.segments[index] for index in others], source_lang, target_lang)
    known = [(index, side) for index, side in zip(others, sides, strict=True) if side is not None]
    order = [side for _, side in known]
    places = {wanted: [index for index, side in known if side is wanted] for wanted in Side}
    paragraphs = _Paragraphs(
        [document.segments[index] for index in places[Side.SOURCE]],
        [document.segments[index] for index in places[Side.TARGET]],
        anchors,
    )
    aligned = paragraphs.align(lambda aligner: runs(aligner, order))
    placed = [
        (
            min(
                places[Side.SOURCE][run.sources[0] : run.sources[1]]
                + places[Side.TARGET][slice(*run.targets)]
            ),
            pairs,
        )
        for run, pairs in aligned
    ]
    return Bitext(document, document, _numbered(chain(placed, _row_pairs(rows, anchors, outline))))


def align_documents(
    source: Document, target: Document, anchors: Anchors, outline: OverviewOf | None = None
) -> Bitext:
    """Pair the segments of a file with those of its translation.

    Two files of as many rows are paired row by row; all others are aligned as one run, segments
    without letters left out. `anchors` and `outline` are as for `align_document`.
    """
    source_rows, target_rows = index_rows(source.segments), index_rows(target.segments)
    if source_rows and target_rows and len(source_rows) == len(target_rows):
        rows = [
            Row(place, one, other)
            for place, (one, other) in enumerate(zip(source_rows, target_rows, strict=True))
        ]
        return Bitext(source, target, _numbered(_row_pairs(rows, anchors, outline)))
    paragraphs = _Paragraphs(
        [segment for segment in source.segments if has_letters(segment.text)],
        [segment for segment in target.segments if has_letters(segment.text)],
        anchors,
    )
    whole = Run((0, len(paragraphs.sources)), (0, len(paragraphs.targets)))
    return Bitext(source, target, _numbered((0, pairs) for _, pairs in paragraphs.align(lambda _: [whole])))


class _Paragraphs:
    """The segments of either side of a bitext, to be aligned."""

    def __init__(self, sources: Sequence[Segment], targets: Sequence[Segment], anchors: Anchors) -> None:
        self.sources, self.targets = sources, targets
        self._source_profiles = list(map(profile_of, sources, anchors(sources, Side.SOURCE)))
        self._target_profiles = list(map(profile_of, targets, anchors(targets, Side.TARGET)))

    def align(self, divide: Callable[[Aligner], Sequence[Run]]) -> list[tuple[Run, tuple[SegmentPair, ...]]]:
        """Align with the document's own length ratio, found before or else by a first alignment."""
        scorer = self._scorer_by_sight()
        aligned = self._align(scorer or Scorer(self._source_profiles, self._target_profiles), divide)
        if scorer is None:
            sure = [
                (bead.start, bead.first)
                for _, beads in aligned
                for bead in beads
                if bead.confidence >= _SURE and bead.end - bead.start == bead.last - bead.first == 1
            ]
            if len(sure) >= _ENOUGH:
                aligned = self._align(self._scorer(sure), divide)
        return [(run, tuple(map(self._pair, beads))) for run, beads in aligned]

    def _scorer_by_sight(self) -> Scorer | None:
        """A scorer with the length ratio that can be seen without any alignment; None if none can."""
        profiles = self._source_profiles, self._target_profiles
        size = min(map(len, profiles))
        meetings = chain_of_anchors(Scorer(*profiles), *((0, len(side)) for side in profiles))
        if len(meetings) >= _ENOUGH_ANCHORS:
            return self._scorer(meetings)
        if size >= _MANY:
            one, other = (sum(item.length for item in side) for side in profiles)
            return Scorer(*profiles, math.log(other / one))
        return None

    def _scorer(self, meetings: Sequence[tuple[int, int]]) -> Scorer:
        """A scorer with the length ratio of some pairs."""
        ratio = median_of(self._log_ratio(*meeting) for meeting in meetings)
        return Scorer(self._source_profiles, self._target_profiles, ratio, _KNOWN_VARIANCE)

    def _log_ratio(self, source: int, target: int) -> float:
        return math.log(self._target_profiles[target].length / self._source_profiles[source].length)

    def _align(
        self, scorer: Scorer, divide: Callable[[Aligner], Sequence[Run]]
    ) -> list[tuple[Run, list[Bead]]]:
        aligner = Aligner(scorer)
        return [(run, aligner.beads(run.sources, run.targets)) for run in divide(aligner)]

    def _pair(self, bead: Bead) -> SegmentPair:
        return SegmentPair(
            tuple(self.sources[bead.start : bead.end]),
            tuple(self.targets[bead.first : bead.last]),
            bead.confidence,
        )


def _row_pairs(rows: Sequence[Row], anchors: Anchors, outline: OverviewOf | None = None) -> list[_Placed]:
    found = confidences(rows, anchors, outline(rows) if outline else None)
    return [(row.place, tuple(row.pairs(confidence))) for row, confidence in zip(rows, found, strict=True)]


def _numbered(placed: Iterable[_Placed]) -> tuple[SegmentPair, ...]:
    """All pairs in document order, with their runs numbered."""
    return tuple(
        SegmentPair(pair.source, pair.target, pair.confidence, number)
        for number, (_, pairs) in enumerate(sorted(placed, key=lambda item: item[0]))
        for pair in pairs
    )
