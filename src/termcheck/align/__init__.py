"""Two lists of segments to pairs with confidence.

Bilingual files do not say which paragraph renders which. They are aligned by lengths, numbers, names and
the glossary's own terms, as a person leafing through would; and as what follows is an accusation, each
pair says how sure it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from statistics import median

from termcheck.align.beads import Bead, align_ranges
from termcheck.align.layout import Run, runs
from termcheck.align.profile import has_letters, profile_of
from termcheck.align.rows import Row, confidences, index_rows, split_rows
from termcheck.align.scores import Scorer
from termcheck.align.sides import sides_of
from termcheck.model import Bitext, Document, Segment, SegmentPair, Side

Anchors = Callable[[Sequence[Segment], Side], Sequence[frozenset[str]]]

# The document's own length ratio is taken from the pairs of a first alignment that are at least this sure, if
# there are so many; it is then known with this variance.
_SURE = 0.9
_ENOUGH = 5
_KNOWN_VARIANCE = 0.003

# The pairs of one run, and where in the document it begins.
_Placed = tuple[int, tuple[SegmentPair, ...]]


def align_document(document: Document, source_lang: str, target_lang: str, anchors: Anchors) -> Bitext:
    """Pair the segments of one bilingual document.

    Segments of one row belong together; all others are put on a side by their language and aligned
    run by run. Segments without letters, and those in neither language, are left out. `anchors`
    gives the ids of the glossary concepts found in each segment of a side.
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
    aligned = paragraphs.align(lambda scorer: runs(scorer, order))
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
    return Bitext(document, document, _numbered(chain(placed, _row_pairs(rows))))


def align_documents(source: Document, target: Document, anchors: Anchors) -> Bitext:
    """Pair the segments of a file with those of its translation.

    Two files of as many rows are paired row by row; all others are aligned as one run, segments
    without letters left out. `anchors` is as for `align_document`.
    """
    source_rows, target_rows = index_rows(source.segments), index_rows(target.segments)
    if source_rows and target_rows and len(source_rows) == len(target_rows):
        rows = [
            Row(place, one, other)
            for place, (one, other) in enumerate(zip(source_rows, target_rows, strict=True))
        ]
        return Bitext(source, target, _numbered(_row_pairs(rows)))
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

    def align(self, divide: Callable[[Scorer], Sequence[Run]]) -> list[tuple[Run, tuple[SegmentPair, ...]]]:
        """Align twice: the second time with the length ratio that the first has shown."""
        aligned = self._align(Scorer(self._source_profiles, self._target_profiles), divide)
        ratios = [
            math.log(self._target_profiles[bead.first].length / self._source_profiles[bead.start].length)
            for _, beads in aligned
            for bead in beads
            if bead.confidence >= _SURE and bead.end - bead.start == bead.last - bead.first == 1
        ]
        if len(ratios) >= _ENOUGH:
            scorer = Scorer(self._source_profiles, self._target_profiles, median(ratios), _KNOWN_VARIANCE)
            aligned = self._align(scorer, divide)
        return [(run, tuple(map(self._pair, beads))) for run, beads in aligned]

    def _align(
        self, scorer: Scorer, divide: Callable[[Scorer], Sequence[Run]]
    ) -> list[tuple[Run, list[Bead]]]:
        return [(run, align_ranges(scorer, run.sources, run.targets)) for run in divide(scorer)]

    def _pair(self, bead: Bead) -> SegmentPair:
        return SegmentPair(
            tuple(self.sources[bead.start : bead.end]),
            tuple(self.targets[bead.first : bead.last]),
            bead.confidence,
        )


def _row_pairs(rows: Sequence[Row]) -> list[_Placed]:
    return [
        (row.place, tuple(row.pairs(confidence)))
        for row, confidence in zip(rows, confidences(rows), strict=True)
    ]


def _numbered(placed: Iterable[_Placed]) -> tuple[SegmentPair, ...]:
    """All pairs in document order, with their runs numbered."""
    return tuple(
        SegmentPair(pair.source, pair.target, pair.confidence, number)
        for number, (_, pairs) in enumerate(sorted(placed, key=lambda item: item[0]))
        for pair in pairs
    )
