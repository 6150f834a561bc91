"""Word files. The library python-docx writes them and reads them again, where it reads all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import office
from support import ROOT
from termcheck.cli import main
from termcheck.model import Document, Segment, Side, Span, TermcheckError
from termcheck.readers import FORMATS, NotBilingualError, ReadOptions, read_document
from termcheck.readers.package_writing import rewritten
from termcheck.readers.splice import splice

CASES = yaml.safe_load((Path(__file__).parent / "cases_docx.yaml").read_text(encoding="utf-8"))
WRITER = FORMATS["docx"].load()


def read(data: bytes, languages: tuple[str, str] = ("zh", "en")) -> Document:
    return read_document("a.docx", data, ReadOptions(source_lang=languages[0], target_lang=languages[1]))


def lines(document: Document) -> list[str]:
    ends = [*(start - 1 for start in document.line_starts[1:]), len(document.raw)]
    return [document.raw[start:end] for start, end in zip(document.line_starts, ends, strict=True)]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_what_a_reader_of_the_page_sees_is_read(case: dict[str, Any]) -> None:
    other = {key: text for key, text in case.items() if key not in ("name", "text", "segments", "headings")}
    document = read(office.docx(other.pop("body"), **other))
    texts = lines(document)
    found = {document.place_at(start): text for start, text in zip(document.line_starts, texts, strict=True)}
    assert {place: text for place, text in found.items() if text} == case["text"]
    segments = [segment.text for segment in document.segments]
    assert segments == case.get("segments", list(case["text"].values()))
    assert [one.text for one in document.segments if one.heading] == case.get("headings", [])


@pytest.mark.parametrize("case", CASES["tables"], ids=lambda case: case["name"])
def test_rows_of_tables_are_pairs(case: dict[str, Any]) -> None:
    document = read(office.words(["before", case["table"], "after"]), case.get("languages", ("zh", "en")))
    rows: dict[int, list[Segment]] = {}
    for segment in document.segments:
        if segment.row is not None:
            rows.setdefault(segment.row, []).append(segment)
    ordered = [sorted(row, key=lambda one: one.side is Side.TARGET) for row in rows.values()]
    assert [[one.text for one in row] for row in ordered] == case["pairs"]
    others = [segment.text for segment in document.segments if segment.row is None]
    assert others == ["before", *case.get("others", ()), "after"]


def test_cells_of_several_paragraphs() -> None:
    def cell(*texts: str) -> str:
        return f"<w:tc>{''.join(map(office.paragraph, texts))}</w:tc>"

    rows = [
        cell("北京。", "南海。") + cell("Beijing.", "South China Sea."),
        cell("北京。南海。") + cell("Beijing.", "South China Sea."),
        cell("一。", "二。", "三。", "四。", "五。") + cell("One.", "Two.", "Three.", "Four."),
    ]
    document = read(office.docx(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"))
    found = [(segment.row, segment.block is not None) for segment in document.segments]
    assert found == [(0, False)] * 2 + [(1, False)] * 2 + [(2, True)] * 3 + [(None, False)] * 9


def by_python_docx(paragraphs: list[list[str]]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run).bold = True
    document.save(file)
    return file.getvalue()


def by_oracle(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


TEXT = st.text(st.sampled_from("ab&<>\"' 南海é\U0001f600\t\n]"), max_size=6)
PARAGRAPHS = st.lists(st.lists(TEXT, max_size=4), min_size=1, max_size=4)


@settings(max_examples=20)
@given(PARAGRAPHS)
def test_the_text_is_that_of_python_docx(paragraphs: list[list[str]]) -> None:
    data = by_python_docx(paragraphs)
    assert lines(read(data))[: len(paragraphs)] == by_oracle(data)


@settings(max_examples=30)
@given(PARAGRAPHS, st.data())
def test_a_fix_changes_its_span_and_nothing_else(paragraphs: list[list[str]], data: st.DataObject) -> None:
    before = by_python_docx(paragraphs)
    document = read(before)
    if not document.segments:
        return
    segment = data.draw(st.sampled_from(document.segments))
    start = data.draw(st.integers(0, len(segment.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(segment.text))))
    old, new = segment.text[span.start : span.end], data.draw(st.sampled_from(("new", "<R&D>", "南")))
    edits = splice(document, segment, span, new)
    assert bool(edits) is not any(char in old for char in "\t\n")
    raw = segment.raw_span(span)
    after = WRITER.rewrite(before, "a.docx", [(raw, new)] if edits else [])
    expected = document.raw[: raw.start] + new + document.raw[raw.end :] if edits else document.raw
    assert read(after).raw == expected
    assert by_oracle(after) == lines(read(after))[: len(paragraphs)]
    old_members, new_members = office.members(before), office.members(after)
    assert list(old_members) == list(new_members)
    changed = [name for name in old_members if old_members[name] != new_members[name]]
    assert changed in (["word/document.xml"], [])


@pytest.mark.parametrize("case", CASES["fixes"], ids=lambda case: case["name"])
def test_a_fix_leaves_tracked_changes_alone(case: dict[str, Any]) -> None:
    document = read(office.docx(case["body"]))
    for text in (*case["can"], *case["cannot"]):
        (segment,) = (one for one in document.segments if text in one.text.replace("\n", " "))
        start = segment.text.index(text)
        edits = splice(document, segment, Span(start, start + len(text)), "Other")
        assert bool(edits) is (text in case["can"]), text


def test_a_term_in_several_runs_goes_into_the_first() -> None:
    data = by_python_docx([["In the ", "South", " Sea", " it"]])
    document = read(data)
    (segment,) = document.segments
    start = segment.text.index("South Sea")
    raw = segment.raw_span(Span(start, start + len("South Sea")))
    after = WRITER.rewrite(data, "a.docx", [(raw, "South China Sea")])
    runs = [run.text for run in docx.Document(io.BytesIO(after)).paragraphs[0].runs]
    assert runs == ["In the ", "South China Sea", "", " it"]


def test_members_keep_their_packed_bytes_order_and_times() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, method in (
            ("b", zipfile.ZIP_STORED),
            ("a", zipfile.ZIP_DEFLATED),
            ("c", zipfile.ZIP_DEFLATED),
        ):
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.comment, info.external_attr, info.compress_type = b"note", 0o600 << 16, method
            target.writestr(info, name.encode() * 100)
        target.comment = b"of the file"
    data = file.getvalue()
    after = rewritten(data, {"a": b"other"}, "x")
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert new.comment == old.comment
        assert new.read("a") == b"other"
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            for name in ("filename", "date_time", "compress_type", "comment", "external_attr", "flag_bits"):
                assert getattr(one, name) == getattr(other, name)
            if one.filename != "a":
                assert new.read(other) == old.read(one)
    assert rewritten(after, {"a": b"a" * 100}, "x") == data


def test_sizes_behind_the_content_and_prefixes() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        tell = seek

    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a", b"old")
        target.writestr("b", b"kept")
    after = rewritten(file.getvalue(), {"a": b"new"}, "x")
    assert office.members(after) == {"a": b"new", "b": b"kept"}
    with pytest.raises(TermcheckError, match="unusual way"):
        rewritten(b"#!prefix" + office.zipped({"a": "x"}), {"a": b"new"}, "x")


UNFIXED = {
    "signed": ({"_xmlsignatures/origin.sigs": ""}, "is signed"),
}


@pytest.mark.parametrize("name", UNFIXED)
def test_what_cannot_be_written_says_so(name: str) -> None:
    parts, message = UNFIXED[name]
    data = office.docx(office.paragraph("South Sea"), parts)
    with pytest.raises(TermcheckError, match=message):
        WRITER.rewrite(data, "a.docx", [(Span(0, 5), "x")])


def test_parts_in_utf_16_and_with_a_mark() -> None:
    body = office.members(office.docx(office.paragraph("南海", " big")))["word/document.xml"].decode()
    for codec in ("utf-16", "utf-8-sig"):
        data = office.docx("", {"word/document.xml": body.encode(codec)})  # type: ignore[dict-item]
        assert read(data).raw == "南海 big"
        after = WRITER.rewrite(data, "a.docx", [(Span(1, 4), "x")])
        content = office.members(after)["word/document.xml"]
        assert content.decode(codec).count("南x") == 1
        assert content[:2] == body.encode(codec)[:2]


def test_a_header_in_one_language_of_a_bilingual_file_is_left_out() -> None:
    def texts(body: list[str], header: list[str]) -> list[str]:
        parts = ("".join(map(office.paragraph, part)) for part in (body, header))
        return [segment.text for segment in read(office.docx(next(parts), header1=next(parts))).segments]

    both, one = ["南海。", "The South China Sea."], ["南海。", "北京。"]
    assert texts(both, ["Page 1"]) == both
    assert texts(both, ["海", "Sea"]) == [*both, "海", "Sea"]
    assert texts(one, ["Seite 1"]) == [*one, "Seite 1"]
    assert texts(["一。", "二。", "三。", "四。", "五。", "a@b.org"], ["海"])[-1] == "海"


def cut(data: bytes, place: int) -> bytes:
    return data[:place]


GOOD = office.words(["南海", "South Sea"])
OPENED = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_body(text: str) -> bytes:
    return office.docx("", {"word/document.xml": text})


def lying(offset: int, value: int) -> bytes:
    """A file whose list of members has another value for the last one."""
    data = bytearray(GOOD)
    place = data.rfind(b"PK\x01\x02") + offset
    data[place : place + 4] = value.to_bytes(4, "little")
    return bytes(data)


HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "text": (b"South Sea\n", "is no Word file; was it saved as something else?"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\n", "is no Word file; `git lfs pull` gets it"),
    "old": (OLE + bytes(600), "is an old office file, not Word"),
    "password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "cut": (cut(GOOD, len(GOOD) // 2), "cannot be read as Word: File is not a zip file"),
    "no document": (office.zipped({"a": "b"}), "it has no part word/document.xml"),
    "another root": (with_body("<html/>"), "is no Word file: word/document.xml is of another kind"),
    "not closed": (with_body(OPENED), "word/document.xml: no element found"),
    "entity": (
        with_body(f'<!DOCTYPE d [<!ENTITY a "b">]>{OPENED}&a;</w:body></w:document>'),
        "word/document.xml declares the entity “a”, which may do harm",
    ),
    "deep": (
        with_body(OPENED + "<w:sdt>" * 100_000),
        "word/document.xml has more than 200 levels of elements",
    ),
    "bomb": (with_body(OPENED + " " * (65 << 20)), "word/document.xml unpacks to more than 64 MiB"),
    "repeats": (
        with_body(OPENED + "<w:p/>" * (2 << 20)),
        "unpacks to more than 250 times the size of the file",
    ),
    "many": (office.zipped({f"{number:05}" * 9: "" for number in range(12_000)}), "holds so many files"),
    "small lie": (lying(24, 3), "Bad CRC-32"),
    "method": (lying(10, 99), "compression method is not supported"),
    "locked": (lying(8, 1), "is protected by a password"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = HOSTILE[name]
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text("南海: {en: South China Sea}\n", "utf-8")
    Path("bad.docx").write_bytes(data)
    Path("good.docx").write_bytes(GOOD)
    assert main(["check", "bad.docx"]) == 2
    said = capsys.readouterr().err.replace("\n  help: ", "; ")
    assert f"error: bad.docx: {message}" in said or message in said
    assert "defect" not in said
    assert main(["check", "."]) == 1
    said = capsys.readouterr()
    assert "notice: bad.docx: " in said.out + said.err
    assert "good.docx ¶2: " in said.out


def test_what_is_outside_is_never_read() -> None:
    """A DTD and an external relation are names, and nothing opens them."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="x/footnotes" Target="file:///etc/passwd" TargetMode="External"/>'
        '<Relationship Id="s" Type="x/endnotes" Target="../../../etc/passwd"/></Relationships>'
    )
    text = f'<!DOCTYPE d SYSTEM "file:///etc/passwd">{OPENED}{office.paragraph("a")}</w:body></w:document>'
    parts = {"word/document.xml": text, "word/_rels/document.xml.rels": relations}
    assert read(office.docx("", parts)).raw == "a"


def test_an_error_is_a_notice_unless_somebody_names_the_file() -> None:
    with pytest.raises(NotBilingualError):
        read(b"PK")


def test_the_example_is_what_the_program_makes() -> None:
    example = (ROOT / "examples" / "office" / "report.docx").read_bytes()
    assert office.members(example) == office.members(office.EXAMPLES["report.docx"])
