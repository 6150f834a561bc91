"""Documents made of paragraphs, for the tests of the aligner."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.model import Document, Piece, Segment, Side, Span


def segment(
    text: str, start: int = 0, *, heading: bool = False, row: int | None = None, side: Side | None = None
) -> Segment:
    pieces = (Piece(Span(0, len(text)), Span(start, start + len(text))),)
    return Segment(text, pieces, heading=heading, row=row, side=side)


def document(texts: Sequence[str]) -> Document:
    """One segment a text, a blank line between them; a text that begins with `# ` is a heading."""
    segments: list[Segment] = []
    raw = ""
    for text in texts:
        segments.append(segment(text, len(raw), heading=text.startswith("# ")))
        raw += text + "\n\n"
    return of_segments(segments, raw)


def of_segments(segments: Sequence[Segment], raw: str = "") -> Document:
    return Document("talk.md", raw, tuple(segments), (0,))


def no_anchors(segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
    assert side in Side
    return [frozenset()] * len(segments)
