"""The text of `--show-pairs`: the pairs of a bitext with line numbers and confidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.model import Bitext, Document, Segment, SegmentPair, Span
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.report.summary import plural
from termcheck.text.width import display_width, printable, window

# Pairs with a lower confidence are coloured as doubtful; no rule depends on this.
_DOUBTFUL = 0.5

_NEWLINE = compile_later(r"\r\n|\r|\n")


def render_pairs(bitext: Bitext, options: RenderOptions, *, whole: bool = False) -> str:
    """A block for each pair: its confidence, then each segment with its line.

    Texts are cut to `options.width`, unless they are wanted whole.
    """
    paint = painter(color=options.color)
    digits = max(map(_longest_line, (bitext.source, bitext.target)))
    blocks = [_heading(bitext, paint)]
    number = 0
    for pair in bitext.pairs:
        number += bool(pair.source and pair.target)
        width = None if whole else options.width
        lines = (_pair_heading(pair, number, paint), *_segments(bitext, pair, digits, width, paint))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _heading(bitext: Bitext, paint: Paint) -> str:
    paths = dict.fromkeys((printable(bitext.source.path), printable(bitext.target.path)))
    paired = sum(bool(pair.source and pair.target) for pair in bitext.pairs)
    # A bead without a counterpart may have several paragraphs.
    unpaired = sum(pair.unpaired_paragraphs for pair in bitext.pairs)
    counts = plural(paired, "pair") + (f", {plural(unpaired, 'unpaired paragraph')}" if unpaired else "")
    return f"{paint(' -> '.join(paths), 'path')}: {counts}"


def _pair_heading(pair: SegmentPair, number: int, paint: Paint) -> str:
    if not (pair.source and pair.target):
        return paint(f"unpaired {'source' if pair.source else 'target'}", "warning")
    style = "warning" if pair.confidence < _DOUBTFUL else "title"
    return paint(f"pair {number} (confidence {pair.confidence:.2f})", style)


def _segments(
    bitext: Bitext, pair: SegmentPair, digits: int, width: int | None, paint: Paint
) -> Iterator[str]:
    sides = (("source", bitext.source, pair.source), ("target", bitext.target, pair.target))
    for side, document, segments in sides:
        for segment in segments:
            gutter = f"  {side} {_line(document, segment):>{digits}} |"
            shown = _text(segment, None if width is None else width - len(gutter) - 1)
            yield f"{paint(gutter, 'gutter')} {shown}"


def _text(segment: Segment, columns: int | None) -> str:
    """The text on one line, even if its paragraph is wrapped; None means all of it."""
    if columns is None:
        return printable(_NEWLINE.sub(" ", segment.text))
    # Text far beyond the cut need not be unwrapped.
    return window(_NEWLINE.sub(" ", segment.text[: 8 * columns]), Span(0, 0), columns).text


def _longest_line(document: Document) -> int:
    """How many characters the number, or the name, of a line takes at most."""
    if document.places is not None:
        return max(map(display_width, document.places.names), default=1)
    return len(str(max(len(document.line_starts), 1)))


def _line(document: Document, segment: Segment) -> str:
    place = document.place_at(segment.raw.start)
    return printable(place) or str(bisect_right(document.line_starts, segment.raw.start))
