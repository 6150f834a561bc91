"""The lines of one block of Markdown and the markup in them, from the events of the block's text.

A term may run across markup: `**Shanghai** Cooperation Organization`, `[上合](…)组织`. The parser says where
each piece of shown text lies. Whatever lies between two pieces of a line is markup and does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.assembly import Markup
from termcheck.readers.markdown_source import Source
from termcheck.readers.paragraphs import Line
from termcheck.readers.protect_rst import words_in_code
from termcheck.text.positions import trimmed

_INLINE = frozenset(["Emphasis", "Strong", "Link", "Image"])
# The reader of the text sees these unchanged, so they are protected.
_PROTECTED = frozenset(["Code", "InlineHtml", "FootnoteReference"])
_BREAKS = frozenset(["SoftBreak", "HardBreak"])
_NEWLINE = compile_later(r"(?:\r\n|\n|\r)[ \t>]*")
_RUN = compile_later(r"\*+|_+|~~+")


class Block(Struct, frozen=True, gc=False):
    """Lines that belong to one block, and the markup in them, sorted and disjoint.

    `kind` is paragraph, heading, html or cell. `marked` are the raw spans of emphasis and links, in order.
    """

    kind: str
    lines: Sequence[Line]
    markup: Sequence[Markup] = ()
    marked: Sequence[Span] = ()


class Leaf:
    """Collects the lines of a block, and the markup in them, from the events of its text.

    The raw spans of code are added to `code`.
    """

    def __init__(self, source: Source, code: list[Span]) -> None:
        self._source = source
        self._raw = source.raw
        self._code = code
        self._lines: list[Line] = []
        self._markup: list[Markup] = []
        self._marked: list[Span] = []
        self._runs: list[Span] = []
        # Where the current line begins, negative before it does, and up to where it is done, in raw offsets.
        self._begin = self._end = -1
        # The byte at which the last markup of the line ends.
        self._closed = 0

    def take(self, name: str, value: Any, place: Mapping[str, int]) -> bool:
        """Take in an event; False if it does not belong to the text of a block."""
        if name == "Text":
            self._show(value, place)
        elif name in _PROTECTED:
            span = self._source.span(place)
            words = Span(span.end, span.end)
            if name == "Code":
                self._code.append(span)
                words = words_in_code(self._raw, span, links=False)
            self._protect(Span(span.start, words.start if len(words) else span.end))
            if len(words):
                self._pass(words.end)
                self._protect(Span(words.end, span.end))
        elif name in _BREAKS:
            self._closed = place["start"]
            self._end_line(is_hard=name == "HardBreak")
        elif value not in _INLINE:
            return False
        elif name == "End":
            self._closed = place["end"]
        else:
            span = self._source.span(place)
            self._marked.append(span)
            if self._begin < 0:
                self._reach(span.start)
        return True

    def _protect(self, span: Span) -> None:
        """Show a raw span as it is, but not as language."""
        self._reach(span.start)
        self._markup.append(Markup(span, None))
        self._pass(span.end)

    def _show(self, text: str, place: Mapping[str, int]) -> None:
        start = self._source.offset(place["start"])
        end = start + len(text)
        self._reach(start)
        # An entity begins with an ampersand, and may stand for one.
        if text[:1] == "&" or not self._raw.startswith(text, start):
            span = self._source.span(place)
            if self._raw[start : span.end] != text:
                self._markup.append(Markup(span, text))
            end = span.end
        elif "*" in text or "_" in text or "~~" in text:
            self._add_runs(start, end)
        self._end = end

    def _add_runs(self, start: int, end: int) -> None:
        """Note the marks in shown text that may be meant as emphasis."""
        is_escaped = self._raw.startswith("\\", start - 1)
        for match in _RUN.finditer(self._raw, start + is_escaped, end):
            run = Span(*match.span())
            # The parser may cut a run up.
            if self._runs and self._runs[-1].end == run.start and self._raw[run.start - 1] == match[0][0]:
                run = Span(self._runs.pop().start, run.end)
            self._runs.append(run)

    def _reach(self, offset: int) -> None:
        """Begin a line at a raw offset; if a line has begun, what lies before the offset does not show."""
        if self._begin < 0:
            self._begin = self._end = offset
        elif offset > self._end:
            gap = Span(self._end, offset)
            if not _opens_or_closes_comment(self._raw, gap):
                self._markup.append(Markup(gap))
            self._pass(offset)

    def _pass(self, offset: int) -> None:
        """Go on to a raw offset, and end the lines before it."""
        for newline in _NEWLINE.finditer(self._raw, self._end, offset):
            self._add_line(newline.start())
            self._begin = newline.end()
        self._end = offset

    def _end_line(self, *, is_hard: bool = False) -> None:
        if self._begin < 0:
            return
        if self._closed:
            # Blanks at the end of a line are no markup.
            self._reach(trimmed(self._raw, self._end, self._source.offset(self._closed)).end)
            self._closed = 0
        self._add_line(self._end, is_hard=is_hard)

    def _add_line(self, end: int, *, is_hard: bool = False) -> None:
        span = trimmed(self._raw, self._begin, end)
        if len(span):
            self._lines.append(Line(span, is_hard))
        self._begin = -1

    @property
    def is_empty(self) -> bool:
        """Whether there has been no text since the last block."""
        return self._begin < 0 and not self._lines

    def close(self, kind: str) -> Block:
        """The block that ends here; another begins."""
        self._end_line()
        if self._runs:
            runs = list(_emphasis(self._raw, self._runs))
            self._markup += map(Markup, runs)
            self._markup.sort()
            self._marked += (
                Span(start.start, end.end) for start, end in zip(runs[::2], runs[1::2], strict=True)
            )
        block = Block(kind, tuple(self._lines), tuple(self._markup), tuple(self._marked))
        self._lines, self._markup, self._marked, self._runs = [], [], [], []
        return block


def _emphasis(raw: str, runs: Sequence[Span]) -> Iterator[Span]:
    """The marks of emphasis among runs of `*`, `_` and `~` that the parser takes for text.

    CommonMark goes by the blanks and punctuation around a run, but Chinese authors mean emphasis in
    `**注意：**请` and `组织__内__`, too.
    """
    openers: dict[str, Span] = {}
    for run in runs:
        mark = raw[run.start : run.end]
        before, after = raw[run.start - 1 : run.start], raw[run.end : run.end + 1]
        is_in_word = (before + after).isascii() and before.isalnum() and after.isalnum()
        if (mark[0] == "_" and is_in_word) or _opens_or_closes_comment(raw, run):
            continue
        if mark in openers and before.strip():
            yield from (openers.pop(mark), run)
        elif after.strip():
            openers[mark] = run


def _opens_or_closes_comment(raw: str, mark: Span) -> bool:
    """Whether a mark is the star in `{/*` or `*/}`, around a comment of MDX."""
    return raw.endswith("{/*", 0, mark.end) or raw.startswith("*/}", mark.start)
