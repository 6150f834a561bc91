"""Where the pairs of a bitext stand, to find the pair that a finding is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from termcheck.model import Bitext, Document, Location, Segment, SegmentPair


class PairPlaces:
    """The paragraphs of a bitext's documents in order, each with its pair."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self.documents = {document.path: document for document in (bitext.source, bitext.target)}
        found: dict[str, list[tuple[int, int]]] = {path: [] for path in self.documents}
        for number, pair in enumerate(bitext.pairs):
            for document, segment in self.paragraphs(pair):
                found[document.path].append((segment.raw.start, number))
        self._pairs = {path: sorted(places) for path, places in found.items()}

    def paragraphs(self, pair: SegmentPair) -> Iterator[tuple[Document, Segment]]:
        """The paragraphs of a pair, with the documents they stand in."""
        yield from ((self._bitext.source, segment) for segment in pair.source)
        yield from ((self._bitext.target, segment) for segment in pair.target)

    def offset(self, location: Location) -> int:
        """The raw offset at which a location in one of the documents begins."""
        return self.documents[location.path].line_starts[location.line - 1] + location.column - 1

    def pair(self, location: Location) -> SegmentPair | None:
        """The pair in whose paragraph a location begins, or the last one before it."""
        return self.pair_at(location.path, self.offset(location)) if location.path in self.documents else None

    def pair_at(self, path: str, offset: int) -> SegmentPair | None:
        """The pair in whose paragraph a raw offset of a document is, or the last one before it."""
        places = self._pairs[path]
        number = bisect_right(places, (offset, len(self._bitext.pairs))) - 1
        return self._bitext.pairs[places[number][1]] if number >= 0 else None
