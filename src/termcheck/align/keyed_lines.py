"""Pairs the lines of tables and lists in two files by their keys, in whatever order each file has them.

A reference table names in each row what is not translated: an attribute, a command, a code. A translation
may sort its rows anew, or lack some. Rows with the same name belong together all the same. Where the names
do not agree, nothing is said, and the cells are aligned like paragraphs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from termcheck.align.shared_tokens import Range, rising_chain
from termcheck.lazy import compile_later
from termcheck.model import Segment, SegmentPair
from termcheck.readers.paragraphs import main_script

Blocks = Sequence[tuple[Segment, ...]]
"""The blocks of one side; a block is one or more segments."""

_Cells = tuple[int, ...]

# A number of one or two digits may count the lines.
_KEY = compile_later(r"[^\W\d_]|\d{3}")
# All figures were chosen by hand. Tables agree if they share this many keys, and this share of the lines of
# the shorter table. A list has no edges of its own, so it has to share this much of the longer one.
_MIN_KEYS = 2
_TABLE_SHARE, _LIST_SHARE = 0.5, 0.75
# A key that more tables of a file have does not tell which of them belong together.
_MOST_TABLES = 50
# Lines with the same name, and lines whose name each table has several times.
_CONFIDENCE, _REPEATED_CONFIDENCE = 0.98, 0.8

_LinePair = tuple["_Line | None", "_Line | None", float]


class _Line(Struct, frozen=True):
    """A line of a table, or an item of a list: what may be its key, and its blocks by column."""

    keys: tuple[str, ...]
    cells: Mapping[int, _Cells]

    def blocks(self, *, but: int | None = None) -> _Cells:
        """The blocks of all columns `but` one."""
        return tuple(block for column, cell in self.cells.items() if column != but for block in cell)

    def key(self, column: int) -> str:
        """The text in a column, if it can be a key; else empty."""
        text = self.keys[column].strip() if column < len(self.keys) else ""
        return text if _KEY.search(text) else ""


class _Table(Struct, frozen=True):
    """A table, or a list whose items begin with code or with emphasis."""

    is_list: bool
    blocks: Range
    lines: Sequence[_Line]

    def lines_by_key(self, column: int) -> dict[str, list[int]]:
        """The lines that have each key in a column."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            if key := line.key(column):
                found[key].append(number)
        return found


class KeyedTable(Struct, frozen=True):
    """Two tables that belong together: the blocks that they take up on each side, and their pairs.

    A line or a cell that one side lacks is in a pair without a counterpart.
    """

    sources: Range
    targets: Range
    pairs: tuple[SegmentPair, ...]


def keyed_tables(sources: Blocks, targets: Blocks) -> list[KeyedTable]:
    """The tables and lists of two files that belong together by their keys, in order on both sides."""
    tables = list(_tables(sources)), list(_tables(targets))
    columns = _shared_columns(*tables) if all(tables) else {}
    links = ((source, target, float(count)) for (source, target), (count, _) in columns.items())
    found = []
    for source, target in rising_chain(links):
        one, other, column = tables[0][source], tables[1][target], columns[source, target][1]
        pairs = tuple(
            SegmentPair(_segments(sources, cells), _segments(targets, opposite), confidence)
            for line, counterpart, confidence in _pair_lines(one, other, column)
            for cells, opposite in _pair_cells(line, counterpart, column)
        )
        found.append(KeyedTable(one.blocks, other.blocks, pairs))
    return found


def _segments(blocks: Blocks, cells: _Cells) -> tuple[Segment, ...]:
    return tuple(segment for cell in cells for segment in blocks[cell])


def _tables(blocks: Blocks) -> Iterator[_Table]:
    def key(item: tuple[int, tuple[Segment, ...]]) -> tuple[bool, int]:
        first = item[1][0]
        return (False, first.cell.table) if first.cell else (True, bool(_first_words(first)))

    for (is_list, number), group in groupby(enumerate(blocks), key):
        if is_list and not number:
            continue
        members = list(group)
        lines = (
            [_Line((_first_words(block[0]),), {0: (index,)}) for index, block in members]
            if is_list
            else list(_table_lines(members))
        )
        if len(lines) >= _MIN_KEYS:
            yield _Table(is_list, (members[0][0], members[-1][0] + 1), lines)


def _first_words(segment: Segment) -> str:
    """The code, the emphasis or the link that a text begins with."""
    spans = (span for span in (*segment.protected[:1], *segment.marked[:1]) if span.start == 0)
    return next((segment.text[: span.end] for span in spans if span.end < len(segment.text)), "")


def _table_lines(blocks: Sequence[tuple[int, tuple[Segment, ...]]]) -> Iterator[_Line]:
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    texts: dict[int, tuple[str, ...]] = {}
    for index, block in blocks:
        cell = block[0].cell
        assert cell is not None
        cells[cell.line, cell.column].append(index)
        texts[cell.line] = cell.texts
    for line in sorted(texts):
        columns = range(len(texts[line]))
        yield _Line(
            texts[line], {column: tuple(cells[line, column]) for column in columns if (line, column) in cells}
        )


def _shared_columns(
    sources: Sequence[_Table], targets: Sequence[_Table]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each source table and target table that agree: how many keys they share, and in which column."""
    by_key = _tables_by_key(sources), _tables_by_key(targets)
    shared: Counter[tuple[int, int, int]] = Counter()
    for key in by_key[0].keys() & by_key[1].keys():
        ones, others = by_key[0][key], by_key[1][key]
        if max(len(ones), len(others)) <= _MOST_TABLES:
            # A key that one table repeats more often than the other does not tell its lines apart.
            shared.update(
                (one, other, key[1])
                for one, times in ones.items()
                for other, other_times in others.items()
                if times == other_times
            )
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for (one, other, column), count in sorted(shared.items()):
        if _agree(sources[one], targets[other], count) and count > best.get((one, other), (0, 0))[0]:
            best[one, other] = count, column
    return best


def _tables_by_key(tables: Sequence[_Table]) -> dict[tuple[bool, int, str], dict[int, int]]:
    """How often each table has a key, by the kind of the table, the column and the key."""
    found: defaultdict[tuple[bool, int, str], dict[int, int]] = defaultdict(dict)
    for number, table in enumerate(tables):
        for column in range(max(len(line.keys) for line in table.lines)):
            for key, lines in table.lines_by_key(column).items():
                found[table.is_list, column, key][number] = len(lines)
    return found


def _agree(source: _Table, target: _Table, keys: int) -> bool:
    lengths = sorted((len(source.lines), len(target.lines)))
    if source.is_list:
        return keys >= max(_MIN_KEYS, _LIST_SHARE * lengths[1])
    # The header is in the language of its file.
    return keys >= max(_MIN_KEYS, _TABLE_SHARE * (lengths[0] - 1))


def _pair_lines(source: _Table, target: _Table, column: int) -> Iterator[_LinePair]:
    """The lines with the same key, and the lines without a counterpart, each with its confidence."""
    partners = _partners(source, target, column)
    taken = {number for number, _ in partners.values()}
    for number, line in enumerate(source.lines):
        # A line without a key goes with the line above it; those above all others are the headers.
        after, confidence = partners.get(number - 1, (None if number else -1, _CONFIDENCE))
        following = len(target.lines) if number in partners or after is None else after + 1
        is_free = following < len(target.lines) and following not in taken
        if is_free and _may_render(line, target.lines[following], column):
            partners[number] = following, confidence
            taken.add(following)
        partner, confidence = partners.get(number, (None, _CONFIDENCE))
        yield line, None if partner is None else target.lines[partner], confidence
    yield from ((None, line, _CONFIDENCE) for number, line in enumerate(target.lines) if number not in taken)


def _partners(source: _Table, target: _Table, column: int) -> dict[int, tuple[int, float]]:
    """For each source line with a key of both tables: its target line, and the confidence of the two."""
    keys = source.lines_by_key(column), target.lines_by_key(column)
    partners: dict[int, tuple[int, float]] = {}
    for key in keys[0].keys() & keys[1].keys():
        ones, others = keys[0][key], keys[1][key]
        if len(ones) != len(others):
            continue
        confidence = _CONFIDENCE
        if len(ones) > 1:
            lines = [source.lines[one] for one in ones], [target.lines[other] for other in others]
            if order := _order_by_cells(*lines):
                others = [others[place] for place in order]
            else:
                confidence = _REPEATED_CONFIDENCE
        partners |= {one: (other, confidence) for one, other in zip(ones, others, strict=True)}
    return partners


def _order_by_cells(sources: Sequence[_Line], targets: Sequence[_Line]) -> list[int]:
    """Where the counterparts of lines with the same key are, if what all cells share tells; else empty.

    In each column only the texts that both sides have count: numbers, codes, and names again.
    """
    columns = range(min(len(line.keys) for line in (*sources, *targets)))
    shared = [
        {line.keys[column] for line in sources} & {line.keys[column] for line in targets}
        for column in columns
    ]
    known, wanted = (
        [
            tuple(line.keys[column] if line.keys[column] in shared[column] else "" for column in columns)
            for line in lines
        ]
        for lines in (targets, sources)
    )
    places = {cells: place for place, cells in enumerate(known)}
    is_clear = len(places) == len(known) and places.keys() == set(wanted)
    return [places[cells] for cells in wanted] if is_clear else []


def _may_render(source: _Line, target: _Line, column: int) -> bool:
    """Whether the keys of two lines may be translations: they are in two scripts, or there are none."""
    one, other = source.key(column), target.key(column)
    return one == other or main_script(one) != main_script(other)


def _pair_cells(source: _Line | None, target: _Line | None, column: int) -> Iterator[tuple[_Cells, _Cells]]:
    if source is None or target is None:
        for cell in (source or target or _Line((), {})).blocks():
            yield ((cell,), ()) if source else ((), (cell,))
        return
    if len(source.keys) == len(target.keys):
        for place in sorted({*source.cells, *target.cells}):
            cells, opposite = source.cells.get(place, ()), target.cells.get(place, ())
            # Opposite code, which is no block, there is nothing to check.
            if (cells or not source.keys[place]) and (opposite or not target.keys[place]):
                yield cells, opposite
        return
    # Which of the other columns is new is not known.
    for bead in (
        (source.cells.get(column, ()), target.cells.get(column, ())),
        (source.blocks(but=column), target.blocks(but=column)),
    ):
        if any(bead):
            yield bead
