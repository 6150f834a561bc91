"""Big files read in stretches: the same rows at the same places as when they are read whole."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from termcheck.model import Document, TermcheckError
from termcheck.readers import ReadOptions, cutting, read_document
from termcheck.readers.stretches import stretches, text_stretches
from termcheck.text.positions import locate

PLAIN = "".join(f'{{"source": "第{n}行", "target": "row \\"{n}\\""}}\n' for n in range(40))
FILES = {
    "a.jsonl": PLAIN,
    "crlf.jsonl": PLAIN.replace("\n", "\r\n\r\n"),
    "wrong.jsonl": PLAIN.replace('"source": "第17行"', '"source": 17').replace('{"source": "第31', "{第31"),
    "a.csv": "source,target\n" + "".join(f'第{n}行,"row {n},\nof ""two"" lines"\n' for n in range(40)),
    "a.tsv": "source\ttarget\n" + "".join(f'第{n}行\t{n}" wide\n' for n in range(99)),
    "inch.csv": 'source,target,5" disk\n' + "".join(f'第{n}行,row {n},{n}"\n' for n in range(99)),
    "inches.csv": "source,target\n" + "".join(f'第{n}行,{n}" disk{n % 3 * chr(34)}\n' for n in range(99)),
    "late.csv": "\n\nsource;target\r\n" + "第一行;row\r\n" * 120 + "短;a;b\r\n" * 3,
}
XLIFF = (
    '<?xml version="1.0"?>\n<!DOCTYPE xliff SYSTEM "x">\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
    '<file original="&quot;&lt;&#10;"\n  source-language="zh" target-language="en"><body\n>'
)
UNIT = (
    '<trans-unit id="{0}"><source>第{0}行😀&nbsp;</source>\n'
    " <target>row &quot;{0}&quot; <ph/></target></trans-unit>{1}"
)
FILE = "<file><group translate='no'>{0}</group>\n{0}\n</file>\n".format(
    UNIT.replace("&nbsp;", "&#160;").replace('id="', 'name="')
)
TMX_UNIT = (
    '<tu>\n<tuv xml:lang="zh"><seg>第{0}行</seg></tuv>\n<tuv xml:lang="en"><seg>row {0}</seg></tuv></tu> \r\n'
)
UNITS = "".join(UNIT.format(number, "\n" if number % 3 else "") for number in range(40))
FILES |= {
    "a.xlf": f"{XLIFF}{UNITS}</body></file></xliff>\n",
    "files.xlf": f"<xliff>{''.join(FILE.format(number, '') for number in range(20))}</xliff>",
    "a.tmx": f"<tmx><header srclang='zh'/><body>{''.join(map(TMX_UNIT.format, range(60)))}</body></tmx>",
}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_LONG", 200)
    monkeypatch.setattr(cutting, "_TOO_LONG", 400)


def in_stretches(path: Path, options: ReadOptions) -> Iterator[Document]:
    for stretch in stretches(str(path), path.name, options):
        yield from stretch.documents(path.name, options)


def rows(document: Document) -> list[tuple[object, ...]]:
    return [(segment.text, locate(document, segment.raw), segment.side) for segment in document.segments]


def told(document: Document) -> list[str]:
    return list(map(str, document.errors))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", FILES)
def test_rows_and_mistakes_are_where_they_are_in_the_whole_file(
    name: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name].encode(encoding))
    options = ReadOptions(encoding="gb18030" if encoding == "gb18030" else None)
    whole = read_document(name, path.read_bytes(), options)
    parts = list(in_stretches(path, options))
    assert len(parts) > 4
    assert [row for part in parts for row in rows(part)] == rows(whole)
    assert [error for part in parts for error in told(part)] == told(whole)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=30))
def test_any_texts_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    lines = [json.dumps({"source": text, "target": text}, ensure_ascii=False) for text in ["中", *texts]]
    path.write_bytes("\n".join(lines).encode())
    parts = in_stretches(path, ReadOptions())
    assert [segment.text for part in parts for segment in part.segments][::2] == ["中", *texts]


def test_a_short_rest_is_joined_to_what_precedes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(PLAIN, "utf-8")
    found = list(stretches(str(path), "a.jsonl", ReadOptions()))
    assert [one.last for one in found] == [False] * (len(found) - 1) + [True]
    assert [one.first for one in found] == [True] + [False] * (len(found) - 1)
    assert all(len(one.rows) >= 100 for one in found)


@pytest.mark.parametrize(("encoding", "named"), [("utf-8", None), ("gb18030", "gb18030")])
def test_what_cannot_be_decoded_is_told_as_of_the_whole_file(
    encoding: str, named: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termcheck.readers.encoding._SAMPLE", 1000)
    path = tmp_path / "a.jsonl"
    data = (PLAIN * 20).encode(encoding)
    cut = data.rindex(b"row")
    path.write_bytes(data[:cut] + b"\xff\xff" + data[cut:])
    options = ReadOptions(encoding=named)
    with pytest.raises(TermcheckError) as whole:
        read_document("a.jsonl", path.read_bytes(), options)
    seen = []
    with pytest.raises(TermcheckError) as streamed:
        seen += list(stretches(str(path), "a.jsonl", options))
    assert streamed.value.message == whole.value.message
    assert (streamed.value.line, streamed.value.column) == (whole.value.line, whole.value.column)


@given(st.text(alphabet='"a,中 \t\n\n\r', max_size=60), st.integers(2, 20), st.integers(1, 9))
def test_stretches_are_the_whole_table(tmp_path: Path, text: str, size: int, block: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_LONG", size)
        patch.setattr(cutting, "_BLOCK", block)
        found = list(text_stretches(str(path), "a.csv", ReadOptions(encoding="utf-8")))
    rows_of_all = "".join(one.rows for one in found)
    if found:
        assert found[0].header + rows_of_all == text
    for place, one in enumerate(found):
        assert one.header == found[0].header
        assert one.before == len(list(io.StringIO("".join(two.rows for two in found[:place]), newline="")))
        assert len(one.rows) >= size or one.last


_FIELDS = st.sampled_from(
    ["中", "a", '5"', '"', '""', '"a,b"', '"a\nb"', '"a""b"', '"a', 'a"b"', "", " ", ";", "\t", '" ', "\r"]
)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str]:
    """A file name and a table, in which any field may hold quotes and line breaks."""
    suffix, mark = draw(st.sampled_from([("csv", ","), ("csv", ";"), ("tsv", "\t")]))
    rows = draw(st.lists(st.lists(_FIELDS, min_size=1, max_size=4), max_size=40))
    more = draw(
        st.sampled_from(["", f'{mark}5" disk', f'{mark}"note"', f'{mark}"a{mark}\nb"', f'{mark}"open'])
    )
    text = f"source{mark}target{more}\n"
    for row in rows:
        text += mark.join(row) + draw(_ENDS)
    return f"a.{suffix}", text


def read(documents: Iterator[Document]) -> tuple[list[tuple[object, ...]], int, str]:
    """The rows, the number of faulty rows, and the error that ended the reading."""
    found: list[tuple[object, ...]] = []
    faulty = 0
    try:
        for document in documents:
            found += rows(document)
            faulty += document.unread
    except TermcheckError as error:
        return found, faulty, str(error)
    return found, faulty, ""


@settings(max_examples=400)
@given(tables(), st.integers(1, 300))
@example(("a.csv", "source,target,\r,中\n\n中,中\n"), 1)
def test_a_table_is_the_same_in_stretches_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[str, str], size: int
) -> None:
    name, text = table
    path = tmp_path_factory.mktemp("tables") / name
    path.write_bytes(text.encode())
    options = ReadOptions()
    expected = read(read_document(name, path.read_bytes(), options) for _ in range(1))
    # Without rows no file is long enough to be cut.
    assume(expected[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_LONG", size)
        patch.setattr(cutting, "_BLOCK", max(1, size // 3))
        patch.setattr(cutting, "_TOO_LONG", 1 << 20)
        found = read(in_stretches(path, options))
    assert found[2] == expected[2]
    if not expected[2]:
        assert found[:2] == expected[:2]


def test_the_first_row_names_the_keys_of_all_stretches(tmp_path: Path) -> None:
    options = ReadOptions(source_lang="zh", target_lang="en")
    path = tmp_path / "a.jsonl"
    late = PLAIN.replace('"source"', '"zh"').replace('"target"', '"en"')
    path.write_bytes((PLAIN + late + '{"source": "南海", "target": "SCS"}\n').encode())
    whole = read_document("a.jsonl", path.read_bytes(), options)
    parts = []
    for stretch in stretches(str(path), "a.jsonl", options):
        with contextlib.suppress(TermcheckError):
            parts += stretch.documents("a.jsonl", options)
    assert [row for part in parts for row in rows(part)] == rows(whole)
    assert whole.segments[-1].text == "SCS"
