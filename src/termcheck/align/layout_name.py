"""Names the layout of a bitext after its pairs have been found.

People who wonder about a pairing ask first how the document was understood. The aligner needs no such name:
it follows from where the two sides of the pairs stand.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from termcheck.lazy import compile_later
from termcheck.model import Bitext, Document, SegmentPair, Span
from termcheck.text.positions import position

_COMMENT = compile_later(r"(?s:<!--.*?-->)")


class Layout(enum.Enum):
    """How the two languages of a text are arranged."""

    ROWS = "rows"  # the rows of a table, or JSON lines
    FILES = "files"  # a source file and a target file
    LINES = "lines"  # both languages on one line
    COMMENTS = "comments"  # one language in a comment above the other
    ALTERNATING = "alternating"  # a paragraph of one language, then its translation
    BLOCKS = "blocks"  # several paragraphs of one language, then their translations


def layout_of(bitext: Bitext) -> Layout | None:
    """The layout of most pairs of a bitext; None if there are no pairs."""
    pairs = [pair for pair in bitext.pairs if pair.source and pair.target]
    if not pairs:
        return None
    commented = _Comments(bitext.source)
    places = _Places(pairs)
    layouts = Counter(_layout(bitext, pair, commented, places) for pair in pairs)
    return layouts.most_common(1)[0][0]


def _layout(bitext: Bitext, pair: SegmentPair, commented: _Comments, places: _Places) -> Layout:
    is_row = pair.by_file and pair.source[0].row is not None
    # The parts of a bilingual line are a row, too, but they are pieces of one block.
    if is_row and pair.source[0].block is None:
        return Layout.ROWS
    if bitext.source is not bitext.target:
        return Layout.FILES
    if is_row or _is_one_line(bitext.source, pair):
        return Layout.LINES
    if commented.hold(pair.source[0].raw) is not commented.hold(pair.target[0].raw):
        return Layout.COMMENTS
    return Layout.ALTERNATING if places.are_adjacent(pair) else Layout.BLOCKS


def _is_one_line(document: Document, pair: SegmentPair) -> bool:
    first, *others = {
        position(document.line_starts, segment.raw.start)[0] for segment in (*pair.source, *pair.target)
    }
    return first > 0 and not others


class _Comments:
    """The HTML comments of a document, to ask whether a segment is in one."""

    def __init__(self, document: Document) -> None:
        self._spans = list(self._found(document.raw))

    @staticmethod
    def _found(raw: str) -> Iterator[Span]:
        if "<!--" in raw:
            yield from (Span(*found.span()) for found in _COMMENT.finditer(raw))

    def hold(self, span: Span) -> bool:
        """Whether a comment contains a span of raw offsets."""
        index = bisect_right(self._spans, Span(span.start, span.start)) - 1
        return index >= 0 and self._spans[index].contains(span)


class _Places:
    """The order in which the segments of pairs stand in their document."""

    def __init__(self, pairs: Sequence[SegmentPair]) -> None:
        starts = sorted(segment.raw.start for pair in pairs for segment in (*pair.source, *pair.target))
        self._ranks = {start: rank for rank, start in enumerate(starts)}

    def are_adjacent(self, pair: SegmentPair) -> bool:
        """Whether no segment of another pair stands between the segments of this one."""
        ranks = sorted(self._ranks[segment.raw.start] for segment in (*pair.source, *pair.target))
        return ranks[-1] - ranks[0] == len(ranks) - 1
