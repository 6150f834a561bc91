"""Drops the rows that the prefilter settles from a stretch; only the others are then read with positions."""

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
from termcheck.readers.stretches import CompleteRows, Stretch
from termcheck.rules import RULES
from termcheck.text.positions import position


class PrefilteredStretch(Struct, frozen=True):
    """A stretch reduced to the rows that must be judged, and what is known of the others.

    `texts` are those of all its complete rows. `lines` maps the line of a row that must be judged to its
    number in `texts`.
    """

    stretch: Stretch
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
    """The prefilter for the rows of a file; None if every row has to be judged."""
    running = [rule for rule in RULES if settings.selection.enabled(rule, path)]
    if any(rule.needs_every_pair for rule in running) or not Prefilter.fits(compiled):
        return None
    return Prefilter(compiled, active, watch_mixes=any(rule.compares_pairs for rule in running))


def prefilter_rows(
    rows: CompleteRows, prefilter: Prefilter, judge_anyway: Iterable[int] = ()
) -> tuple[PrefilterResult, list[int]]:
    """The result of the prefilter, and the lines of the stretch without those of the rows that it settles.

    Rows number `judge_anyway` are not settled.
    """
    result = prefilter.settle(rows.sources, rows.targets, (*judge_anyway, *rows.required))
    settled = set(rows.first_lines)
    settled.difference_update([rows.first_lines[number] for number in result.to_judge])
    settled.update(*(further for first, further in rows.further_lines.items() if first in settled))
    return result, [line for line in range(rows.line_count) if line not in settled]


def prefilter_stretch(
    name: str, stretch: Stretch, options: ReadOptions, prefilter: Prefilter
) -> PrefilteredStretch | None:
    """The stretch without the rows that the prefilter settles; None if they cannot be read quickly."""
    rows = stretch.complete_rows(name, options)
    if rows is None or not rows.first_lines:
        return None
    texts = RowTexts(rows.sources, rows.targets)
    result, kept = prefilter_rows(rows, prefilter, texts.possibly_misaligned())
    lines = {stretch.before + line + 1: number for number in result.to_judge for line in rows.lines(number)}
    return PrefilteredStretch(stretch.only(kept), result, texts, lines)
