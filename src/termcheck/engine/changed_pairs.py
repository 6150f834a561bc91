"""Findings on what changed since a revision: a pair counts as changed if a line of either side did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

from msgspec import Struct

from termcheck.changes import Changes, touched
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Bitext, Document, Finding, Segment
from termcheck.text.positions import position

_Lines = tuple[str, int, int]
_Spans = tuple[tuple[int, int], ...] | None


class ChangedPairs(Struct, frozen=True):
    """What has changed of a bitext: lines by path, and the (path, line) of all lines of changed pairs."""

    spans: dict[str, _Spans]
    lines: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, judged: Sequence[PairVerdict], bitext: Bitext, changes: Changes) -> Self:
        """The lines of both sides of each pair in which a line of either side has changed."""
        spans = {path: changes.of(path) for path in (bitext.source.path, bitext.target.path)}
        changed: set[tuple[str, int]] = set()
        # The lines that git tells of a file without lines are none of its rows.
        whole = bitext.source.format == "parquet"
        for one in judged if any(found != () for found in spans.values()) else ():
            places = [*_lines(bitext.source, one.pair.source), *_lines(bitext.target, one.pair.target)]
            if whole or any(touched(spans[path], first, last) for path, first, last in places):
                changed.update(
                    (path, line) for path, first, last in places for line in range(first, last + 1)
                )
        return cls(spans, frozenset(changed))

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is on a changed pair, or on a changed line outside of all pairs."""
        place = finding.location
        if (place.path, place.line) in self.lines:
            return True
        return touched(self.spans[place.path], place.line, place.end_line)


def _lines(document: Document, segments: Sequence[Segment]) -> Iterator[_Lines]:
    for segment in segments:
        first, _ = position(document.line_starts, segment.raw.start)
        last, _ = position(document.line_starts, max(segment.raw.end - 1, segment.raw.start))
        yield document.path, first, last
