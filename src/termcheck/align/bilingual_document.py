"""Pairs the segments of one bilingual document.

Bilingual files rarely say which paragraph renders which. Every pair has a confidence, because a pairing that
is not certain must not accuse a translator.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from termcheck.align.blocks import MIN_BLOCKS, Block, blocks_of, lone_names
from termcheck.align.fitting import Texts
from termcheck.align.keys import pairs_in_document
from termcheck.align.line_pairs import pair_lines, split_bilingual_lines, unpaired
from termcheck.align.neighbours import Neighbours, find_neighbours
from termcheck.align.placed import PLAIN_CONFIDENCE, LocateRows, PlacedRun, first, numbered, pair_rows
from termcheck.align.profile import Anchors, block_concepts
from termcheck.align.rows import split_rows
from termcheck.model import Bitext, Document, SegmentPair, Side
from termcheck.readers import FORMATS

if TYPE_CHECKING:
    from termcheck.align.beads import Aligner
    from termcheck.align.layout import Run


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
    lines, others = split_bilingual_lines(document.segments, others, *languages)
    all_blocks = blocks_of(document, others, *languages)
    names = lone_names(all_blocks, *languages)
    blocks = [block for block in all_blocks if block.index not in names]
    placed = _pair_blocks(blocks, anchors)
    alone = ((block.index, (unpaired(block),)) for block in all_blocks if block.index in names)
    is_monolingual = len(blocks) >= MIN_BLOCKS and len({block.side for block in blocks}) == 1
    lone = pair_lines(document.segments, lines, languages, is_monolingual=is_monolingual)
    keyed = pairs_in_document(document.segments, *languages)
    form = FORMATS.get(document.format)
    if form is not None and form.is_sure:
        of_rows = [(row.index, tuple(row.pairs(1.0))) for row in rows]
    else:
        of_rows = pair_rows(rows, anchors, locate_rows)
    pairs = chain(first(keyed), placed, alone, lone, of_rows)
    return Bitext(document, document, numbered(pairs))


def _pair_blocks(blocks: Sequence[Block], anchors: Anchors) -> Iterator[PlacedRun]:
    """The pairs of a document's blocks: plain neighbours first, then the blocks that must be aligned."""
    sides = [block.side for block in blocks]

    def concepts_of(indices: Sequence[int]) -> list[frozenset[str]]:
        found = {
            side: iter(
                block_concepts(
                    [blocks[index].segments for index in indices if sides[index] is side], side, anchors
                )
            )
            for side in Side
        }
        return [next(found[sides[index]]) for index in indices]

    found = find_neighbours(Texts.of([block.segments for block in blocks]), sides, concepts_of)
    for source, target in found.pairs:
        pair = SegmentPair(blocks[source].segments, blocks[target].segments, PLAIN_CONFIDENCE)
        yield blocks[min(source, target)].index, (pair,)
    if found.left:
        yield from _align_left(blocks, found, anchors)


def _align_left(blocks: Sequence[Block], found: Neighbours, anchors: Anchors) -> Iterator[PlacedRun]:
    """The pairs of the blocks that are in no plain pair."""
    from termcheck.align.paragraphs import Paragraphs

    stretches = [blocks[stretch.start : stretch.stop] for stretch in found.left]
    left = list(chain.from_iterable(stretches))
    sources, targets = ([block for block in left if block.side is side] for side in Side)
    paragraphs = Paragraphs(
        [block.segments for block in sources],
        [block.segments for block in targets],
        anchors,
        [(blocks[source].segments, blocks[target].segments) for source, target in found.pairs],
    )
    for run, pairs in paragraphs.align(functools.partial(_runs, stretches)):
        start = min(block.index for block in (*sources[slice(*run.sources)], *targets[slice(*run.targets)]))
        yield start, pairs


def _runs(stretches: Iterable[Sequence[Block]], aligner: Aligner) -> list[Run]:
    """The runs of the stretches of a document that the aligner knows."""
    from termcheck.align.layout import find_runs

    runs: list[Run] = []
    start = 0, 0
    for stretch in stretches:
        runs += find_runs(aligner, [block.side for block in stretch], start)
        start = runs[-1].sources[1], runs[-1].targets[1]
    return runs
