"""The blocks of a page: what stands between two tags that begin or end a line.

A block is a stretch of raw text, with the markup in it that does not show. It is divided where its language
changes, as its tags declare, and at `<br>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Side, Span
from termcheck.readers.assembly import Markup, disjoint, overlapping
from termcheck.readers.html_elements import BLOCKS, Element, Languages, OpenElements, Use, is_marked
from termcheck.readers.html_tokens import Token, attributes_of, tokens
from termcheck.readers.shown import entities

_TO_TERMCHECK = compile_later(r"<!--\s*termcheck\b")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th")


class Part(Struct, frozen=True):
    """A part of a block: its raw span, and the side of its language if it is half of a pair."""

    span: Span
    side: Side | None = None


class CellPlace(Struct, frozen=True):
    """A cell: the number of its table, and its line and column, which count from 0."""

    table: int
    line: int
    column: int


class Block(Struct, frozen=True):
    """A block: its parts, and the markup in them, sorted and disjoint.

    `is_pair`: tags declare two languages, so the parts are a text and its translation. Otherwise `side` is
    that of the language which tags declare, for the page and not for this block if it is `of_page`. `marked`
    are the raw spans that tags set off. `is_title`: it is the title of the page.
    """

    parts: Sequence[Part]
    markup: Sequence[Markup]
    marked: Sequence[Span] = ()
    is_pair: bool = False
    side: Side | None = None
    of_page: bool = False
    heading: bool = False
    is_title: bool = False
    cell: CellPlace | None = None


class _Text(Struct, frozen=True):
    """A stretch of text between two tags, and the element that it is in."""

    span: Span
    element: Element

    @property
    def is_language(self) -> bool:
        return self.element.use is Use.LANGUAGE

    @property
    def side(self) -> Side | None:
        """The side that an element inside the page declares."""
        return None if self.element.of_page else self.element.side


class Table(Struct):
    """The raw offsets of the lines and of their cells; `is_layout`: it has other tables in it."""

    number: int
    lines: list[tuple[int, list[int]]]
    is_layout: bool = False


class BlockReader:
    """Reads the blocks of a page.

    After that, `comments` are the raw spans of the comments to termcheck, `tables` the tables of the page,
    and `open` is what never ends, if there is such.
    """

    def __init__(self, raw: str, languages: Languages, attributes: Sequence[str]) -> None:
        self.comments: list[Span] = []
        self.tables: list[Table] = []
        self.open: Token | None = None
        self._raw = raw
        self._attributes = frozenset(attributes)
        self._elements = OpenElements(raw, languages)
        self._entities = [Markup(span, shown) for span, shown in entities(raw)] if "&" in raw else []
        self._inside: list[Table] = []
        self._texts: list[_Text] = []
        self._breaks: list[Span] = []
        self._markup: list[Markup] = []
        self._marked: list[Span] = []
        # Where the current block begins.
        self._start = 0

    def blocks(self) -> Iterator[Block]:
        """All blocks that have text, in order."""
        place = 0
        for token in tokens(self._raw):
            self._take_text(Span(place, token.span.start))
            place = token.span.end
            if token.name in BLOCKS and token.kind != "open":
                yield from self._block()
                yield from self._begin(token)
                self._start = token.span.end
            else:
                self._take_inline(token)
        self._take_text(Span(place, len(self._raw)))
        yield from self._block()

    def _take_text(self, span: Span) -> None:
        if not len(span):
            return
        element = self._elements.here
        if element.use is not Use.LANGUAGE:
            self._markup.append(Markup(span, None if element.use is Use.PROTECTED else ""))
        if element.use is not Use.NONE and not self._raw[span.start : span.end].isspace():
            self._texts.append(_Text(span, element))

    def _begin(self, token: Token) -> Iterator[Block]:
        """Take in a tag that begins or ends a block, and yield what its attributes say."""
        if token.kind == "start":
            self._elements.open(token)
            self._count_cells(token)
            for value in self._values(token):
                self._texts.append(_Text(value, self._elements.here))
                yield from self._block()
        elif token.kind == "end":
            self._elements.close(token)
        del self._inside[self._elements.count("table") :]

    def _count_cells(self, token: Token) -> None:
        if token.name == "table":
            # Those further out are layout already.
            for table in self._inside[-1:]:
                table.is_layout = True
            self.tables.append(Table(len(self.tables), []))
            self._inside.append(self.tables[-1])
        elif self._inside and token.name == "tr":
            self._inside[-1].lines.append((token.span.start, []))
        elif self._inside and token.name in _CELLS:
            lines = self._inside[-1].lines
            if not lines:
                lines.append((token.span.start, []))
            lines[-1][1].append(token.span.start)

    def _take_inline(self, token: Token) -> None:
        """Take in a token inside a block, which does not show."""
        span = token.span
        if token.kind == "start":
            if token.name == "br":
                self._breaks.append(span)
            self._elements.open(token)
            start = span.start
            for value in self._values(token):
                # Other words stand around it, but not in its sentence.
                self._markup.append(Markup(Span(start, value.start), " "))
                self._texts.append(_Text(value, self._elements.here))
                start = value.end
            self._markup.append(Markup(Span(start, span.end), " " if start > span.start else ""))
            return
        self._markup.append(Markup(span))
        if token.kind == "end":
            closed = self._elements.close(token)
            if closed is not None and is_marked(token.name):
                self._marked.append(Span(closed.start, span.end))
        elif token.kind == "open":
            self.open = token
        elif token.kind == "comment" and _TO_TERMCHECK.match(self._raw, span.start):
            self.comments.append(span)

    def _values(self, token: Token) -> list[Span]:
        """The raw spans of the values of those attributes that are read."""
        if not self._attributes or not len(token.attributes) or self._elements.here.use is not Use.LANGUAGE:
            return []
        values = attributes_of(self._raw, token)
        found = (span for name, span in values.items() if name in self._attributes)
        return sorted(span for span in found if self._raw[span.start : span.end].strip())

    def _block(self) -> Iterator[Block]:
        """The block that ends here, if it has text; another begins."""
        texts, breaks = self._texts, self._breaks
        markup, marked = self._markup, self._marked
        self._texts, self._breaks, self._markup, self._marked = [], [], [], []
        if not any(text.is_language for text in texts):
            return
        span = Span(texts[0].span.start, texts[-1].span.end)
        pair = _two_languages(self._raw, texts, breaks, self._start)
        first = next(text for text in texts if text.is_language).element
        yield Block(
            pair or list(_between(span, breaks)),
            list(disjoint([*markup, *overlapping(self._entities, span)])),
            sorted(marked),
            is_pair=bool(pair),
            side=first.side,
            of_page=first.of_page,
            heading=self._elements.inside(_HEADINGS),
            is_title=self._elements.inside(("title",)),
            cell=self._cell(),
        )

    def _cell(self) -> CellPlace | None:
        if not (self._inside and self._elements.inside(_CELLS, ("table",))):
            return None
        table = self._inside[-1]
        return CellPlace(table.number, len(table.lines) - 1, len(table.lines[-1][1]) - 1)


def _two_languages(raw: str, texts: Sequence[_Text], breaks: Sequence[Span], begin: int) -> list[Part]:
    """The parts of a block in both languages, as its tags declare them; none if it is not like that.

    One language may be that of the whole block only if `<br>` divides the two: a name in the other language,
    inside a sentence, is marked up just the same. The block begins at the raw offset `begin`.
    """
    told = [
        text
        for text in texts
        if text.is_language
        and (text.element.declared >= begin or any(map(str.isalnum, raw[text.span.start : text.span.end])))
    ]
    runs = [list(run) for _, run in groupby(told, lambda text: text.side)]
    if len(runs) != len(Side) or None in {run[0].side for run in runs}:
        return []
    spans = [Span(run[0].span.start, run[-1].span.end) for run in runs]
    between = [one for one in breaks if spans[0].end <= one.start and one.end <= spans[1].start]
    if between:
        spans = [Span(texts[0].span.start, between[0].start), Span(between[-1].end, texts[-1].span.end)]
    elif any(text.element.declared < begin for text in told):
        return []
    return [Part(span, run[0].side) for span, run in zip(spans, runs, strict=True)]


def _between(span: Span, breaks: Sequence[Span]) -> Iterator[Part]:
    """The parts of a block before, between and after its breaks; a part may be empty."""
    start = span.start
    for one in breaks:
        if one.start >= start and one.end <= span.end:
            yield Part(Span(start, one.start))
            start = one.end
    yield Part(Span(start, span.end))
