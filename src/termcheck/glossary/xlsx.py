"""Glossaries in Excel files: each sheet that names two languages is a table.

The line of a term is the number of its row, counted on from sheet to sheet, and its column that of its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.table import Cell, TableReader
from termcheck.glossary.table_header import columns_of
from termcheck.glossary.table_layout import layout, order_of
from termcheck.model import Glossary, TermcheckError
from termcheck.readers.packages import Package
from termcheck.readers.xlsx_sheets import SharedStrings, Sheet, SheetCell, SheetData, StringPiece

_TITLE = "Excel"
_USUAL_PART = "xl/workbook.xml"
# So many rows above the header may hold a title and the like.
_MOST_ABOVE = 20

Row = list[Cell]


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError for what is no Excel file, or has no table of terms."""
    sheets: list[Sequence[Row]] = [rows for rows in _sheets(Package.of(data, path, _TITLE)) if rows]
    tables = [rows for rows in map(_from_header, sheets) if rows]
    if options.columns or not tables:
        tables = sheets
    if not tables:
        raise TermcheckError("the file has no texts", path=path, advice="is this the file you mean?")
    reader: TableReader | None = None
    for rows in tables:
        table = layout(rows, path, options)
        reader = reader or TableReader(path, order_of(table.columns, dict(table.languages)))
        reader.add(table)
    assert reader is not None
    return reader.finish().glossary()


class _AllCells(Sheet):
    """The cells of a sheet, with truth values and numbers, which may say that a term is forbidden."""

    def finish(self, name: str) -> None:
        """Keep a cell if it holds anything."""
        if name == "c" and self._kind in ("b", "n") and not self._is_formula:
            if pieces := self.take_pieces():
                self._keep(SheetCell(self._row, self._column, pieces))
        else:
            super().finish(name)


def _from_header(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows from the header on; none if there is no header."""
    for index, row in enumerate(rows[:_MOST_ABOVE]):
        if columns_of([cell.text for cell in row]):
            return rows[index:]
    return []


def _sheets(package: Package) -> Iterator[list[Row]]:
    """The rows of each visible sheet."""
    main = package.main_part(_USUAL_PART)
    relations = package.relations(main)
    parts = {relation.id: relation for relation in relations}
    strings: list[Sequence[StringPiece]] = []
    for relation in relations:
        if relation.kind == "sharedStrings":
            scanner = SharedStrings(package.read(relation.part))
            scanner.scan(package, relation.part)
            strings = scanner.strings
    before = 0
    for tag, attributes in package.elements(main):
        name = next((value for key, value in attributes.items() if key.endswith(" id")), "")
        part = parts.get(name)
        if tag != "sheet" or part is None or part.kind != "worksheet":
            continue
        sheet = _AllCells(package.read(part.part))
        sheet.scan(package, part.part)
        if attributes.get("state", "visible") == "visible":
            yield list(_rows(sheet.found, strings, before))
        before += sheet.found.last_row


def _rows(data: SheetData, strings: Sequence[Sequence[StringPiece]], before: int) -> Iterator[Row]:
    """The rows with text, each from the first column on; hidden rows are terms, too."""
    ordered = sorted(data.cells, key=lambda cell: (cell.row, cell.column))
    for number, cells in groupby(ordered, key=lambda cell: cell.row):
        row: Row = []
        for cell in cells:
            pieces = cell.pieces
            if cell.shared is not None:
                pieces = strings[cell.shared] if cell.shared < len(strings) else ()
            row += (Cell("", before + number, column) for column in range(len(row) + 1, cell.column))
            row.append(
                Cell("".join(text for text, _ in pieces).strip(), before + number, cell.column, counted=False)
            )
        if any(cell.text for cell in row):
            yield row
