"""Glossaries as Excel files with one sheet, whose cells are all text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from termcheck.glossary.formats import Written
from termcheck.glossary.table_rows import neutral, rows_of
from termcheck.glossary.write_tbx import without_controls
from termcheck.model import Glossary
from termcheck.readers.xlsx_sheets import column_letters

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Glossary" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write(glossary: Glossary) -> Written:
    """The glossary as a table; the same glossary gives the same bytes."""
    rows, lost = rows_of(glossary)
    cells = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, text in (*_PARTS.items(), ("xl/worksheets/sheet1.xml", sheet)):
            member = ZipInfo(name)
            member.compress_type = ZIP_DEFLATED
            package.writestr(member, _HEAD + text)
    return Written(file.getvalue(), lost)


def _row(number: int, texts: Sequence[str]) -> str:
    cells = "".join(
        f'<c r="{column_letters(column)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(without_controls(neutral(text)))}</t></is></c>"
        for column, text in enumerate(texts, 1)
        if text
    )
    return f'<row r="{number}">{cells}</row>'
