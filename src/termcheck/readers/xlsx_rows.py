"""From the cells of a sheet to pairs: which columns hold the two sides, and which rows belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Places, Segment, Side, Span
from termcheck.readers.base import ReadOptions, identity, row_segment
from termcheck.readers.named_columns import MOST_BEFORE_HEADER, columns_by_script, named_sides
from termcheck.readers.xlsx_sheets import SheetData, column_letters, column_number
from termcheck.text.positions import trimmed

_LETTERS = compile_later(r"[A-Z]{1,3}\Z")


class SheetRow(Struct, frozen=True):
    """A row: its number, the spans of the text that are its cells, by column, and where its line ends."""

    number: int
    cells: Mapping[int, Span]
    end: int


class LaidOutSheet(Struct, frozen=True):
    """A sheet, with the rows that hold text; `name` is as it stands in front of a cell."""

    name: str
    hidden: bool
    data: SheetData
    rows: Sequence[SheetRow]


class _Columns(Struct, frozen=True):
    """The columns of the two sides, and the rows below their header.

    Without a header, `known` is false: the languages of the texts tell which side is which.
    """

    source: int
    target: int
    rows: Sequence[SheetRow]
    known: bool = True


class SheetTexts:
    """Makes the segments of the sheets of one file, and the names of their places.

    `hidden` counts the rows that were left out because they are hidden, and `sheets_read` the sheets that
    have two columns to compare.
    """

    def __init__(self, raw: str, options: ReadOptions) -> None:
        self._raw = raw
        self._options = options
        self._row = self._block = 0
        self._places: dict[int, str] = {}
        self.hidden = self.sheets_read = 0

    def places(self) -> Places:
        """The names of the places, such as `Sheet1!B12`."""
        starts = sorted(self._places)
        return Places(starts, [self._places[start] for start in starts])

    def segments(self, sheet: LaidOutSheet) -> Iterator[Segment]:
        """The segments of a sheet, row by row."""
        columns = _columns(sheet, self._raw, self._options)
        if columns is None:
            return
        if sheet.hidden and not self._options.hidden_cells:
            self.hidden += len(columns.rows)
            return
        self.sheets_read += 1
        covered = [sheet.data.covered(column) for column in (columns.source, columns.target)]
        pair: list[Segment] = []
        for row in columns.rows:
            if row.number in sheet.data.hidden_rows and not self._options.hidden_cells:
                self.hidden += 1
                continue
            continues = any(is_covered(row.number) for is_covered in covered) and bool(pair)
            values = sheet.data.values
            if (row.number, columns.source) in values or (row.number, columns.target) in values:
                # A number, or a formula that was never reckoned, needs no words on the other side.
                continue
            sides = list(self._sides(sheet, row, columns, continues=continues))
            if not continues:
                yield from self._finished(pair)
                pair = []
            pair += sides
        yield from self._finished(pair)

    def _finished(self, pair: Sequence[Segment]) -> Iterator[Segment]:
        """The segments of a row, or of rows that a merged cell joins; nothing if they hold no text."""
        if not any(segment.text for segment in pair):
            return
        block = self._block if len(pair) > 2 else None
        yield from (replace(segment, row=self._row, block=block) for segment in pair)
        self._row += 1
        self._block += len(pair) > 2

    def _sides(
        self, sheet: LaidOutSheet, row: SheetRow, columns: _Columns, *, continues: bool
    ) -> Iterator[Segment]:
        for column, side in ((columns.source, Side.SOURCE), (columns.target, Side.TARGET)):
            cell = row.cells.get(column)
            known = side if columns.known else None
            place = f"{sheet.name}!{column_letters(column)}{row.number}"
            if cell is None or not len(cell):
                if not continues:
                    # A cell that is not there has its place at the end of the line, where no other has one.
                    self._places.setdefault(row.end, place)
                    yield Segment("", (identity(row.end, row.end),), side=known)
                continue
            self._places[cell.start] = place
            span = trimmed(self._raw, cell.start, cell.end)
            text = self._raw[span.start : span.end]
            yield row_segment(text, (identity(span.start, span.end),), 0, known)


def _columns(sheet: LaidOutSheet, raw: str, options: ReadOptions) -> _Columns | None:
    """The columns of a sheet that hold the two sides; None if there are none."""
    letters = [options.source_key, options.target_key]
    hides = (lambda _: False) if options.hidden_cells else sheet.data.is_hidden
    for index, row in enumerate(sheet.rows[:MOST_BEFORE_HEADER]):
        columns = [column for column in row.cells if not hides(column)]
        named = named_sides([_text(raw, row, column) for column in columns], options)
        if named is not None:
            return _Columns(columns[named[0]], columns[named[1]], sheet.rows[index + 1 :])
    if all(map(_LETTERS.match, letters)):
        source, target = map(column_number, letters)
        return None if source == target else _Columns(source, target, sheet.rows)
    texts: dict[int, list[str]] = {}
    for row in sheet.rows[1:] or sheet.rows:
        for column in row.cells:
            if not hides(column):
                texts.setdefault(column, []).append(_text(raw, row, column))
    found = columns_by_script(texts)
    return _Columns(*found, sheet.rows, known=False) if found else None


def first_row(sheet: LaidOutSheet, raw: str) -> list[str]:
    """The texts of the first row of a sheet that holds some."""
    return [_text(raw, row, column) for row in sheet.rows[:1] for column in row.cells]


def _text(raw: str, row: SheetRow, column: int) -> str:
    span = row.cells[column]
    return raw[span.start : span.end]
