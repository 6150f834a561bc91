"""Glossaries as other tools have them, read and written: cases as data, and round trips of any glossary."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_render import GLOSSARIES, as_yaml, placeless

from termcheck.glossary import load_glossary, load_glossary_text, render_glossary
from termcheck.glossary.formats import ENDINGS, FORMATS, GlossaryOptions
from termcheck.model import Glossary, TermcheckError

CASES = yaml.safe_load(Path(__file__).with_name("formats.yaml").read_text(encoding="utf-8"))
WRITTEN = [name for name, form in FORMATS.items() if form.writer]


def read(case: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Glossary:
    monkeypatch.chdir(folder)
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    Path(case["file"]).write_bytes(data)
    columns = [tuple(column) for column in case.get("columns", ())]
    return load_glossary([case["file"]], case.get("languages", ()), columns=columns).glossary


@pytest.mark.parametrize("case", [case for case in CASES if "gives" in case], ids=lambda case: case["name"])
def test_a_file_gives(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    glossary = read(case, tmp_path, monkeypatch)
    assert render_glossary(glossary) == "version: 1\n" + case["gives"]
    said = [f"{one.origin.line}:{one.origin.column} {one.reason}" for one in glossary.left_out]
    assert len(said) == len(case.get("left_out", ()))
    for wanted, found in zip(case.get("left_out", ()), said, strict=True):
        assert found.startswith(wanted)
    for wanted in case.get("notices", ()):
        assert any(wanted in notice for notice in glossary.notices), glossary.notices


@pytest.mark.parametrize("case", [case for case in CASES if "at" in case], ids=lambda case: case["name"])
def test_a_file_is_refused(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TermcheckError) as caught:
        read(case, tmp_path, monkeypatch)
    error = caught.value
    assert error.path == case["file"]
    assert f"{error.line}:{error.column}" == case["at"]
    assert case["says"] in error.message
    assert case.get("advises", "") in error.advice
    assert error.advice
    others = [f"{other.line}:{other.column} {other.message}" for other in error.others]
    assert others == case.get("others", [])


@pytest.mark.parametrize("case", [case for case in CASES if "gives" in case], ids=lambda case: case["name"])
def test_each_term_has_its_place(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    glossary = read(case, tmp_path, monkeypatch)
    lines = case["text"].split("\n")
    for concept in glossary.concepts:
        for term in concept.terms:
            place = lines[term.origin.line - 1][term.origin.column - 1 :]
            # The place of an element with attributes is its tag, and an escape hides its text.
            assert term.text[0] in place or "\\u" in place, (term, place)
            if case["file"].endswith((".csv", ".txt", ".utx")):
                assert place.replace('""', '"').startswith(term.text), (term, place)


def written(glossary: Glossary, name: str) -> tuple[Glossary, list[str]]:
    form = FORMATS[name]
    result = form.load_writer().write(glossary)
    return form.load().read(result.data, f"g{form.endings[0]}", GlossaryOptions()), list(result.lost)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_format_holds_a_plain_glossary(name: str) -> None:
    text = (
        "version: 1\nlanguages: [zh, en]\nterms:\n  上合组织:\n    concept: sco\n"
        "    zh: {term: 上海合作组织, type: full}\n    en:\n      - {term: SCO, type: acronym}\n"
        "      - Shanghai Cooperation Organization\n"
        "      - {term: Shanghai Pact, status: forbidden, instead: SCO}\n  东盟: ASEAN\n  '=SUM': '@sum'\n"
    )
    again, lost = written(load_glossary_text(text, "g.yaml"), name)
    assert (render_glossary(again), lost) == (text, [])


@given(GLOSSARIES)
@settings(max_examples=150, deadline=None)
def test_tbx_loses_nothing(entries: dict[str, Any]) -> None:
    entries["terms"].setdefault("上合组织", "SCO")
    try:
        glossary = load_glossary_text(as_yaml(entries), "g.yaml")
    except TermcheckError:
        return
    again, lost = written(glossary, "tbx")
    assert not lost
    assert placeless(again) == placeless(glossary)


@given(GLOSSARIES)
@settings(max_examples=100, deadline=None)
def test_json_loses_nothing_but_what_it_says(entries: dict[str, Any]) -> None:
    entries["terms"].setdefault("上合组织", "SCO")
    try:
        glossary = load_glossary_text(as_yaml(entries), "g.yaml")
    except TermcheckError:
        return
    again, lost = written(glossary, "json")
    assert lost or placeless(again) == placeless(glossary)


TEXT_ENDINGS = sorted(ending for ending, name in ENDINGS.items() if not FORMATS[name].binary)


@given(st.sampled_from(TEXT_ENDINGS), st.data())
@settings(max_examples=300, deadline=None)
def test_no_file_breaks_a_reader(ending: str, data: st.DataObject) -> None:
    """Whatever a file holds, it is a glossary or a TermcheckError with its path."""
    samples = [case["text"] for case in CASES if case["file"].endswith(ending) and "text" in case] or ["a,b"]
    text = data.draw(st.sampled_from(samples))
    cut = data.draw(st.integers(0, len(text)))
    more = data.draw(st.text(st.sampled_from("a;,|\t\n\"'<>&{}[]()/（）:=#中%s-"), max_size=8))
    path = f"terms{ending}"
    try:
        glossary = (
            FORMATS[ENDINGS[ending]]
            .load()
            .read((text[:cut] + more + text[cut:]).encode(), path, GlossaryOptions(("en", "fr")))
        )
    except TermcheckError as error:
        assert error.path == path  # noqa: PT017 - most inputs are no errors
    else:
        assert glossary.concepts


def test_a_formula_is_neutral_in_a_table() -> None:
    glossary = load_glossary_text(json.dumps({"=1+1": "等于", "@a": "在"}), "g.yaml")
    for name in ("csv", "tsv"):
        lines = FORMATS[name].load_writer().write(glossary).data.decode().splitlines()
        assert [line[:2] for line in lines[1:]] == ["'=", "'@"]


def test_sheets_of_other_programs(tmp_path: Path) -> None:
    """A title above the header, truth values, several sheets, a hidden one, places by row and column."""
    book = openpyxl.Workbook()
    first = book.active
    for row in (
        ["Our terms"],
        [],
        ["English", "中文", "Forbidden"],
        ["file", "文件", False],
        ["file", "档案", True],
    ):
        first.append(row)
    book.create_sheet("prose").append(["a", "b"])
    hidden = book.create_sheet("old")
    hidden.append(["en", "zh"])
    hidden.append(["war", "战争"])
    hidden.sheet_state = "hidden"
    last = book.create_sheet("more")
    last.append(["en", "zh"])
    last.append(["peace", "和平 / 太平"])
    book.save(tmp_path / "terms.xlsx")
    glossary = load_glossary([tmp_path / "terms.xlsx"]).glossary
    assert render_glossary(glossary) == (
        "version: 1\nlanguages: [en, zh]\nterms:\n  file:\n    zh:\n      - 文件\n"
        "      - {term: 档案, status: forbidden}\n  peace: [和平, 太平]\n"
    )
    places = [(term.origin.line, term.origin.column) for c in glossary.concepts for term in c.terms]
    assert places == [(4, 1), (4, 2), (5, 2), (10, 1), (10, 2), (10, 2)]


def test_a_written_sheet_opens_elsewhere() -> None:
    glossary = load_glossary_text(json.dumps({"=1+1": "等于", "东": "E & W < F"}), "g.yaml", ("en", "zh"))
    data = FORMATS["xlsx"].load_writer().write(glossary).data
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    assert [list(row) for row in rows[1:]] == [["'=1+1", "等于"], ["东", "E & W < F"]]
    assert data == FORMATS["xlsx"].load_writer().write(glossary).data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04xx", "cannot be read as Excel"),
        (b"zh,en\n", "is no Excel file"),
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old office file"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "terms.xlsx").write_bytes(data)
    with pytest.raises(TermcheckError, match=says) as caught:
        load_glossary([tmp_path / "terms.xlsx"])
    assert caught.value.path.endswith("terms.xlsx")
    assert caught.value.advice


# What may be in an element of TBX-Basic in the style DCA, in which order, and the types it may have.
_BASIC = {
    "tbx": "tbxHeader text",
    "tbxHeader": "fileDesc",
    "fileDesc": "titleStmt sourceDesc",
    "titleStmt": "title",
    "sourceDesc": "p",
    "text": "body",
    "body": "(conceptEntry )+",
    "conceptEntry": "((descrip|admin|note) )*(langSec )+",
    "langSec": "(termSec )+",
    "termSec": "term (termNote )*((descrip|admin|note) )*",
}
_TYPES = {
    "descrip": {"context", "definition", "subjectField"},
    "admin": {"customerSubset", "projectSubset", "source"},
    "termNote": {"administrativeStatus", "partOfSpeech", "termType"},
}


@given(GLOSSARIES)
@settings(max_examples=50, deadline=None)
def test_tbx_has_the_structure_of_the_standard(entries: dict[str, Any]) -> None:
    entries["terms"].setdefault("上合组织", "SCO")
    try:
        glossary = load_glossary_text(as_yaml(entries), "g.yaml")
    except TermcheckError:
        return
    root = ElementTree.fromstring(FORMATS["tbx"].load_writer().write(glossary).data)
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        assert space == "{urn:iso:std:iso:30042:ed-2"
        children = "".join(f"{child.tag.rpartition('}')[2]} " for child in element)
        assert re.fullmatch(f"{_BASIC.get(name, '')} ?", children), (name, children)
        assert element.get("type") in _TYPES.get(name, {element.get("type")})
