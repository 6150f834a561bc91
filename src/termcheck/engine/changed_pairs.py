"""Findings on pairs that changed since a git revision: those with a changed line on either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

from msgspec import Struct

from termcheck.changes import Changes, LineRanges, touched
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Bitext, Document, Finding, Segment
from termcheck.readers import FORMATS
from termcheck.text.positions import line_range


class ChangedPairs(Struct, frozen=True):
    """The changed lines of a bitext by path, and the (path, line) of every line in a changed pair."""

    changed: dict[str, LineRanges | None]
    lines: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, verdicts: Sequence[PairVerdict], bitext: Bitext, changes: Changes) -> Self:
        """Find the pairs with a changed line on either side."""
        changed = {path: changes.of(path) for path in (bitext.source.path, bitext.target.path)}
        lines: set[tuple[str, int]] = set()
        # In a file without lines the line numbers of git do not name rows.
        whole = not FORMATS[bitext.source.format].has_lines
        for verdict in verdicts if any(ranges != () for ranges in changed.values()) else ():
            pair = verdict.pair
            ranges = [*_lines(bitext.source, pair.source), *_lines(bitext.target, pair.target)]
            if whole or any(touched(changed[path], first, last) for path, first, last in ranges):
                lines.update((path, line) for path, first, last in ranges for line in range(first, last + 1))
        return cls(changed, frozenset(lines))

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is on a changed pair, or on a changed line outside of all pairs."""
        location = finding.location
        if (location.path, location.line) in self.lines:
            return True
        return touched(self.changed[location.path], location.line, location.end_line)


def _lines(document: Document, segments: Sequence[Segment]) -> Iterator[tuple[str, int, int]]:
    """The path and the first and last line of each segment."""
    for segment in segments:
        yield document.path, *line_range(document, segment.raw)
