"""Takes the rows that are in order at first sight out of a stretch, before the others are read with care."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from termcheck.align.misaligned_rows import RowsInFile, RowTexts
from termcheck.align.rows import Row
from termcheck.config import Settings
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.model import Document, Term
from termcheck.prefilter.prefilter import Prefilter, PrefilterResult
from termcheck.readers import ReadOptions
from termcheck.readers.pair_rows import BareTexts, PairRows
from termcheck.readers.stretches import Stretch, bare_texts, read_stretch
from termcheck.rules import RULES
from termcheck.text.positions import position


class PrefilteredStretch(Struct, frozen=True):
    """A stretch reduced to the rows that must be judged, and what is known of the others.

    `texts` are those of all its rows. `lines` maps the line of a row that must be judged to its number in
    `texts`.
    """

    stretch: Stretch | PairRows
    result: PrefilterResult
    texts: RowTexts
    lines: dict[int, int]

    def locate_rows(self, document: Document, rows: Sequence[Row]) -> RowsInFile:
        """Locate the rows that were read among all rows of the stretch."""
        index_of: dict[int, int] = {}
        for index, row in enumerate(rows):
            if row.source and row.target:
                line, _ = position(document.line_starts, row.source[0].raw.start)
                number = self.lines.get(line)
                if number is not None:
                    index_of[number] = index
        return RowsInFile(self.texts, index_of)


def prefilter_for(
    compiled: CompiledGlossary, active: Callable[[Term], bool], settings: Settings, path: str
) -> Prefilter | None:
    """What sorts out the rows of a file; None if every row has to be looked at."""
    running = [rule for rule in RULES if settings.selection.enabled(rule, path)]
    if any(rule.needs_every_pair for rule in running) or not Prefilter.fits(compiled):
        return None
    return Prefilter(compiled, active, watch_mixes=any(rule.compares_pairs for rule in running))


def prefilter_rows(
    texts: BareTexts, prefilter: Prefilter, left_out: Iterable[int] = ()
) -> tuple[PrefilterResult, list[int]]:
    """What becomes of some rows, and where all those are that must be judged.

    `left_out` are numbers of rows among those with two texts, which are to be judged in any case.
    """
    sifted = prefilter.settle(texts.sources, texts.targets, (*left_out, *texts.needed))
    settled = set(texts.places)
    settled.difference_update([texts.places[number] for number in sifted.to_judge])
    settled.update(*(others for place, others in texts.more.items() if place in settled))
    return sifted, [place for place in range(texts.count) if place not in settled]


def documents_of(name: str, stretch: Stretch | PairRows, options: ReadOptions) -> list[Document]:
    """The one document of a stretch, or one for either side; raises as `read_document` does."""
    if isinstance(stretch, PairRows):
        return stretch.documents(name, "parquet")
    return [read_stretch(name, stretch, options)]


def prefilter_stretch(
    name: str, stretch: Stretch | PairRows, options: ReadOptions, prefilter: Prefilter
) -> PrefilteredStretch | None:
    """A stretch without the rows that are in order; None if it cannot be told which these are."""
    texts = stretch.texts() if isinstance(stretch, PairRows) else bare_texts(name, stretch, options)
    if texts is None or not texts.places:
        return None
    row_texts = RowTexts(texts.sources, texts.targets)
    sifted, places = prefilter_rows(texts, prefilter, row_texts.possibly_misaligned())
    kept = stretch.only(places)
    lines = {stretch.before + line + 1: number for number in sifted.to_judge for line in texts.lines(number)}
    return PrefilteredStretch(kept, sifted, row_texts, lines)
