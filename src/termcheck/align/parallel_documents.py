"""Pairs the segments of a source file with those of its target file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from termcheck.align.blocks import whole_blocks
from termcheck.align.fitting import Texts
from termcheck.align.keyed_lines import Blocks, KeyedTable, keyed_tables
from termcheck.align.keys import pairs_by_key, pairs_in_documents, without_keys
from termcheck.align.parallel import Stretch, find_parallel
from termcheck.align.placed import PLAIN_CONFIDENCE, LocateRows, PlacedRun, first, numbered, pair_rows
from termcheck.align.profile import Anchors, block_concepts
from termcheck.align.rows import Row, index_rows
from termcheck.model import Bitext, Document, SegmentPair, Side
from termcheck.readers import FORMATS

if TYPE_CHECKING:
    from termcheck.align.layout import Run


def align_documents(
    source: Document, target: Document, anchors: Anchors, locate_rows: LocateRows | None = None
) -> Bitext:
    """Pair the segments of a source file with those of its target file.

    Cues are paired by their times. Texts with one key form pairs, and files in which every text has a key
    have no others. Two files with the same number of rows are paired row by row. In all others, tables and
    lists are paired by their keys where these agree, and what lies between them is aligned; segments without
    letters are left out. `anchors` and `locate_rows` are as for `align_document`.
    """
    form = FORMATS.get(source.format)
    if form is not None and form.keyed:
        return Bitext(source, target, numbered(first(pairs_by_key(source.segments, target.segments))))
    if all(document.segments and document.segments[0].time is not None for document in (source, target)):
        from termcheck.align.cues import pair_cues_of_documents

        return Bitext(source, target, numbered(pair_cues_of_documents(source, target, anchors)))
    keyed = first(pairs_in_documents(source.segments, target.segments))
    segments = [without_keys(document.segments) for document in (source, target)]
    sources, targets = map(whole_blocks, segments)
    tables = keyed_tables(sources, targets)
    source_rows, target_rows = map(index_rows, segments)
    if not tables and source_rows and target_rows and len(source_rows) == len(target_rows):
        rows = [Row(index, *cells) for index, cells in enumerate(zip(source_rows, target_rows, strict=True))]
        return Bitext(source, target, numbered((*keyed, *pair_rows(rows, anchors, locate_rows))))
    of_tables = ((table.sources[0] + table.targets[0], table.pairs) for table in tables)
    between = _pair_parallel(sources, targets, tables, anchors)
    return Bitext(source, target, numbered(chain(keyed, of_tables, between)))


def _pair_parallel(
    sources: Blocks, targets: Blocks, tables: Sequence[KeyedTable], anchors: Anchors
) -> Iterator[PlacedRun]:
    """The pairs of two files outside of tables: plain pairs first, then what must be aligned."""
    texts = (
        Texts.of(sources).with_concepts(block_concepts(sources, Side.SOURCE, anchors)),
        Texts.of(targets).with_concepts(block_concepts(targets, Side.TARGET, anchors)),
    )
    found = [find_parallel(*texts, stretch) for stretch in _between(tables, len(sources), len(targets))]
    plain = [pair for parallel in found for pair in parallel.pairs]
    left = [stretch for parallel in found for stretch in parallel.left]
    for source, target in plain:
        yield source + target, (SegmentPair(sources[source], targets[target], PLAIN_CONFIDENCE),)
    if left:
        yield from _align_left(sources, targets, plain, left, anchors)


def _align_left(
    sources: Blocks,
    targets: Blocks,
    plain: Sequence[tuple[int, int]],
    left: Sequence[Stretch],
    anchors: Anchors,
) -> Iterator[PlacedRun]:
    """The pairs of the stretches that are not plain."""
    from termcheck.align.paragraphs import Paragraphs

    paragraphs = Paragraphs(
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
    from termcheck.align.layout import Run

    source = target = 0
    for sources, targets in stretches:
        yield Run((source, source + len(sources)), (target, target + len(targets)))
        source, target = source + len(sources), target + len(targets)
