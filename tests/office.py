"""Makes small office files for tests: the parts that a test is about, and the least around them.

Run as a program it writes the examples: python tests/office.py
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument."


def docx(body: str, parts: Mapping[str, str] | None = None, **further: str) -> bytes:
    """A Word file with what stands in its body, and in further parts such as `styles` or `footnotes`.

    `parts` are other members of the package by name.
    """
    content = {
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in further}),
        **{f"word/{name}.xml": _part(name, text) for name, text in further.items()},
        **(parts or {}),
    }
    kinds = {"word/document.xml": "wordprocessingml.document.main+xml"}
    kinds |= {f"word/{name}.xml": f"wordprocessingml.{name.rstrip('0123456789')}+xml" for name in further}
    return package(content, kinds, "word/document.xml")


def words(items: Sequence[str | Sequence[str | Sequence[str]]]) -> bytes:
    """A Word file with paragraphs, paragraphs of several runs, and tables, which are lists of rows."""
    return docx("".join(map(_item, items)))


def _item(item: str | Sequence[str | Sequence[str]]) -> str:
    if isinstance(item, str):
        return paragraph(item)
    if all(isinstance(part, str) for part in item):
        return paragraph(*item)  # type: ignore[arg-type] # just seen
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in item)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def paragraph(*runs: str) -> str:
    """A paragraph with the texts of its runs."""
    texts = (f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f"<w:p>{''.join(texts)}</w:p>"


def xlsx(sheets: Mapping[str, Sequence[Sequence[str | int | None]]]) -> bytes:
    """An Excel file with sheets, which are lists of rows; equal texts are one shared string."""
    strings: dict[str, int] = {}
    parts: dict[str, str] = {}
    for number, rows in enumerate(sheets.values(), start=1):
        lines = (
            f'<row r="{line}">'
            + "".join(_cell(f"{chr(65 + index)}{line}", cell, strings) for index, cell in enumerate(row))
            + "</row>"
            for line, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_X}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        )
    shared = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return workbook(list(sheets), parts, f'<sst xmlns="{_X}">{shared}</sst>')


def _cell(place: str, value: str | int | None, strings: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    return "" if value is None else f'<c r="{place}"><v>{value}</v></c>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """The part of a sheet, given by its rows as XML, and what stands before and after them."""
    return f'<worksheet xmlns="{_X}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(names: Sequence[str], parts: Mapping[str, str], strings: str = "", state: str = "") -> bytes:
    """An Excel file of parts; the names are those of its sheets, of which the last may have a `state`."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number - 1}"'
        + (f' state="{state}"' if state and number == len(names) else "")
        + "/>"
        for number, name in enumerate(names, start=1)
    )
    targets = {f"worksheet{number}": f"worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)}
    content = {
        "xl/workbook.xml": f'<workbook xmlns="{_X}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": _relations(targets | {"sharedStrings": "sharedStrings.xml"}),
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{_X}"/>',
        **parts,
    }
    kinds = {"xl/workbook.xml": "sheet.main+xml", "xl/sharedStrings.xml": "sharedStrings+xml"}
    kinds |= {name: "worksheet+xml" for name in parts if "/worksheets/" in name}
    kinds = {name: f"spreadsheetml.{kind}" for name, kind in kinds.items()}
    return package(content, kinds, "xl/workbook.xml")


def _part(name: str, text: str) -> str:
    root = {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)
    return f"<w:{root} {_SPACES}>{text}</w:{root}>"


def _relations(targets: Mapping[str, str]) -> str:
    relations = (
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{"".join(relations)}</Relationships>'


def package(parts: Mapping[str, str], kinds: Mapping[str, str], main: str) -> bytes:
    """A package of parts, of which one is the main one; `kinds` are the content types of some."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}{kind}"/>' for name, kind in kinds.items()
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return zipped(
        {"[Content_Types].xml": types, "_rels/.rels": _relations({"officeDocument": main}), **parts}
    )


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of members, which does not depend on the time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, content in members.items():
            target.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


REPORT = docx(
    "".join(
        (
            '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>海上演习</w:t></w:r></w:p>',
            '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>Exercise at Sea</w:t></w:r></w:p>',
            "<w:p><w:r><w:t>两国海军在南海举行了联合演习。</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>The two navies held a joint exercise in the South</w:t></w:r>"
            "<w:r><w:rPr><w:b/></w:rPr><w:t> Sea</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>演习持续了三天。</w:t></w:r></w:p>",
            '<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r>'
            '<w:del w:id="1"><w:r><w:delText>exercise</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>event</w:t></w:r></w:ins>'
            '<w:r><w:t xml:space="preserve"> lasted three days.</w:t></w:r></w:p>',
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>中文</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>English</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:tc><w:p><w:r><w:t>护航编队</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>escort group</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
        )
    ),
    styles='<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>',
)
"""The Word file among the examples, `examples/office/report.docx`."""

TERMS = xlsx(
    {
        "Ranks": [
            ("No.", "中文", "English", "Note"),
            (1, "大校", "Senior Colonel", None),
            (2, "国防部", "army department", "asked by the press"),
        ],
        "Places at sea": [("中文", "English"), ("南海岛礁", "islands in the South Sea"), ("西沙群岛", None)],
    }
)
"""The Excel file among the examples, `examples/office/terms.xlsx`."""

EXAMPLES = {"report.docx": REPORT, "terms.xlsx": TERMS}


if __name__ == "__main__":
    for name, data in EXAMPLES.items():
        (Path(__file__).parents[1] / "examples" / "office" / name).write_bytes(data)
