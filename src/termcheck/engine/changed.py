"""Findings on what changed since a revision: a pair counts as changed if a line of either side did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

from msgspec import Struct

from termcheck.changes import Changes
from termcheck.matching.judge import JudgedPair
from termcheck.model import Bitext, Document, Finding, Segment
from termcheck.text.positions import position

_Lines = tuple[str, int, int]


class OnChanged(Struct, frozen=True):
    """The paragraphs of a bitext's changed pairs, as (path, first line, last line)."""

    changes: Changes
    paragraphs: tuple[_Lines, ...]

    @classmethod
    def of(cls, judged: Sequence[JudgedPair], bitext: Bitext, changes: Changes) -> Self:
        """The paragraphs of both sides of each pair in which a line of either side has changed."""
        changed: list[_Lines] = []
        touched = any(changes.touch(document.path) for document in (bitext.source, bitext.target))
        # The lines that git tells of a file without lines are none of its rows.
        whole = bitext.source.format == "parquet"
        for one in judged if touched else ():
            lines = [*_lines(bitext.source, one.pair.source), *_lines(bitext.target, one.pair.target)]
            if whole or any(changes.touch_lines(*place) for place in lines):
                changed += lines
        return cls(changes, tuple(changed))

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is on a changed pair, or on a changed line outside of all pairs."""
        place = finding.location
        if self.changes.touch_lines(place.path, place.line, place.end_line):
            return True
        return any(
            path == place.path and first <= place.line <= last for path, first, last in self.paragraphs
        )


def _lines(document: Document, segments: Sequence[Segment]) -> Iterator[_Lines]:
    for segment in segments:
        first, _ = position(document.line_starts, segment.raw.start)
        last, _ = position(document.line_starts, max(segment.raw.end - 1, segment.raw.start))
        yield document.path, first, last
