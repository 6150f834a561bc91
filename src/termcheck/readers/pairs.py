"""Pairs that come as two lists of texts, from files and tables that are no text themselves.

They get what a text has by itself: a document for each side, in which a line is the text of a row, so that
the same rules make the same findings, and a place tells the row and the offset in its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

from msgspec import Struct

from termcheck.model import Document, Segment, Side
from termcheck.readers.base import identity, value_segment
from termcheck.readers.protect import protected_spans
from termcheck.text.positions import LaterStarts

Cell = tuple[str, int, Side]
"""A text, the number of its row and its side."""


class Pairs(Struct, frozen=True):
    """A stretch of the rows of a file, `before` of which precede it.

    `size` is what it takes of the file, in bytes, more or less.
    """

    before: int
    sources: list[str]
    targets: list[str]
    size: int = 0
    first: bool = False
    last: bool = False

    def documents(self, name: str, format_name: str) -> list[Document]:
        """The document of each side, with the lines that these rows have in the whole file."""
        return [
            lines_document(zip(texts, range(len(texts)), repeat(side)), name, format_name, self.before)
            for side, texts in ((Side.SOURCE, self.sources), (Side.TARGET, self.targets))
        ]


def lines_document(cells: Iterable[Cell], path: str = "", format_name: str = "", before: int = 0) -> Document:
    """A document in which each text is a line, also one with line breaks of its own."""
    starts: list[int] = []
    segments: list[Segment] = []
    texts: list[str] = []
    start = 0
    for text, row, side in cells:
        starts.append(start)
        texts.append(text)
        pieces = (identity(start, start + len(text)),)
        segments.append(value_segment(text, pieces, protected_spans(text), row, side))
        start += len(text) + 1
    lines = LaterStarts(starts, before) if before else starts
    return Document(path, "\n".join(texts), tuple(segments), lines, format=format_name)
