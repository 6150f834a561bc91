"""The pair of a place in a bitext, to find the pair that a finding is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from termcheck.model import Bitext, Document, Location, Segment, SegmentPair


class PairPlaces:
    """The paragraphs of both documents of a bitext in order, each with its pair."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self.documents = {document.path: document for document in (bitext.source, bitext.target)}
        # For each path the raw offsets of paragraphs and the numbers of their pairs.
        starts: dict[str, list[tuple[int, int]]] = {path: [] for path in self.documents}
        for number, pair in enumerate(bitext.pairs):
            for document, segment in self.paragraphs(pair):
                starts[document.path].append((segment.raw.start, number))
        self._starts = {path: sorted(entries) for path, entries in starts.items()}

    def paragraphs(self, pair: SegmentPair) -> Iterator[tuple[Document, Segment]]:
        """The paragraphs of a pair, each with its document."""
        yield from ((self._bitext.source, segment) for segment in pair.source)
        yield from ((self._bitext.target, segment) for segment in pair.target)

    def offset(self, location: Location) -> int:
        """The raw offset at which a location in one of the documents begins."""
        return self.documents[location.path].line_starts[location.line - 1] + location.column - 1

    def pair(self, location: Location) -> SegmentPair | None:
        """The pair whose paragraph contains the beginning of a location, or the last pair before it."""
        return self.pair_at(location.path, self.offset(location)) if location.path in self.documents else None

    def pair_at(self, path: str, offset: int) -> SegmentPair | None:
        """The pair whose paragraph contains a raw offset, or the last pair before it."""
        starts = self._starts[path]
        index = bisect_right(starts, (offset, len(self._bitext.pairs))) - 1
        return self._bitext.pairs[starts[index][1]] if index >= 0 else None
