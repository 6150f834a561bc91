"""Documents: spans, segments that know where their text came from, pairs of segments, bitexts."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from termcheck.model.errors import TermcheckError


class Span(Struct, frozen=True, order=True, gc=False):
    """Half-open range of code points, `start <= end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (equal spans do)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


def overlaps_any(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span overlaps one of many, which are in order and disjoint."""
    first = bisect_right(spans, span.start, key=_end)
    return first < len(spans) and spans[first].start < span.end


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order; spans that overlap or touch become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _end(span: Span) -> int:
    return span.end


class Side(enum.Enum):
    """Which side of the language pair a piece of text is on."""

    SOURCE = "source"
    TARGET = "target"


class Piece(Struct, frozen=True, gc=False):
    """A stretch of a segment's text and the stretch of raw text it was read from.

    Stretches of equal length correspond character by character. Any other piece (an escape, an entity, a
    doubled quote) is atomic: every part of `text` maps to the whole of `raw`.
    """

    text: Span
    raw: Span


class Cell(Struct, frozen=True):
    """A cell of a table, among all cells of its line.

    `table` is a number that no other table of the file has; lines and columns count from 0. `texts` are the
    texts of all cells of the line.
    """

    table: int
    line: int
    column: int
    texts: tuple[str, ...]


class Segment(Struct, frozen=True):
    """One paragraph, cell or value, with the way back to the raw text.

    `pieces` cover `text` in order without gaps. `protected` spans of `text` (code, URLs, tags, …) are in
    order, do not overlap, and neither accuse nor acquit. `row` is set where the format itself says which
    segments belong together (table rows, JSON lines): the segments of one row are paired, never aligned.
    `side` is set where the format knows it. `block` numbers the block (a Markdown paragraph, a list item, a
    comment) that a segment is a piece of, where the format has blocks. `key` names a text in front matter,
    which is one block, or in a file in which every text has a name: texts with the same key are paired, never
    aligned. `marked` spans of `text` are set
    off by markup that does not show: emphasis and the texts of links. `cell` is set
    in tables of documents, not in files of rows. `time` is when a cue of subtitles shows, in milliseconds:
    segments with a time are paired by it, never aligned.
    """

    text: str
    pieces: tuple[Piece, ...]
    protected: tuple[Span, ...] = ()
    heading: bool = False
    row: int | None = None
    side: Side | None = None
    block: int | None = None
    key: str = ""
    marked: tuple[Span, ...] = ()
    cell: Cell | None = None
    time: Span | None = None

    @property
    def raw(self) -> Span:
        """The raw stretch from the first piece's start to the last one's end."""
        return Span(self.pieces[0].raw.start, self.pieces[-1].raw.end)

    def part(self, span: Span) -> Segment:
        """The part of the segment at a span of its text, which must not be empty."""
        pieces = tuple(
            Piece(
                Span(
                    max(piece.text.start, span.start) - span.start, min(piece.text.end, span.end) - span.start
                ),
                self.raw_span(Span(max(piece.text.start, span.start), min(piece.text.end, span.end))),
            )
            for piece in self.pieces_in(span)
        )
        return Segment(
            self.text[span.start : span.end],
            pieces,
            _within(self.protected, span),
            self.heading,
            self.row,
            self.side,
            self.block,
            self.key,
            _within(self.marked, span),
        )

    def protects(self, span: Span) -> bool:
        """Whether a span of the text is protected, if only in part."""
        return overlaps_any(self.protected, span)

    @property
    def unprotected_text(self) -> str:
        """The text with each protected span replaced by a blank."""
        if not self.protected:
            return self.text
        edges = [0, *(edge for span in self.protected for edge in (span.start, span.end)), len(self.text)]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return " ".join(self.text[start:end] for start, end in gaps)

    def pieces_in(self, span: Span) -> Sequence[Piece]:
        """The pieces that overlap a span of `text`."""
        first = bisect_right(self.pieces, span.start, key=_text_end)
        return self.pieces[first : bisect_left(self.pieces, span.end, first, key=_text_start)]

    def raw_span(self, span: Span) -> Span:
        """Map a span of `text` to the raw text; an atomic piece is taken whole."""
        pieces = self.pieces
        first = bisect_right(pieces, span.start, key=_text_end)
        last = bisect_left(pieces, span.end, first, key=_text_end)
        raw = self.raw
        start = _map(pieces[first], span.start, at_end=False) if first < len(pieces) else raw.start
        end = _map(pieces[last], span.end, at_end=True) if last < len(pieces) else raw.end
        return Span(start, end)


def _text_start(piece: Piece) -> int:
    return piece.text.start


def _within(spans: tuple[Span, ...], part: Span) -> tuple[Span, ...]:
    """The spans as far as they lie in a part of the text, counted from its beginning."""
    return tuple(
        Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
        for span in spans[bisect_right(spans, part.start, key=_end) :]
        if span.start < part.end
    )


def _text_end(piece: Piece) -> int:
    return piece.text.end


def _map(piece: Piece, offset: int, *, at_end: bool) -> int:
    if len(piece.text) == len(piece.raw):
        return piece.raw.start + offset - piece.text.start
    if at_end:
        return piece.raw.end if offset > piece.text.start else piece.raw.start
    return piece.raw.start


class Places(Struct, frozen=True):
    """What people call the places of a file without lines, such as `¶12` or `Sheet1!B12`.

    Each of `starts`, raw offsets in order, begins a place, and `names` has its name.
    """

    starts: Sequence[int]
    names: Sequence[str]

    def name_at(self, offset: int) -> str:
        """The name of the place of a raw offset; empty before the first place."""
        index = bisect_right(self.starts, offset)
        return self.names[index - 1] if index else ""


class Document(Struct, frozen=True):
    """A file as read: its raw text (decoded, without BOM, newlines unchanged) and its segments.

    `line_starts[i]` is the raw offset at which line i + 1 begins. `path` is as the user wrote it, with
    forward slashes. `unread` counts the rows that could not be read; `errors` are the first of their errors.
    `format` names the format it was read as; it is empty if the document only serves for quoting.
    `directives` are the raw spans of the comments addressed to termcheck, in order. `left_out` counts the
    texts that are not checked because of their state, by a word for it. A file that is no text has the text
    that its reader makes of it as `raw`, `places` that have names, and `read_only` raw spans, in order, that
    no fix can change.
    """

    path: str
    raw: str
    segments: tuple[Segment, ...]
    line_starts: Sequence[int]
    front_matter: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[TermcheckError, ...] = ()
    format: str = ""
    directives: tuple[Span, ...] = ()
    unread: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    places: Places | None = None
    read_only: tuple[Span, ...] = ()

    def place_at(self, offset: int) -> str:
        """What the place of a raw offset is called; empty in a text, which has lines."""
        return self.places.name_at(offset) if self.places is not None else ""


class SegmentPair(Struct, frozen=True):
    """A bead of the alignment: source segments and the target segments that render them (1-1, 2-1, 1-2, …).

    An unpaired paragraph has an empty other side. `confidence` in [0, 1] is the probability that the pairing
    is right. `run` numbers the stretch of the document that was aligned as one. `by_file`: the file
    itself puts the segments together, in a row or under a key. `shifted`: the
    counterparts seem to stand some rows away. `nearby` are target segments beside the pair, of cues over
    which its sentence may run on: what they render is rendered.
    """

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    confidence: float = 1.0
    run: int = 0
    by_file: bool = False
    shifted: bool = False
    nearby: tuple[Segment, ...] = ()

    @property
    def unpaired_paragraphs(self) -> int:
        """How many paragraphs lack a counterpart; a text with a key may lack one."""
        if self.source and self.target:
            return 0
        return sum(not segment.key for segment in (*self.source, *self.target))


class Bitext(Struct, frozen=True):
    """The pairs of one bilingual document, or of a source file and its target file."""

    source: Document
    target: Document
    pairs: tuple[SegmentPair, ...]
