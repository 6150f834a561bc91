"""From the blocks of a page to its segments: lines are joined, sides are set, cells of tables become rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Side, Span
from termcheck.readers.assembly import Markup, assemble, overlapping, shown_text
from termcheck.readers.base import ReadOptions
from termcheck.readers.html_blocks import Block, Table
from termcheck.readers.html_elements import Languages
from termcheck.readers.paragraphs import Rows, is_bilingual, main_script
from termcheck.readers.tables import TableLine, cell_segments
from termcheck.text.positions import trimmed

_LINE = compile_later(r"[^\r\n]+")


class PageSegments:
    """Makes segments of the blocks of one page."""

    def __init__(self, raw: str, languages: Languages, options: ReadOptions) -> None:
        self._raw = raw
        self._languages = languages
        self._options = options
        self._rows = Rows()
        both = bool(languages.source and languages.target)
        self._share_script = both and share_script(languages.source, languages.target)

    def of(self, blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[Segment]:
        """The segments of all blocks, in order."""
        declared = {block.side for block in blocks if not block.of_page}
        data = _data_tables(blocks, tables)

        def table_of(block: Block) -> int | None:
            return block.cell.table if block.cell is not None and block.cell.table in data else None

        for number, group in groupby(blocks, table_of):
            if number is None:
                for block in group:
                    yield from self._block(block, declared)
            else:
                yield from self._table(tables[number], group, declared)

    def _table(self, table: Table, blocks: Iterable[Block], declared: set[Side | None]) -> Iterator[Segment]:
        cells: list[list[list[Segment]]] = [[[] for _ in columns] for _, columns in table.lines]
        for block in blocks:
            assert block.cell is not None
            segments = (replace(segment, row=None) for segment in self._block(block, declared))
            cells[block.cell.line][block.cell.column] += segments
        lines = [TableLine(start) for start, _ in table.lines]
        yield from cell_segments(lines, cells, self._rows, self._options)

    def _block(self, block: Block, declared: set[Side | None]) -> Iterator[Segment]:
        for parts in self._texts(block):
            found = list(self._segments(block, parts))
            for segment, part in zip(found, parts, strict=True):
                own = part.side or self._side(block, segment, declared)
                # A page has one title, which is the counterpart of none of its paragraphs.
                key = "title" if block.is_title else ""
                if own or block.heading or key:
                    segment = replace(segment, side=own, heading=block.heading, key=key)
                yield segment

    def _texts(self, block: Block) -> Iterator[list[_Text]]:
        """The texts of the parts of a block; an empty line between two of them divides it."""
        found: list[_Text] = []
        for part in block.parts:
            markup = overlapping(block.markup, part.span)
            lines = list(_lines(self._raw, part.span, markup))
            if lines:
                found.append(_Text(lines, markup, part.side))
            elif found:
                yield found
                found = []
        if found:
            yield found

    def _segments(self, block: Block, texts: Sequence[_Text]) -> Iterator[Segment]:
        """The segments of texts that belong together: a row if they are in both languages, else a block."""
        scripts = [main_script(text.shown(self._raw)) for text in texts] if len(texts) > 1 else []
        is_row = block.is_pair or is_bilingual(scripts)
        row, number = self._rows.new() if is_row else None, self._rows.new_block()
        for text in texts:
            yield assemble(self._raw, text.markup, text.lines, row=row, block=number, marked=block.marked)

    def _side(self, block: Block, segment: Segment, declared: set[Side | None]) -> Side | None:
        """The side that tags declare for a segment, unless its script says otherwise.

        What a page says of itself counts only if it also has texts in the other language.
        """
        side = block.side
        if side is None or not (self._languages.source and self._languages.target):
            return None
        if block.of_page and not (self._share_script and declared - {None, side}):
            return None
        if self._share_script:
            return side
        seen = side_of(segment.unprotected_text, self._languages.source, self._languages.target)
        return side if seen in (side, None) else None


class _Text(Struct, frozen=True):
    """The lines of a part of a block that show something, the markup in them, and its side."""

    lines: Sequence[Span]
    markup: Sequence[Markup]
    side: Side | None

    def shown(self, raw: str) -> str:
        return " ".join(shown_text(raw, self.markup, line) for line in self.lines)


def _lines(raw: str, span: Span, markup: Sequence[Markup]) -> Iterator[Span]:
    for match in _LINE.finditer(raw, span.start, span.end):
        line = trimmed(raw, *match.span())
        if len(line) and (not markup or shown_text(raw, markup, line).strip()):
            yield line


def _data_tables(blocks: Sequence[Block], tables: Sequence[Table]) -> set[int]:
    """The numbers of the tables whose cells are texts; cells of several blocks are parts of the page."""
    found = {table.number for table in tables if not table.is_layout}
    seen: set[tuple[int, int, int]] = set()
    begun: set[int] = set()
    before: int | None = None
    for block in blocks:
        place = block.cell
        number = None if place is None else place.table
        if place is not None:
            key = place.table, place.line, place.column
            # A text between two cells is in none.
            if key in seen or (number != before and number in begun):
                found.discard(place.table)
            seen.add(key)
            begun.add(place.table)
        before = number
    return found
