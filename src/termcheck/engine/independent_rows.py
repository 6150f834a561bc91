"""Check pairs that come as rows of a table rather than as a file, each by itself.

The texts of a batch become the lines of one document, source and target of each row in turn, so that the same
rules make the same findings. The line of a finding then tells its row, and the columns the offsets in its
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.check_bitext import check_bitext
from termcheck.engine.prepare import PreparedBitext
from termcheck.matching.index.compiled_glossary import (
    CompiledGlossary,
    active_terms,
    compile_glossary,
    direction,
    index_glossary,
)
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.model import Bitext, Finding, Glossary, Location, SegmentPair, Side
from termcheck.prefilter.prefiltered_stretch import prefilter_for, prefilter_rows
from termcheck.readers.stretches import RowCell, RowStretch, lines_document
from termcheck.rules import PAIR_CHECKS


class TextSpan(Struct, frozen=True):
    """Half-open offsets in code points in one of the two texts of a row."""

    side: Side
    start: int
    end: int


class RowFinding(Struct, frozen=True):
    """A finding on the row with this index; it has no confidence, which would depend on all other rows."""

    row: int
    finding: Finding
    place: TextSpan
    source: TextSpan | None


class RowChecker:
    """Checks rows with one glossary, which is compiled once.

    Only rules on single pairs run, also where `settings` select others. Raises TermcheckError when the
    glossary does not have the languages.
    """

    def __init__(self, glossary: Glossary, settings: Settings) -> None:
        languages = direction(glossary, settings.source_lang, settings.target_lang)
        selection = settings.selection
        codes = selection.codes & {rule.code for rule in PAIR_CHECKS}
        self._settings = replace(settings, selection=replace(selection, codes=codes))
        self._compiled: CompiledGlossary = compile_glossary(
            glossary, index_glossary(glossary, *languages), None
        )
        self._active = active_terms(settings.today, "")
        self._prefilter = prefilter_for(self._compiled, self._active, self._settings, "")

    def check(self, sources: Sequence[str], targets: Sequence[str]) -> Iterator[RowFinding]:
        """The findings on rows, given their texts, in the order of rows."""
        pairs = RowStretch(0, sources, targets)
        complete, places = pairs.complete_rows(), range(len(sources))
        if self._prefilter is None or not complete.first_lines:
            yield from self._judged(pairs, places)
        else:
            _, to_judge = prefilter_rows(complete, self._prefilter)
            yield from self._judged(pairs.only(to_judge), to_judge)

    def _judged(self, rows: RowStretch, places: Sequence[int]) -> Iterator[RowFinding]:
        """The findings on some rows that must be looked at, which stand at these places among all."""
        document = lines_document(_cells(rows.sources, rows.targets))
        segments = document.segments
        pairs = tuple(
            SegmentPair(segments[row : row + 1], segments[row + 1 : row + 2], run=row)
            for row in range(0, len(segments), 2)
        )
        bitext = Bitext(document, document, pairs)
        prepared = PreparedBitext(
            self._compiled, bitext, SegmentMatches(self._compiled), self._active, independent=True
        )
        checked = check_bitext(prepared, self._settings)
        for error in prepared.compiled.given_up:
            raise error
        configured = map(self._settings.selection.as_configured, checked.findings)
        for finding in sorted(configured, key=_row):
            source = _place(finding.source) if finding.source else None
            yield RowFinding(places[_row(finding)], finding, _place(finding.location), source)


def _cells(sources: Sequence[str], targets: Sequence[str]) -> Iterator[RowCell]:
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        yield source, row, Side.SOURCE
        yield target, row, Side.TARGET


def _row(finding: Finding) -> int:
    return (finding.location.line - 1) // 2


def _place(location: Location) -> TextSpan:
    side = Side.SOURCE if location.line % 2 else Side.TARGET
    return TextSpan(side, location.column - 1, location.end_column - 1)
