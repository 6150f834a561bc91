"""The blocks of Markdown, from the events of a CommonMark parser.

Authors use more than CommonMark has, so this differs from it: an original in a comment is text, Markdown
works inside HTML, and a line that steers a site generator ends a paragraph and does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.assembly import Markup
from termcheck.readers.markdown_directives import is_directive, without_statements
from termcheck.readers.markdown_html import parts
from termcheck.readers.markdown_leaf import Block, Leaf
from termcheck.readers.markdown_source import Event, Source
from termcheck.readers.paragraphs import Line
from termcheck.text.positions import trimmed

_ROWS = frozenset(["TableHead", "TableRow"])
_MARKS = compile_later(r"[*_~&`\[\\]")
_ATTRIBUTES = compile_later(r"\{[:#.][^{}]*\}$")


class Row(Struct, frozen=True, gc=False):
    """A row of a table, which begins at the raw offset `start`; a cell without text has no lines.

    The parser also takes a line of text right under a table for a row. It has no bars.
    """

    start: int
    cells: Sequence[Block]
    has_bars: bool


class Table(Struct, frozen=True):
    """A table; its first row is its header."""

    rows: Sequence[Row]


class BlockReader:
    """Reads the blocks of one raw text; `code` collects the raw spans that hold no language, in order."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.code: list[Span] = []

    def blocks(self, source: Source, *, in_comment: bool = False) -> Iterator[Block | Table]:
        """All blocks of a source in order, without those of code."""
        leaf, events = Leaf(source, self.code), source.events()
        for name, value, place in events:
            if leaf.take(name, value, place):
                continue
            if not leaf.is_empty:
                is_heading = name == "End" and value == "Heading"
                yield from self._heading(leaf) if is_heading else self._paragraphs(leaf)
            if name == "Start" and value == "CodeBlock":
                self.code.append(source.span(place))
                next(name for name, _, _ in events if name == "End")
            elif name == "Start" and value == "HtmlBlock":
                yield from self._html(source, events, in_comment=in_comment)
            elif name == "Start" and value == "Table":
                yield self._table(source, events)

    def _heading(self, leaf: Leaf) -> Iterator[Block]:
        """A heading without the anchor and classes at its end."""
        block = leaf.close("heading")
        lines = map(self._without_attributes, block.lines)
        yield replace(block, lines=[line for line in lines if len(line.span)])

    def _without_attributes(self, line: Line) -> Line:
        start, end = line.span.start, line.span.end
        attributes = _ATTRIBUTES.search(self.raw[start:end])
        return Line(trimmed(self.raw, start, start + attributes.start())) if attributes else line

    def _paragraphs(self, leaf: Leaf) -> Iterator[Block]:
        """A paragraph without what is code or steers a site generator, and cut at such lines."""
        block = leaf.close("paragraph")
        lines = without_statements(self.raw, block.lines)
        for is_code, part in groupby(lines, lambda line: is_directive(self.raw, line)):
            if not is_code:
                yield replace(block, lines=tuple(part))

    def _html(self, source: Source, events: Iterator[Event], *, in_comment: bool) -> Iterator[Block | Table]:
        html = Source(self.raw, _html_lines(source, events))
        for kind, start, end in parts(html.text, in_comment=in_comment):
            spans = html.cut(start, end)
            if kind == "comment":
                comment = Source(self.raw, spans, context=source)
                yield from self.blocks(comment, in_comment=True)
            elif kind == "opaque":
                self.code.append(Span(spans[0].start, spans[-1].end))
            else:
                yield self._html_text(spans, source)

    def _html_text(self, spans: Sequence[Span], context: Source) -> Block:
        """The text between tags; MDX and others allow Markdown there."""
        contents = (trimmed(self.raw, span.start, span.end) for span in spans)
        lines = [Line(content) for content in contents if len(content)]
        markup: list[Markup] = []
        marked: list[Span] = []
        for line in lines:
            if _MARKS.search(self.raw, line.span.start, line.span.end):
                # Behind a tag nothing is taken for the beginning of a block.
                source = Source(self.raw, [line.span], head="<x>", context=context)
                leaf = Leaf(source, self.code)
                for event in islice(source.events(), 2, None):
                    leaf.take(*event)
                part = leaf.close("html")
                markup += part.markup
                marked += part.marked
        return Block("html", lines, markup, marked)

    def _table(self, source: Source, events: Iterator[Event]) -> Table:
        rows: list[Row] = []
        cells: list[Block] = []
        leaf = Leaf(source, self.code)
        for name, value, place in events:
            if leaf.take(name, value, place):
                continue
            if name == "End" and value == "Table":
                break
            if name == "Start" and value in _ROWS:
                end = place["end"]
            # The parser adds cells that a row lacks, at its end.
            elif name == "End" and value == "TableCell" and place["start"] < end:
                cells.append(leaf.close("cell"))
            elif name == "End" and value in _ROWS:
                start = source.offset(place["start"])
                has_bars = len(cells) > 1 or self.raw.find("|", start, source.offset(end)) >= 0
                rows.append(Row(start, cells, has_bars))
                cells = []
        return Table(rows)


def _html_lines(source: Source, events: Iterator[Event]) -> list[Span]:
    """The lines of an HTML block without what quotes and lists put before them."""
    lines = []
    before = "\n"
    for name, text, place in takewhile(lambda event: event[0] != "End", events):
        if name == "Html":
            # The newline after a carriage return comes apart from its line.
            if before.endswith("\n") or text != "\n":
                lines.append(source.span({**place, "end": place["end"] - text.endswith("\n")}))
            before = text
    return lines
