"""Excel files. The library openpyxl writes them and reads them again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import office
from support import ROOT
from termcheck.cli import main
from termcheck.model import Document, Segment, Side, Span
from termcheck.readers import FORMATS, NotBilingualError, ReadOptions, read_document
from termcheck.readers.splice import splice
from termcheck.readers.xlsx_sheets import column_letters, column_number

CASES = yaml.safe_load((Path(__file__).parent / "cases_xlsx.yaml").read_text(encoding="utf-8"))["cases"]
WRITER = FORMATS["xlsx"].load()
SHEET = "xl/worksheets/sheet1.xml"


def read(data: bytes, languages: tuple[str, str] = ("zh", "en"), **options: Any) -> Document:
    given_options = ReadOptions(source_lang=languages[0], target_lang=languages[1], **options)
    return read_document("a.xlsx", data, given_options)


def pairs(document: Document) -> list[list[Segment]]:
    rows: dict[int | None, list[Segment]] = {}
    for segment in document.segments:
        rows.setdefault(segment.row, []).append(segment)
    return list(rows.values())


def shown(document: Document, segment: Segment) -> str:
    return f"{document.place_at(segment.raw.start)} {segment.text}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows_are_pairs(case: dict[str, Any]) -> None:
    options = case.get("options", {})
    if "sheets" in case:
        data = office.xlsx(case["sheets"])
    else:
        part = office.sheet(case["xml"], case.get("before", ""), case.get("after", ""))
        data = office.workbook(["S"], {SHEET: part}, state=case.get("state", ""))
    languages = tuple(case.get("languages", ("zh", "en")))
    if "pairs" not in case:
        with pytest.raises(NotBilingualError):
            read(data, languages, **options)
        return
    document = read(data, languages, **options)
    assert [[shown(document, one) for one in pair] for pair in pairs(document)] == case["pairs"]
    assert document.left_out.get("hidden", 0) == case.get("hidden", 0)


def test_the_line_is_the_number_of_the_row_counted_on_from_sheet_to_sheet() -> None:
    document = read(
        office.xlsx({"A": [["zh", "en"], ["北京", "Beijing"]], "B": [["zh", "en"], ["海", "Sea"]]})
    )
    lines = [document.line_starts[line - 1] for line in (2, 4)]
    assert [document.raw[start:].split("\t")[:2] for start in lines] == [["北京", "Beijing"], ["海", "Sea"]]


@given(st.integers(1, 16384))
def test_letters_of_columns(number: int) -> None:
    assert column_number(column_letters(number)) == number
    assert column_letters(number) == openpyxl.utils.get_column_letter(number)


TEXT = st.text(st.sampled_from("ab&<>\"' 南海é\U0001f600\n]"), min_size=1, max_size=6).filter(str.strip)
RUNS = st.lists(TEXT, min_size=1, max_size=3)


def by_openpyxl(rows: list[tuple[list[str], list[str]]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["zh", "en"])
    for row in rows:
        for column, runs in enumerate(row, start=1):
            rich = CellRichText(*(TextBlock(InlineFont(b=True), run) for run in runs))
            sheet.cell(sheet.max_row + (column == 1), column).value = rich if len(runs) > 1 else runs[0]
    book.save(file)
    return file.getvalue()


def by_oracle(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]


@settings(max_examples=50)
@given(st.lists(st.tuples(RUNS, RUNS), min_size=1, max_size=4), st.data())
def test_the_text_is_that_of_openpyxl_and_a_fix_changes_its_span(
    rows: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    before = by_openpyxl(rows)
    document = read(before)
    found = [[document.raw[one.raw.start : one.raw.end] for one in pair] for pair in pairs(document)]
    assert found == [[text.strip() for text in row] for row in by_oracle(before)]
    segment = data.draw(st.sampled_from(document.segments))
    start = data.draw(st.integers(0, len(segment.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(segment.text))))
    edits = splice(document, segment, span, "<R&D>")
    if not edits:
        return
    raw = segment.raw_span(span)
    after = WRITER.rewrite(before, "a.xlsx", [(raw, "<R&D>")])
    assert read(after).raw == document.raw[: raw.start] + "<R&D>" + document.raw[raw.end :]
    assert [[text.strip() for text in row] for row in by_oracle(after)] == [
        [read(after).raw[one.raw.start : one.raw.end] for one in pair] for pair in pairs(read(after))
    ]
    old, new = office.members(before), office.members(after)
    assert [name for name in old if old[name] != new[name]] == [SHEET]


def test_a_string_that_several_cells_share_and_a_formula_have_no_fix() -> None:
    rows = [["zh", "en"], ["南海", "South Sea"], ["北京", "South Sea"], ["海", "Sea"]]
    document = read(office.xlsx({"S": rows}))
    found = [
        bool(splice(document, one, Span(0, 3), "x")) for one in document.segments if one.side is Side.TARGET
    ]
    assert found == [False, False, True]
    texts = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("zh", "en", "海"))
    formula = "<row>{}{}</row><row>{}<c t='str'><f>C1</f><v>Sea</v></c></row>".format(*texts)
    document = read(office.workbook(["S"], {SHEET: office.sheet(formula)}))
    assert not splice(document, document.segments[1], Span(0, 3), "x")


def test_a_shared_string_of_one_cell_is_fixed_where_it_is() -> None:
    data = office.xlsx({"S": [["zh", "en"], ["南海", "In the South Sea"], ["海", "Sea"]]})
    document = read(data)
    raw = document.segments[1].raw_span(Span(7, 16))
    after = WRITER.rewrite(data, "a.xlsx", [(raw, "South China Sea")])
    assert by_oracle(after) == [["南海", "In the South China Sea"], ["海", "Sea"]]
    old, new = office.members(data), office.members(after)
    assert [name for name in old if old[name] != new[name]] == ["xl/sharedStrings.xml"]


GOOD = office.xlsx({"S": [["zh", "en"], ["南海", "South Sea"]]})
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "text": (b"zh,en\n", "is no Excel file; was it saved as something else?"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "is protected by a password",
    ),
    "word": (office.words(["南海"]), "is no Excel file: word/document.xml is of another kind"),
    "no columns": (
        office.xlsx({"S": [["one", "two"], ["a", "b"]]}),
        "the first row does not name one source and one target column; it has: one, two",
    ),
    "numbers": (office.xlsx({"S": [[1, 2]]}), "the file has no texts"),
    "deep": (office.workbook(["S"], {SHEET: HEAD + "<row>" * 100_000}), f"{SHEET} has more than 200 levels"),
    "bomb": (
        office.workbook(["S"], {SHEET: HEAD + " " * (65 << 20)}),
        f"{SHEET} unpacks to more than 64 MiB",
    ),
    "far rows": (
        office.workbook(["S"], {SHEET: f'{HEAD}<row r="9999999"/><c r="ZZZ9999999" t="s"><v>7</v></c>'}),
        "cannot be read as Excel",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = HOSTILE[name]
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text("南海: {en: South China Sea}\n", "utf-8")
    Path("bad.xlsx").write_bytes(data)
    Path("good.xlsx").write_bytes(GOOD)
    assert main(["check", "bad.xlsx"]) == 2
    said = capsys.readouterr().err.replace("\n  help: ", "; ")
    assert f"error: bad.xlsx: {message}" in said
    assert main(["check", "."]) == 1
    output = capsys.readouterr()
    assert "notice: bad.xlsx: " in output.out + output.err
    assert "good.xlsx S!B2: " in output.out


def test_merges_and_numbers_of_strings_that_lie() -> None:
    merges = "".join(f'<mergeCell ref="A{row}:B1048576"/>' for row in range(2, 3000))
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>99</v></c></row>' for row in range(1, 3000))
    data = office.workbook(["S"], {SHEET: office.sheet(cells, after=f"<mergeCells>{merges}</mergeCells>")})
    with pytest.raises(NotBilingualError):
        read(data)


def test_the_example_is_what_the_program_makes() -> None:
    example = (ROOT / "examples" / "office" / "terms.xlsx").read_bytes()
    assert office.members(example) == office.members(office.EXAMPLES["terms.xlsx"])
