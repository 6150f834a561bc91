"""Pairs that come as two lists of texts, from files and tables that are no text themselves.

They get what a text has by itself: a document for each side, in which a line is the text of a row, so that
the same rules make the same findings, and a place tells the row and the offset in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model import Document, Segment, Side
from termcheck.readers.base import text_segment
from termcheck.text.positions import PartialLineStarts

RowCell = tuple[str, int, Side]
"""A text, the number of its row and its side."""


class BareTexts(Struct, frozen=True):
    """The texts of rows that have two; `places` are the indices of these rows among all, which `count`.

    Where rows are made of lines, places are those of their first lines; `more` has for the first line of a
    row of several the others. `needed` are the numbers of rows without which others would be read in
    another way.
    """

    places: Sequence[int]
    count: int
    sources: Sequence[str]
    targets: Sequence[str]
    more: Mapping[int, range] = MappingProxyType({})
    needed: Sequence[int] = ()

    def lines(self, number: int) -> Iterator[int]:
        """The places of all lines of a row."""
        place = self.places[number]
        yield place
        yield from self.more.get(place, ())


class PairRows(Struct, frozen=True):
    """A stretch of the rows of a file, `before` of which precede it.

    `size` is what it takes of the file, in bytes, more or less. `places`, where some rows of the stretch are
    left out, are the indices of those that are there.
    """

    before: int
    sources: Sequence[str]
    targets: Sequence[str]
    size: int = 0
    first: bool = False
    last: bool = False
    places: Sequence[int] | None = None

    def texts(self) -> BareTexts:
        """The rows with texts on both sides."""
        count = len(self.sources)
        places = [place for place in range(count) if self.sources[place] and self.targets[place]]
        if len(places) == count:
            return BareTexts(range(count), count, self.sources, self.targets)
        sources, targets = ([side[place] for place in places] for side in (self.sources, self.targets))
        return BareTexts(places, count, sources, targets)

    def only(self, places: Sequence[int]) -> Self:
        """The same without the other rows."""
        sources, targets = ([side[place] for place in places] for side in (self.sources, self.targets))
        return replace(self, sources=sources, targets=targets, places=places)

    def documents(self, name: str, format_name: str) -> list[Document]:
        """The document of each side, with the lines that these rows have in the whole file."""
        within = range(len(self.sources)) if self.places is None else self.places
        lines = [self.before + place + 1 for place in within]
        return [
            lines_document(zip(texts, range(len(texts)), repeat(side)), name, format_name, lines)
            for side, texts in ((Side.SOURCE, self.sources), (Side.TARGET, self.targets))
        ]


def lines_document(
    cells: Iterable[RowCell], path: str = "", format_name: str = "", numbers: Sequence[int] = ()
) -> Document:
    """A document in which each text is a line, also one with line breaks of its own.

    `numbers` are those of the lines, which count from 1 if there are none.
    """
    starts: list[int] = []
    segments: list[Segment] = []
    texts: list[str] = []
    start = 0
    for text, row, side in cells:
        starts.append(start)
        texts.append(text)
        segments.append(text_segment(text, row, side, start))
        start += len(text) + 1
    lines = PartialLineStarts(starts, numbers) if numbers else starts
    return Document(path, "\n".join(texts), tuple(segments), lines, format=format_name)
