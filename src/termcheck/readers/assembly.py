"""Lines to the text of a segment, as it shows without markup, with the way back to the raw text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Span, merge
from termcheck.readers.protect import protected_spans
from termcheck.text.scripts import HAN_CLASS, KANA_CLASS

UNSPACED = HAN_CLASS + KANA_CLASS + "\u3000-〿！-～"
"""The characters, as a class of a regular expression, between which no blank is written."""

_JOINED_END = compile_later(f"[{UNSPACED}]$")
_JOINED_START = compile_later(f"[{UNSPACED}]")


class Markup(Struct, frozen=True, order=True, gc=False):
    """A raw span that shows as other text, most often as none; with None it shows as protected text."""

    raw: Span
    shown: str | None = ""


def overlapping(markup: Sequence[Markup], raw: Span) -> Sequence[Markup]:
    """The markup in a raw span, or partly in it."""
    first = bisect_right(markup, raw.start, key=lambda mark: mark.raw.end)
    return markup[first : bisect_left(markup, raw.end, key=lambda mark: mark.raw.start)]


def disjoint(markup: Iterable[Markup]) -> Iterator[Markup]:
    """Markup in order, without what begins inside of other markup."""
    end = 0
    for mark in sorted(markup, key=lambda mark: (mark.raw.start, -mark.raw.end)):
        if mark.raw.start >= end:
            end = mark.raw.end
            yield mark


def assemble(
    raw: str,
    markup: Sequence[Markup] | None,
    spans: Sequence[Span],
    *,
    row: int | None = None,
    block: int | None = None,
    marked: Sequence[Span] = (),
) -> Segment:
    """The segment of one or more lines, joined by a blank or, between Chinese or kana, by nothing.

    `markup`, sorted and disjoint, is what a parser found in the raw text. Without a parser, text between
    backticks is protected as code. `marked` are raw spans that markup sets off.
    """
    if len(spans) == 1 and not (markup and overlapping(markup, spans[0])):
        text = raw[spans[0].start : spans[0].end]
        pieces = [Piece(Span(0, len(text)), spans[0])]
        return _segment(text, pieces, protected_spans(text, code=markup is None), row, block, marked)
    texts: list[str] = []
    pieces = []
    protected: list[Span] = []
    length = 0
    code: Markup | None = None
    for span in spans:
        begins = bool(pieces)
        shown = _shown(raw, span, markup) if markup else [(raw[span.start : span.end], span, None)]
        for text, place, mark in shown:
            start = length
            if begins and _needs_blank(texts[-1], text):
                texts.append(" ")
                pieces.append(Piece(Span(length, length + 1), Span(pieces[-1].raw.end, place.start)))
                length += 1
            texts.append(text)
            pieces.append(Piece(Span(length, length + len(text)), place))
            length += len(text)
            if mark and mark.shown is None:
                # Code may go on in the next line.
                protected.append(Span(start if mark is code else length - len(text), length))
            begins, code = False, mark
    joined = "".join(texts)
    found = protected_spans(joined, code=markup is None)
    shields = merge((*found, *protected)) if protected else found
    return _segment(joined, pieces, shields, row, block, marked)


def _segment(
    text: str,
    pieces: Sequence[Piece],
    protected: tuple[Span, ...],
    row: int | None,
    block: int | None,
    marked: Sequence[Span],
) -> Segment:
    names = tuple(_set_off(pieces, marked)) if marked else ()
    return Segment(text, tuple(pieces), protected, row=row, block=block, marked=names)


def _set_off(pieces: Sequence[Piece], marked: Sequence[Span]) -> Iterator[Span]:
    """The spans of the text whose raw text lies in the marked spans."""
    starts = [piece.raw.start for piece in pieces]
    for span in marked:
        nearby = pieces[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        inside = [piece.text for piece in nearby if len(piece.text) and span.contains(piece.raw)]
        if inside:
            yield Span(inside[0].start, inside[-1].end)


def shown_text(raw: str, markup: Sequence[Markup] | None, span: Span) -> str:
    """The text that a raw span shows."""
    return "".join(text for text, _, _ in _shown(raw, span, markup or ()))


def joins(text: str) -> tuple[bool, bool]:
    """Whether a text joins a line before it, and one after it, that is Chinese or kana without a blank."""
    return bool(_JOINED_START.match(text)), bool(_JOINED_END.search(text))


def _needs_blank(before: str, after: str) -> bool:
    """Whether two lines are joined by a blank; one of them may have it, beside markup that does not show."""
    if _JOINED_END.search(before) and _JOINED_START.match(after):
        return False
    return not (before[-1].isspace() or after[0].isspace())


def _shown(raw: str, span: Span, markup: Sequence[Markup]) -> Iterator[tuple[str, Span, Markup | None]]:
    """The texts that a line shows, with their raw places and, where they are not as written, their markup."""
    start = span.start
    for mark in overlapping(markup, span):
        if start < mark.raw.start:
            yield raw[start : mark.raw.start], Span(start, mark.raw.start), None
        start, end = max(span.start, mark.raw.start), min(span.end, mark.raw.end)
        if mark.shown is None:
            yield raw[start:end], Span(start, end), mark
        elif mark.shown:
            yield mark.shown, mark.raw, mark
        start = end
    if start < span.end:
        yield raw[start : span.end], Span(start, span.end), None
