"""XLSX: Excel files, in which two columns of a sheet hold the two sides, and each row is a pair.

The text of a file here is one line for each row that holds text, with a tab after each cell. The line of a
finding is the number of its row, counted on from sheet to sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span, TermcheckError
from termcheck.readers.base import HIDDEN, NotBilingualError, ReadOptions, Replacement
from termcheck.readers.columns import missing_sides
from termcheck.readers.package_text import Change, PackageText, TextInTheMaking, written
from termcheck.readers.packages import Package
from termcheck.readers.xlsx_rows import LaidOutSheet, SheetRow, SheetTexts, first_row
from termcheck.readers.xlsx_sheets import SharedStrings, Sheet, SheetCell, SheetData, StringPiece

_TITLE = "Excel"
_USUAL_PART = "xl/workbook.xml"
_RELATION_ID = " id"
_PLAIN_NAME = compile_later(r"[^\W\d]\w*\Z")


class _Opened(Struct, frozen=True):
    """An Excel file with its text and its sheets."""

    package: Package
    text: PackageText
    sheets: Sequence[LaidOutSheet]


class _ReadSheet(Struct, frozen=True):
    """A sheet as its part says: the part, its name and whether it is hidden."""

    part: str
    name: str
    hidden: bool
    data: SheetData


def read(data: bytes, path: str, options: ReadOptions) -> Document:
    """Read a file's bytes; raises TermcheckError for what is no Excel file, or may do harm.

    Raises NotBilingualError if no sheet has two columns to compare.
    """
    opened = _open(data, path)
    texts = SheetTexts(opened.text.raw, options)
    segments: list[Segment] = []
    for sheet in opened.sheets:
        segments += texts.segments(sheet)
    if not texts.sheets_read:
        raise _no_columns(opened, path, options)
    text = opened.text
    return Document(
        path,
        text.raw,
        tuple(segments),
        text.line_starts,
        format="xlsx",
        places=texts.places(),
        read_only=text.outside_runs(),
        left_out={HIDDEN: texts.hidden} if texts.hidden else {},
    )


def text_of(data: bytes, path: str) -> PackageText:
    """The text of a file; raises as `read` does."""
    return _open(data, path).text


def is_own(data: bytes) -> bool:
    """Whether the bytes of a zip file seem to be an Excel file."""
    return b"xl/" in data


def rewrite(data: bytes, path: str, changes: Iterable[Change]) -> bytes:
    """The bytes of a file after changes of its text; raises TermcheckError."""
    opened = _open(data, path)
    return written(data, opened.package, opened.text, changes)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:  # noqa: ARG001
    """Write a text over a span of a cell."""
    return [(segment.raw_span(span), text)] if len(span) else None


def _open(data: bytes, path: str) -> _Opened:
    package = Package.of(data, path, _TITLE)
    main = package.main_part(_USUAL_PART)
    sheets = _sheets(package, main)
    strings_part, strings = "", list[Sequence[StringPiece]]()
    for relation in package.relations(main):
        if relation.kind == "sharedStrings":
            strings_part = relation.part
            scanner = SharedStrings(package.read(strings_part))
            scanner.scan(package, strings_part)
            strings = scanner.strings
    uses = Counter(cell.shared for sheet in sheets for cell in sheet.data.cells if cell.shared is not None)
    making = TextInTheMaking()
    laid_out: list[LaidOutSheet] = []
    before = 0

    def pieces_of(sheet: _ReadSheet, cell: SheetCell) -> Iterable[tuple[str, tuple[str, int, int] | None]]:
        pieces, part, fixed = cell.pieces, sheet.part, cell.is_formula
        if cell.shared is not None:
            pieces = strings[cell.shared] if cell.shared < len(strings) else ()
            part, fixed = strings_part, fixed or uses[cell.shared] > 1
        for text, place in pieces:
            yield text, None if place is None or fixed else (part, *place)

    for sheet in sheets:
        rows: list[SheetRow] = []
        ordered = sorted(sheet.data.cells, key=lambda cell: (cell.row, cell.column))
        for number, cells in groupby(ordered, key=lambda cell: cell.row):
            making.begin_line(before + number)
            spans: dict[int, Span] = {}
            for cell in cells:
                start = making.length
                for text, element in pieces_of(sheet, cell):
                    making.add(text, element)
                spans[cell.column] = Span(start, making.length)
                making.add("\t")
            rows.append(SheetRow(number, spans, making.length))
        laid_out.append(LaidOutSheet(_quoted(sheet.name), sheet.hidden, sheet.data, rows))
        before += sheet.data.last_row
    return _Opened(package, making.finish(), laid_out)


def _sheets(package: Package, main: str) -> list[_ReadSheet]:
    parts = {relation.id: relation for relation in package.relations(main)}
    sheets: list[_ReadSheet] = []
    is_workbook = False
    for tag, attributes in package.elements(main):
        is_workbook = is_workbook or tag == "workbook"
        if tag != "sheet":
            continue
        relation_id = next((value for key, value in attributes.items() if key.endswith(_RELATION_ID)), "")
        relation = parts.get(relation_id)
        if relation is not None and relation.kind == "worksheet":
            scanner = Sheet(package.read(relation.part))
            scanner.scan(package, relation.part)
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(_ReadSheet(relation.part, attributes.get("name", ""), hidden, scanner.found))
    if not is_workbook:
        message = f"is no {_TITLE} file: {main} is of another kind"
        raise TermcheckError(message, path=package.name, advice="was it saved as something else?")
    return sheets


def _quoted(name: str) -> str:
    """The name of a sheet as Excel writes it in front of a cell."""
    return name if _PLAIN_NAME.match(name) else "'" + name.replace("'", "''") + "'"


def _no_columns(opened: _Opened, path: str, options: ReadOptions) -> NotBilingualError:
    names = next((row for sheet in opened.sheets if (row := first_row(sheet, opened.text.raw))), [])
    if not names:
        error = TermcheckError(
            "the file has no texts", path=path, advice="leave it out, or put texts into it"
        )
        return NotBilingualError(error, "without texts")
    message, advice = missing_sides("the first row", names, options)
    advice = f"{advice}, also with letters such as A and B"
    hidden = any(sheet.hidden or sheet.data.hidden_columns for sheet in opened.sheets)
    if hidden and not options.hidden_cells:
        advice = f"{advice}; --hidden-cells reads the hidden columns and sheets"
    lack = "without a source and a target column"
    return NotBilingualError(TermcheckError(message, path=path, advice=advice), lack)
