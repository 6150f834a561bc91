"""Parquet files of pairs. The JSON lines of the same rows are the oracle."""

from __future__ import annotations

import io
import json
import pickle
import random
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages import guide
from termcheck import engine, rules
from termcheck.changes import Changes
from termcheck.cli import main
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import workers
from termcheck.model import Confidence, Report, TermcheckError
from termcheck.readers import ReadOptions, cutting, parquet, stretches
from termcheck.scope import Scope
from termcheck.selection import RuleChoice, Selection

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

GLOSSARY = "国防部: MND\n上合组织: SCO\n南海: {en: South China Sea, forbid: [South Sea]}\n"
ROWS = [
    ("国防部今天发表讲话。", "The MND made a speech today."),
    ("上合组织举行会议。", "The organisation held a meeting."),
    ("船只在南海\n航行。", "Ships sailed\r\nthe South Sea."),
    ("😀南海", "South Sea"),
    ("", "Nobody said a word."),
    ("国防部没有回答。", ""),
]
OPTIONS = ReadOptions(source_lang="zh", target_lang="en")

_Row = tuple[str | None, str | None]


def written(rows: Sequence[_Row], **how: Any) -> bytes:
    """A Parquet file with some rows, as bytes."""
    sides = list(zip(*rows, strict=True)) or [(), ()]
    columns = {name: pa.array(side, pa.string()) for name, side in zip(("zh", "en"), sides, strict=True)}
    return table(columns, **how)


def table(columns: dict[str, Any], **how: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"id": list(range(len(next(iter(columns.values()))))), **columns}), file, **how)
    return file.getvalue()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, "utf-8")
    return tmp_path


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of a few rows, also of small files."""
    monkeypatch.setattr(parquet, "_LONG", 600)
    monkeypatch.setattr(parquet, "_SMALL", 1200)
    monkeypatch.setattr(parquet, "_MOST_ROWS", 7)
    monkeypatch.setattr(cutting, "_LONG", 600)


def check(path: str, jobs: int = 1, **more: Any) -> Report:
    how = Settings(
        selection=Selection.build(rules.RULES, [RuleChoice(extend_select=("ALN",))]),
        root="/",
        jobs=jobs,
        cache=False,
        min_confidence=Confidence.LOW,
        **more,
    )
    return engine.check(discover([path], Scope(("glossary.yaml",))).jobs, how)


def told(report: Report) -> list[tuple[Any, ...]]:
    """All that findings say but where."""
    return sorted(
        (
            one.code,
            one.severity.value,
            one.message.partition(", lines")[0],
            (one.term and one.term.id) or "",
            str(one.confidence),
            one.pair,
        )
        for one in report.findings
    )


def places(report: Report) -> list[tuple[str, int, int, int]]:
    return [
        (one.code, one.location.line, one.location.column, one.location.end_column) for one in report.findings
    ]


def read(data: bytes, options: ReadOptions = OPTIONS) -> list[tuple[str, str]]:
    found = list(parquet.stretches(data, "a.parquet", options))
    assert [one.first for one in found] == [True] + [False] * (len(found) - 1)
    assert [one.last for one in found] == [False] * (len(found) - 1) + [True]
    rows = [pair for one in found for pair in zip(one.sources, one.targets, strict=True)]
    assert [one.before for one in found] == [
        sum(len(other.sources) for other in found[:number]) for number in range(len(found))
    ]
    return rows


_PARTS = st.sampled_from(
    ["国防部", "上合组织", "南海", "MND", "SCO", "South Sea", "，", "讲话", " 7 ", "\n", "\r", "😀", "a "]
)
_TEXTS = st.lists(_PARTS, max_size=8).map("".join)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.none() | _TEXTS, st.none() | _TEXTS), min_size=1, max_size=30), st.integers(1, 40)
)
@example([(None, "a "), *[("国防部", "a ")] * 5], 3)
def test_findings_are_those_of_the_same_rows_as_json_lines(rows: list[_Row], group: int) -> None:
    Path("a.parquet").write_bytes(written(rows, row_group_size=group))
    lines = [json.dumps({"zh": source, "en": target}, ensure_ascii=False) for source, target in rows]
    Path("a.jsonl").write_text("\n".join(lines), "utf-8", newline="")
    found, expected = check("a.parquet"), check("a.jsonl")
    assert told(found) == told(expected)
    assert found.coverage == expected.coverage
    assert [one.location.line for one in found.findings] == [one.location.line for one in expected.findings]
    # From five unrendered rows on there is one more finding, GLO310, in the glossary.
    for one in (one for one in found.findings if one.location.path == "a.parquet"):
        texts = rows[one.location.line - 1]
        span = slice(one.location.column - 1, one.location.end_column - 1)
        assert one.location.text in {(text or "")[span] for text in texts}


@pytest.mark.usefixtures("short")
def test_neither_jobs_nor_row_groups_nor_packing_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_BYTES_PER_PROCESS", 1)
    rows = random.Random(7).choices(ROWS, k=300)
    Path("a.parquet").write_bytes(written(rows))
    expected = check("a.parquet")
    assert len(expected.findings) > 100
    assert len(list(parquet.stretches("a.parquet", "a.parquet", OPTIONS))) > 10
    for jobs, how in (
        (2, {}),
        (1, {"row_group_size": 1}),
        (1, {"row_group_size": 13, "compression": "zstd", "use_dictionary": False}),
        (1, {"data_page_size": 64}),
    ):
        Path("a.parquet").write_bytes(written(rows, **how))
        found = check("a.parquet", jobs)
        assert found.findings == expected.findings
        assert found.coverage == expected.coverage


@pytest.mark.usefixtures("short")
@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=60), st.integers(1, 50))
@settings(max_examples=40)
def test_all_rows_come_in_stretches_that_depend_on_texts_alone(rows: list[_Row], group: int) -> None:
    data = written(rows)
    assert read(data) == rows
    sizes = [len(one.sources) for one in parquet.stretches(data, "a.parquet", OPTIONS)]
    other = written(rows, row_group_size=group)
    assert [len(one.sources) for one in parquet.stretches(other, "a.parquet", OPTIONS)] == sizes
    whole = stretches.whole(other, "a.parquet", OPTIONS)
    assert list(zip(whole.sources, whole.targets, strict=True)) == rows


def test_places_are_rows_and_offsets_in_their_texts() -> None:
    Path("a.parquet").write_bytes(written(ROWS))
    found = check("a.parquet")
    assert places(found) == [
        ("TRM101", 2, 1, 33),
        ("TRM102", 3, 19, 28),
        ("TRM102", 4, 1, 10),
        ("ALN203", 6, 1, 1),
    ]
    forbidden = next(one for one in found.findings if one.code == "TRM102")
    assert forbidden.source is not None
    assert (forbidden.source.line, forbidden.source.column, forbidden.source.text) == (3, 4, "南海")
    assert forbidden.fix is None


@pytest.mark.usefixtures("short")
def test_a_stretch_can_be_handed_to_another_process() -> None:
    first, *_ = parquet.stretches(written(ROWS * 20), "a.parquet", OPTIONS)
    assert pickle.loads(pickle.dumps(first)) == first


def test_a_stretch_may_end_where_the_file_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_LONG", 1)
    monkeypatch.setattr(parquet, "_SMALL", 1)
    assert read(written(ROWS)) == ROWS


@pytest.mark.parametrize(
    ("columns", "options"),
    [
        ({"source": ["甲"], "target": ["a"]}, ReadOptions()),
        ({"Chinese": ["甲"], "英文": ["a"]}, OPTIONS),
        ({"x": ["甲"], "y": ["a"]}, ReadOptions(source_key="x", target_key="Y")),
        ({"t": [{"zh": "甲", "en": "a"}]}, ReadOptions(source_key="t.zh", target_key="t.en")),
        ({"a.b": ["甲"], "c": ["a"]}, ReadOptions(source_key="a.b", target_key="c")),
        ({"zh": pa.array(["甲"], pa.large_string()), "en": pa.array(["a"]).dictionary_encode()}, OPTIONS),
    ],
)
def test_columns_and_their_types(columns: dict[str, Any], options: ReadOptions) -> None:
    assert read(table(columns), options) == [("甲", "a")]


def test_nulls_are_empty_texts() -> None:
    assert read(written([(None, "a"), ("甲", None)])) == [("", "a"), ("甲", "")]
    assert read(table({"zh": ["甲"], "en": pa.nulls(1)})) == [("甲", "")]
    nested = table({"t": [None, {"zh": "甲", "en": None}]})
    options = ReadOptions(source_key="t.zh", target_key="t.en")
    assert read(nested, options) == [("", ""), ("甲", "")]


def not_utf8() -> bytes:
    offsets = pa.array([0, 1, 2], pa.int32()).buffers()[1]
    return table({"zh": ["甲", "乙"], "en": pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"a\xff"))})


def twice_named() -> bytes:
    file = io.BytesIO()
    struct = pa.array([{"zh": "甲"}])
    pq.write_table(pa.Table.from_arrays([struct, pa.array([{"en": "a"}])], ["t", "t"]), file)
    return file.getvalue()


BAD = {
    "number": (table({"zh": ["甲"], "en": [7]}), "the column “en” holds no text but int64"),
    "list": (table({"zh": [["甲"]], "en": ["a"]}), "the column “zh” holds no text but list<"),
    "bytes": (table({"zh": [b"a"], "en": ["a"]}), "the column “zh” holds no text but binary"),
    "columns": (
        table({"x": ["甲"]}),
        "the file does not name one source and one target column; it has: id, x",
    ),
    "twice": (twice_named(), "it has: t, t"),
    "empty": (b"", "the file is empty"),
    "text": (b"source,target\n", "is no Parquet file"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    "cut": (written(ROWS)[:-100], "cannot be read as Parquet: "),
    "utf8": (not_utf8(), "bad.parquet:2: the column “en” holds something else than UTF-8"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said(data: bytes, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.parquet").write_bytes(data)
    assert main(["check", "bad.parquet"]) == 2
    said = capsys.readouterr().err
    assert "error: bad.parquet" in said
    assert message in said


@pytest.mark.parametrize("name", ["number", "columns", "empty"])
def test_what_is_found_and_is_about_something_else_is_passed_over(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.parquet").write_bytes(BAD[name][0])
    Path("good.parquet").write_bytes(written(ROWS[:1]))
    assert main(["check", "."]) == 0
    said = "".join(capsys.readouterr())
    assert "notice: bad.parquet: " in said
    assert "not checked" in said


def test_a_file_that_cannot_be_opened() -> None:
    with pytest.raises(TermcheckError, match="cannot be read: no such file"):
        list(parquet.stretches("none.parquet", "none.parquet", OPTIONS))


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    Path("a.parquet").write_bytes(b"PAR1")
    assert main(["check", "a.parquet"]) == 2
    said = capsys.readouterr().err
    assert "a Parquet file needs the package pyarrow" in said
    assert "pip install pyarrow" in said
    assert main(["check", "."]) == 0
    said = "".join(capsys.readouterr())
    package = "it needs the package pyarrow (pip install pyarrow)"
    assert f"notice: a.parquet: {package}, not checked" in said
    assert "Nothing was checked" in said


def test_a_file_without_rows_is_like_a_table_without_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.parquet").write_bytes(written([]))
    Path("a.csv").write_text("zh,en\n", "utf-8")
    said = []
    for name in ("a.parquet", "a.csv"):
        assert main(["check", name]) == 0
        streams = capsys.readouterr()
        said.append((streams.out + streams.err).replace(name, "NAME"))
    assert said[0] == said[1]
    assert "nothing was checked" in said[0]


@pytest.mark.usefixtures("short")
def test_what_precedes_a_damaged_place_is_checked() -> None:
    rows = [("国防部没有回答。", f"The army did not answer {number}.") for number in range(200)]
    data = bytearray(written(rows, row_group_size=50, compression="none", use_dictionary=False))
    place = data.index(b"answer 170") + len("answer ")
    data[place] = 0xFF
    Path("a.parquet").write_bytes(data)
    found = check("a.parquet")
    assert [(one.path, one.line) for one in found.errors] == [("a.parquet", 171)]
    assert {one.location.line for one in found.findings} >= set(range(1, 150))


@pytest.mark.parametrize("flag", ["--fix", "--diff", "--fix-only", "--add-ignore"])
def test_nothing_is_written_into_it(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = written(ROWS)
    Path("a.parquet").write_bytes(data)
    Path("a.md").write_text("国防部\n\nMND\n", "utf-8")
    assert main(["check", flag, "a.parquet"]) == 2
    assert (
        "error: a.parquet: a Parquet file can be checked, but nothing can be written"
        in capsys.readouterr().err
    )
    assert main(["check", flag, "."]) in (0, 1)
    assert "notice: a.parquet: a Parquet file can be checked" in capsys.readouterr().err
    assert Path("a.parquet").read_bytes() == data


def test_it_is_no_half_of_two_parallel_files(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.parquet").write_bytes(written(ROWS))
    Path("a.md").write_text("国防部\n", "utf-8")
    assert main(["check", "--source", "a.md", "--target", "a.parquet"]) == 2
    assert "a.parquet: a Parquet file holds both sides" in capsys.readouterr().err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for data, code in ((written(ROWS), 1), (b"", 0), (b"PAR1", 2)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert main(["check", "--format", "parquet", "--output-format", "concise", "-"]) == code
    streams = capsys.readouterr()
    assert "-:3:19: TRM102" in streams.out
    assert "notice: -: empty, not checked" in streams.out


@pytest.mark.parametrize(
    "arguments",
    [
        "check --show-pairs a.parquet",
        "check --statistics a.parquet",
        "check --output-format html:a.html --output-format sarif:a.sarif a.parquet",
        "check --output-format rdjson a.parquet",
        "check --output-format full a.parquet",
        "check --output-format github a.parquet",
        "glossary trace 国防部 a.parquet",
        "glossary score a.parquet",
        "check --write-baseline b.json a.parquet",
    ],
)
def test_it_goes_through_everything(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.parquet").write_bytes(written(ROWS))
    assert main(arguments.split()) in (0, 1)
    assert "error:" not in capsys.readouterr().err


def test_the_commands_of_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    Path("corpus.parquet").write_bytes(written(ROWS))
    nested = [{"zh": source, "en": target} for source, target in ROWS]
    Path("opus.parquet").write_bytes(table({"translation": nested}))
    (block,) = guide("texts").blocks("sh")
    install, *commands = block.text.splitlines()
    assert install == 'pip install ".[parquet]"'
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "termcheck"
        assert main(arguments) == 1
        assert ":3:19: TRM102" in capsys.readouterr().out


def test_a_baseline_holds_whatever_the_order_of_rows() -> None:
    Path("a.parquet").write_bytes(written(ROWS))
    assert main(["check", "--write-baseline", "b.json", "a.parquet"]) == 0
    Path("a.parquet").write_bytes(written(ROWS[::-1], row_group_size=2))
    assert main(["check", "--baseline", "b.json", "a.parquet"]) == 0


def test_lines_that_git_tells_of_are_no_rows(here: Path) -> None:
    Path("a.parquet").write_bytes(written(ROWS))
    place = (here / "a.parquet").resolve().as_posix()
    for lines, count in (({place: ((90, 91),)}, 4), ({}, 0)):
        changes = Changes("HEAD", lines, frozenset({place}))
        assert (
            len([one for one in check("a.parquet", changes=changes).findings if one.code != "GLO310"])
            == count
        )
