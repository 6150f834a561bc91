"""What a reader of the rendered page sees of a Markdown paragraph, with the way back to the raw text.

A term may run across markup: `**Shanghai** Cooperation Organization`, `[上合](…)组织`. So the marks of
emphasis, escapes and link targets are taken out of a segment's text; code, tags and addresses stay
in it as protected spans. The full delimiter rules of CommonMark decide between readings that all show
the same words, so a simpler pairing, which also suits emphasis between Chinese letters, does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Span
from termcheck.readers.protect import merge

_TOKEN = compile_later(
    r"\\[!-/:-@\[-`{-~]|\*+|_+|~~|!?\[|\]|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
_INLINE_TAIL = compile_later(
    r"\]\(\s*(?:<[^<>]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_REFERENCE_TAIL = compile_later(r"\]\[([^\[\]]*)\]")
_DEFINITION = compile_later(r"^[ >]*\[([^\[\]^][^\[\]]*)\]:", re.MULTILINE)


class _Edit(Struct, frozen=True):
    """Text to take out, and what stands for it (nothing, or the character of an entity)."""

    span: Span
    text: str = ""


def reference_labels(raw: str) -> frozenset[str]:
    """The labels of all link reference definitions, as `_label` normalises them."""
    if "]:" not in raw:
        return frozenset()
    return frozenset(_label(match[1]) for match in _DEFINITION.finditer(raw))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def rendered(segment: Segment, labels: frozenset[str]) -> Segment:
    """The segment without its inline markup."""
    if not _TOKEN.search(segment.text):
        return segment
    scan = _Scan(segment, labels)
    scan.run()
    protected = merge((*segment.protected, *scan.protected))
    segment = replace(segment, protected=protected)
    return _rewritten(segment, sorted(scan.edits, key=lambda edit: edit.span)) if scan.edits else segment


class _Scan(Struct):
    """One pass over the markup of a segment that collects edits."""

    segment: Segment
    labels: frozenset[str]
    edits: list[_Edit] = field(default_factory=list)
    protected: list[Span] = field(default_factory=list)
    brackets: list[Span] = field(default_factory=list)
    openers: dict[str, list[Span]] = field(default_factory=lambda: {"*": [], "_": [], "~": []})

    def run(self) -> None:
        """Look at every token outside protected text."""
        text, done = self.segment.text, 0
        shields = iter(self.segment.protected)
        shield = next(shields, None)
        for token in _TOKEN.finditer(text):
            start = token.start()
            while shield and shield.end <= start:
                shield = next(shields, None)
            if start < done or (shield and shield.start <= start):
                continue
            done = self._token(Span(*token.span()), token[0])

    def _token(self, span: Span, token: str) -> int:
        """Deal with a token; gives the offset up to which the text is done with."""
        mark = token[0]
        if mark in "*_~":
            self._emphasis(span, mark)
        elif mark == "\\":
            self.edits.append(_Edit(Span(span.start, span.start + 1)))
        elif mark == "&":
            self._entity(span, token)
        elif mark == "]":
            return self._closing(span)
        else:
            self.brackets.append(span)
        return span.end

    def _entity(self, span: Span, token: str) -> None:
        from html import unescape

        character = unescape(token)
        if character != token:
            self.edits.append(_Edit(span, character))

    def _closing(self, span: Span) -> int:
        """A `]`: with the `[` before it and what follows it may be a link."""
        text = self.segment.text
        if not self.brackets:
            return span.end
        opening = self.brackets.pop()
        inner = text[opening.end : min(span.start, opening.end + 1000)]
        if inner.startswith("^") and " " not in inner:
            self.protected.append(Span(opening.start, span.end))
            return span.end
        end = self._tail(span.start, inner)
        if end:
            self.edits += (_Edit(opening), _Edit(Span(span.start, end)))
        return end or span.end

    def _tail(self, start: int, inner: str) -> int:
        """Where the link whose text closes at `start` ends; 0 if it is none."""
        text = self.segment.text
        if match := _INLINE_TAIL.match(text, start):
            return match.end()
        if not self.labels:
            return 0
        reference = _REFERENCE_TAIL.match(text, start)
        if reference and _label(reference[1] or inner) in self.labels:
            return reference.end()
        return start + 1 if _label(inner) in self.labels else 0

    def _emphasis(self, span: Span, mark: str) -> None:
        text = self.segment.text
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        closes, opens = bool(before.strip()), bool(after.strip())
        if mark == "_" and before.isalnum() and after.isalnum() and before.isascii() and after.isascii():
            return
        stack = self.openers[mark]
        while closes and stack and len(span):
            opener = stack.pop()
            count = min(len(opener), len(span))
            self.edits.append(_Edit(Span(opener.end - count, opener.end)))
            self.edits.append(_Edit(Span(span.start, span.start + count)))
            span = Span(span.start + count, span.end)
            if len(opener) > count:
                stack.append(Span(opener.start, opener.end - count))
        if opens and len(span):
            stack.append(span)


def _rewritten(segment: Segment, edits: list[_Edit]) -> Segment:
    """The segment with the edits carried out; they are sorted and disjoint."""
    starts, news = [], []
    texts: list[str] = []
    pieces: list[Piece] = []
    walker = _Pieces(segment.pieces)
    kept = length = 0
    edits = [*edits, _Edit(Span(len(segment.text), len(segment.text)))]
    for edit in edits:
        stretch = segment.text[kept : edit.span.start]
        pieces.extend(walker.take(kept, edit.span.start, length))
        length += len(stretch)
        if edit.text:
            raw = segment.raw_span(edit.span)
            pieces.append(Piece(Span(length, length + len(edit.text)), raw))
        starts.append(edit.span.start)
        news.append(length)
        texts += (stretch, edit.text)
        length += len(edit.text)
        kept = edit.span.end

    def moved(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return offset
        edit = edits[index]
        # An offset inside what was taken out lands where that stood.
        beyond = offset - edit.span.end
        return news[index] + (len(edit.text) + beyond if beyond >= 0 else 0)

    spans = (Span(moved(span.start), moved(span.end)) for span in segment.protected)
    protected = merge(span for span in spans if len(span))
    return replace(segment, text="".join(texts), pieces=tuple(pieces), protected=protected)


class _Pieces:
    """Hands out the pieces of successive stretches of a text."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._rest = iter(pieces)
        self._piece = next(self._rest, None)

    def take(self, start: int, end: int, offset: int) -> Iterator[Piece]:
        """The pieces of `start` to `end`, moved so that the first begins at `offset` of a new text."""
        while start < end and self._piece:
            piece = self._piece
            if piece.text.end <= start:
                self._piece = next(self._rest, None)
                continue
            stop = min(end, piece.text.end)
            raw = piece.raw
            if len(piece.raw) == len(piece.text):
                shift = piece.raw.start - piece.text.start
                raw = Span(start + shift, stop + shift)
            yield Piece(Span(offset, offset + stop - start), raw)
            offset += stop - start
            start = stop
