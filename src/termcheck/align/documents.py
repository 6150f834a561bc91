"""Pairs the segments of one bilingual document, or of a source file and its target file.

Bilingual files rarely say which paragraph renders which. The segments are aligned by lengths, numbers, names
and glossary terms. Every pair has a confidence, because a pairing that is not certain must not accuse a
translator.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.align.averages import median_of
from termcheck.align.beads import Aligner, Bead
from termcheck.align.bilingual_lines import (
    BilingualLine,
    Form,
    could_render,
    is_gloss,
    split_line,
    words_of,
)
from termcheck.align.blocks import MIN_BLOCKS, Block, blocks_of, lone_names, whole_blocks
from termcheck.align.fitting import Texts
from termcheck.align.keyed_lines import KeyedTable, keyed_tables
from termcheck.align.keys import pairs_in_document, pairs_in_documents, without_keys
from termcheck.align.layout import Run, find_runs
from termcheck.align.neighbours import find_neighbours
from termcheck.align.parallel import Stretch, find_parallel
from termcheck.align.profile import Anchors, block_concepts, length_of, profiles_of
from termcheck.align.rows import Row, index_rows, split_rows
from termcheck.align.scores import KNOWN_RATIO_VARIANCE, UNKNOWN_RATIO_VARIANCE, Scorer
from termcheck.align.shared_tokens import Node, SharedTokens
from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.model import Bitext, Document, Segment, SegmentPair, Side

if TYPE_CHECKING:
    from termcheck.align.misaligned_rows import RowsInFile

# The length ratio of a document is estimated from its anchors if there are this many, otherwise from the
# total lengths if both sides have this many segments, otherwise from a first alignment if it has this many
# 1-1 beads of this confidence. Chosen by hand.
_MIN_ANCHORS = 30
_MANY_SEGMENTS = 2_000
_MIN_CONFIDENT_PAIRS = 5
_CONFIDENT = 0.9
# A line whose punctuation says that one half renders the other.
_LINE_CONFIDENCE = 0.98
# A pair that its place and its length make plain.
_PLAIN_CONFIDENCE = 0.99
# The length ratio of a document with plain pairs is estimated from this many of them.
_SAMPLE = 200
# So many lines with a translation in brackets are a list in two languages. Chosen by hand.
_MANY_BRACKETED = 3

LocateRows = Callable[[Sequence[Row]], "RowsInFile"]
"""Locates rows among all rows of their file, if only some of the file's rows were read."""

# The index in the document of a run's first segment, and the run's pairs.
_PlacedRun = tuple[int, tuple[SegmentPair, ...]]


def align_document(
    document: Document,
    source_lang: str,
    target_lang: str,
    anchors: Anchors,
    locate_rows: LocateRows | None = None,
) -> Bitext:
    """Pair the segments of one bilingual document.

    Texts with one key, and segments of one row, form pairs. All other segments are assigned to a side by
    their language and aligned run by run; those without letters, or in neither language, are left out.
    `anchors` finds the glossary concepts in segments. `locate_rows` is required if only some rows of the
    document were read.
    """
    languages = source_lang, target_lang
    rows, others = split_rows(document.segments, *languages)
    others = [index for index in others if not document.segments[index].key]
    lines, others = _split_bilingual_lines(document.segments, others, *languages)
    all_blocks = blocks_of(document, others, *languages)
    names = lone_names(all_blocks, *languages)
    blocks = [block for block in all_blocks if block.index not in names]
    placed = _pair_blocks(blocks, anchors)
    alone = ((block.index, (_unpaired(block),)) for block in all_blocks if block.index in names)
    is_monolingual = len(blocks) >= MIN_BLOCKS and len({block.side for block in blocks}) == 1
    lone = _pair_lines(document.segments, lines, languages, is_monolingual=is_monolingual)
    keyed = pairs_in_document(document.segments, *languages)
    pairs = chain(_first(keyed), placed, alone, lone, _pair_rows(rows, anchors, locate_rows))
    return Bitext(document, document, _numbered(pairs))


def _pair_blocks(blocks: Sequence[Block], anchors: Anchors) -> Iterator[_PlacedRun]:
    """The pairs of a document's blocks: first those of plain neighbours, then those that must be aligned."""
    sides = [block.side for block in blocks]
    found = find_neighbours(Texts.of(block.segments for block in blocks), sides)
    for source, target in found.pairs:
        pair = SegmentPair(blocks[source].segments, blocks[target].segments, _PLAIN_CONFIDENCE)
        yield blocks[min(source, target)].index, (pair,)
    stretches = [blocks[stretch.start : stretch.stop] for stretch in found.left]
    left = list(chain.from_iterable(stretches))
    sources, targets = ([block for block in left if block.side is side] for side in Side)
    paragraphs = _Paragraphs(
        [block.segments for block in sources],
        [block.segments for block in targets],
        anchors,
        [(blocks[source].segments, blocks[target].segments) for source, target in found.pairs],
    )
    for run, pairs in paragraphs.align(functools.partial(_runs, stretches)):
        first = min(block.index for block in (*sources[slice(*run.sources)], *targets[slice(*run.targets)]))
        yield first, pairs


def _runs(stretches: Iterable[Sequence[Block]], aligner: Aligner) -> list[Run]:
    """The runs of the stretches of a document that the aligner knows."""
    runs: list[Run] = []
    start = 0, 0
    for stretch in stretches:
        runs += find_runs(aligner, [block.side for block in stretch], start)
        start = runs[-1].sources[1], runs[-1].targets[1]
    return runs


def _split_bilingual_lines(
    segments: Sequence[Segment], indices: Sequence[int], source_lang: str, target_lang: str
) -> tuple[dict[int, BilingualLine], list[int]]:
    """The bilingual lines by index, and the indices of all other segments.

    A line is no pair by itself if a neighbour repeats one of its halves, or is the better counterpart.
    """
    if share_script(source_lang, target_lang):
        return {}, list(indices)
    lines = {index: split_line(segments[index], source_lang, target_lang) for index in indices}
    if not any(lines.values()):
        return {}, list(indices)
    others = {index for index, line in lines.items() if line is None}
    texts = {words_of(segments[index].text) for index in others}

    @functools.cache
    def side_at(index: int) -> Side | None:
        if index not in others:
            return None
        return side_of(segments[index].unprotected_text, source_lang, target_lang)

    found: dict[int, BilingualLine] = {}
    for index, line in lines.items():
        if line is None:
            continue
        segment = segments[index]
        near = [
            place
            for place in (index - 1, index + 1)
            if place in others and segments[place].heading is segment.heading
        ]
        side = side_of(segment.unprotected_text, source_lang, target_lang)
        has_counterpart = line.form is Form.BRACKETED and any(
            could_render(segments[place], segment) and _is_free_counterpart(place, index, side, side_at)
            for place in near
        )
        if not has_counterpart and not is_gloss(line, (segments[place] for place in near), texts):
            found[index] = line
    return found, [index for index in indices if index not in found]


def _is_free_counterpart(
    near: int, index: int, side: Side | None, side_at: Callable[[int], Side | None]
) -> bool:
    """Whether the neighbour `near` is on the other side and has no counterpart but the segment `index`.

    An even number of segments that alternate pair among themselves; of an odd number, one is left over.
    """
    if None in (side, side_at(near)) or side_at(near) is side:
        return False
    count, step, place = 1, near - index, near
    while side_at(place + step) not in (None, side_at(place)):
        count, place = count + 1, place + step
    return count % 2 == 1


def _pair_lines(
    segments: Sequence[Segment],
    lines: Mapping[int, BilingualLine],
    languages: tuple[str, str],
    *,
    is_monolingual: bool,
) -> Iterator[_PlacedRun]:
    """The pairs inside bilingual lines.

    A line whose halves only a blank separates stays unpaired, because it may be a text with a foreign name.
    So does a name in brackets in a document that is otherwise in one language.
    """
    bracketed = sum(line.form is Form.BRACKETED for line in lines.values())
    few_in_one_language = is_monolingual and bracketed < _MANY_BRACKETED
    for index, line in lines.items():
        if line.form.is_pair and not (line.form is Form.BRACKETED and few_in_one_language):
            yield index, (SegmentPair((line.source,), (line.target,), _LINE_CONFIDENCE),)
        else:
            segment = segments[index]
            side = side_of(segment.unprotected_text, *languages) or Side.SOURCE
            yield index, (_unpaired(Block(index, side, (segment,))),)


def _unpaired(block: Block) -> SegmentPair:
    if block.side is Side.SOURCE:
        return SegmentPair(block.segments, ())
    return SegmentPair((), block.segments)


def align_documents(
    source: Document, target: Document, anchors: Anchors, locate_rows: LocateRows | None = None
) -> Bitext:
    """Pair the segments of a source file with those of its target file.

    Texts with one key form pairs. Two files with the same number of rows are paired row by row. In all
    others, tables and lists are paired by their keys where these agree, and what lies between them is
    aligned; segments without letters are left out. `anchors` and `locate_rows` are as for `align_document`.
    """
    keyed = _first(pairs_in_documents(source.segments, target.segments))
    segments = [without_keys(document.segments) for document in (source, target)]
    sources, targets = map(whole_blocks, segments)
    tables = keyed_tables(sources, targets)
    source_rows, target_rows = map(index_rows, segments)
    if not tables and source_rows and target_rows and len(source_rows) == len(target_rows):
        rows = [Row(index, *cells) for index, cells in enumerate(zip(source_rows, target_rows, strict=True))]
        return Bitext(source, target, _numbered((*keyed, *_pair_rows(rows, anchors, locate_rows))))
    of_tables = ((table.sources[0] + table.targets[0], table.pairs) for table in tables)
    between = _pair_parallel(sources, targets, tables, anchors)
    return Bitext(source, target, _numbered(chain(keyed, of_tables, between)))


def _pair_parallel(
    sources: Sequence[tuple[Segment, ...]],
    targets: Sequence[tuple[Segment, ...]],
    tables: Sequence[KeyedTable],
    anchors: Anchors,
) -> Iterator[_PlacedRun]:
    """The pairs of two files outside of tables, first the plain ones and then those that must be aligned."""

    @functools.cache
    def concepts() -> tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]]:
        return block_concepts(sources, Side.SOURCE, anchors), block_concepts(targets, Side.TARGET, anchors)

    texts = Texts.of(sources), Texts.of(targets)
    found = [
        find_parallel(*texts, concepts, stretch) for stretch in _between(tables, len(sources), len(targets))
    ]
    plain = [pair for parallel in found for pair in parallel.pairs]
    left = [stretch for parallel in found for stretch in parallel.left]
    for source, target in plain:
        yield source + target, (SegmentPair(sources[source], targets[target], _PLAIN_CONFIDENCE),)
    paragraphs = _Paragraphs(
        [sources[index] for stretch, _ in left for index in stretch],
        [targets[index] for _, stretch in left for index in stretch],
        anchors,
        [(sources[source], targets[target]) for source, target in plain],
    )
    aligned = paragraphs.align(lambda _: list(_consecutive(left)))
    for (left_sources, left_targets), (_, pairs) in zip(left, aligned, strict=True):
        yield left_sources.start + left_targets.start, pairs


def _between(tables: Sequence[KeyedTable], source_count: int, target_count: int) -> Iterator[Stretch]:
    """What lies before, between and after the tables of two files."""
    edges = [(0, 0), *(edge for table in tables for edge in zip(table.sources, table.targets, strict=True))]
    edges.append((source_count, target_count))
    for (source, target), (source_end, target_end) in zip(edges[::2], edges[1::2], strict=True):
        yield range(source, source_end), range(target, target_end)


def _consecutive(stretches: Iterable[Stretch]) -> Iterator[Run]:
    """The stretches as runs, numbered as if nothing stood between them."""
    source = target = 0
    for sources, targets in stretches:
        yield Run((source, source + len(sources)), (target, target + len(targets)))
        source, target = source + len(sources), target + len(targets)


class _Paragraphs:
    """The blocks of both sides of a bitext that are not in rows; a block is one or more segments."""

    def __init__(
        self,
        sources: Sequence[tuple[Segment, ...]],
        targets: Sequence[tuple[Segment, ...]],
        anchors: Anchors,
        plain: Sequence[tuple[Sequence[Segment], Sequence[Segment]]] = (),
    ) -> None:
        """`plain` are pairs of other blocks of the bitext, which show its length ratio."""
        self._sources, self._targets = sources, targets
        self._plain = plain[:: len(plain) // _SAMPLE + 1]
        self._profiles = (
            profiles_of(sources, Side.SOURCE, anchors),
            profiles_of(targets, Side.TARGET, anchors),
        )
        self._shared_tokens = SharedTokens(*self._profiles)

    def align(self, runs_of: Callable[[Aligner], Sequence[Run]]) -> list[tuple[Run, tuple[SegmentPair, ...]]]:
        """The pairs of each run; the second alignment uses the length ratio that the first one revealed."""
        scorer = self._scorer_before_alignment()
        aligned = _align(scorer or self._scorer(0.0, UNKNOWN_RATIO_VARIANCE), runs_of)
        if scorer is None:
            confident = [
                (bead.sources[0], bead.targets[0])
                for _, beads in aligned
                for bead in beads
                if bead.confidence >= _CONFIDENT and _is_one_to_one(bead)
            ]
            if len(confident) >= _MIN_CONFIDENT_PAIRS:
                aligned = _align(self._scorer_from(confident), runs_of)
        return [(run, tuple(map(self._pair, beads))) for run, beads in aligned]

    def _scorer_before_alignment(self) -> Scorer | None:
        """A scorer with the document's length ratio, if it can be estimated without an alignment."""
        if self._plain:
            ratios = (math.log(_length(target) / _length(source)) for source, target in self._plain)
            return self._scorer(median_of(ratios), KNOWN_RATIO_VARIANCE)
        sources, targets = self._profiles
        found = self._shared_tokens.anchor_chain((0, len(sources)), (0, len(targets)))
        if len(found) >= _MIN_ANCHORS:
            return self._scorer_from(found)
        if min(len(sources), len(targets)) >= _MANY_SEGMENTS:
            source_length, target_length = (
                sum(profile.length for profile in side) for side in self._profiles
            )
            return self._scorer(math.log(target_length / source_length), UNKNOWN_RATIO_VARIANCE)
        return None

    def _scorer_from(self, pairs: Sequence[Node]) -> Scorer:
        """A scorer with the median length ratio of some pairs (source, target)."""
        sources, targets = self._profiles
        log_ratio = median_of(
            math.log(targets[target].length / sources[source].length) for source, target in pairs
        )
        return self._scorer(log_ratio, KNOWN_RATIO_VARIANCE)

    def _scorer(self, log_ratio: float, ratio_variance: float) -> Scorer:
        return Scorer(*self._profiles, self._shared_tokens, log_ratio, ratio_variance)

    def _pair(self, bead: Bead) -> SegmentPair:
        return SegmentPair(
            tuple(chain.from_iterable(self._sources[slice(*bead.sources)])),
            tuple(chain.from_iterable(self._targets[slice(*bead.targets)])),
            bead.confidence,
        )


def _length(block: Sequence[Segment]) -> float:
    return sum(length_of(segment.text) for segment in block)


def _align(scorer: Scorer, runs_of: Callable[[Aligner], Sequence[Run]]) -> list[tuple[Run, list[Bead]]]:
    aligner = Aligner(scorer)
    return [(run, aligner.beads(run.sources, run.targets)) for run in runs_of(aligner)]


def _is_one_to_one(bead: Bead) -> bool:
    return bead.sources[1] - bead.sources[0] == bead.targets[1] - bead.targets[0] == 1


def _pair_rows(rows: Sequence[Row], anchors: Anchors, locate_rows: LocateRows | None) -> list[_PlacedRun]:
    if not rows:
        return []
    from termcheck.align.misaligned_rows import assess_rows

    found = assess_rows(rows, anchors, locate_rows(rows) if locate_rows else None)
    return [
        (row.index, tuple(row.pairs(assessment.confidence, shifted=assessment.shifted)))
        for row, assessment in zip(rows, found, strict=True)
    ]


def _first(pairs: Iterable[SegmentPair]) -> list[_PlacedRun]:
    """Pairs that come before all others, each as a run."""
    return [(0, (pair,)) for pair in pairs]


def _numbered(placed: Iterable[_PlacedRun]) -> tuple[SegmentPair, ...]:
    """All pairs in document order, with their runs numbered."""
    return tuple(
        replace(pair, run=number)
        for number, (_, pairs) in enumerate(sorted(placed, key=lambda run: run[0]))
        for pair in pairs
    )
