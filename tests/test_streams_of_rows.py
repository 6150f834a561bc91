"""Pairs in tables of other programs: Arrow record batches, DuckDB, Spark. The command is the oracle."""

from __future__ import annotations

import datetime
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from support import SPARK
from termcheck import load_glossary
from termcheck.cli import main
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GLOSSARY = """
国防部: MND
上合组织: [SCO, Shanghai Cooperation Organization]
南海: {en: South China Sea, forbid: [South Sea]}
一带一路: Belt and Road
维和: peacekeeping
"""
ROWS = [
    ("国防部今天发表讲话。", "The MND made a speech today."),
    ("上合组织举行会议。", "The Shangai Cooperation Organization held a meeting."),
    ("船只在南海\n航行。", "Ships sailed\nthe South Sea."),
    ("共建一带一路。", "Building the belt and road together."),
    ("国防部没有回答“问题”。", "The army did not answer; see https://example.org/MND."),
    ("上合组织开会了。", ""),
    ("", "Nobody said a word."),
    ("没有人回答。", "Nobody answered. 😀 The South Sea is calm."),
] * 3


def need(module: str) -> None:
    """Skip the test without a module, unless everything has to be there, as in continuous integration."""
    if importlib.util.find_spec(module) is None:
        if os.environ.get("TERMCHECK_NEEDS_SPARK"):
            pytest.fail(f"{module} is not installed")
        pytest.skip(f"{module} is not installed")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the glossary lies, and the rows as JSON lines."""
    place = tmp_path_factory.mktemp("rows")
    (place / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    return place


Told = tuple[int, str, str, str, str, int, int]


@pytest.fixture(scope="module")
def expected(directory: Path) -> list[Told]:
    """What the command finds on each row, as it stands in a file of its own: row, rule and place."""
    found: list[Told] = []
    for number, (source, target) in enumerate(ROWS):
        path, report = directory / "row.jsonl", directory / "report.json"
        path.write_text(json.dumps({"source": source, "target": target}), "utf-8")
        line = path.read_text("utf-8")
        glossary = str(directory / "glossary.yaml")
        output = f"json:{report}"
        main(
            [
                "check",
                "-q",
                "--isolated",
                "-g",
                glossary,
                "--output-format",
                output,
                "--ignore=GLO",
                str(path),
            ]
        )
        for one in json.loads(report.read_text("utf-8"))["findings"]:
            side = "target" if one["column"] > line.index('"target"') + 1 else "source"
            text = {"source": source, "target": target}[side]
            begin = len(json.loads(f'"{line[line.index(json.dumps(text)) + 1 : one["column"] - 1]}"'))
            length = len(json.loads(f'"{line[one["column"] - 1 : one["end_column"] - 1]}"'))
            term = one["term"]["id"] if one["term"] else None
            place = (side, begin, begin + length)
            found.append((number, one["code"], one["severity"], one["message"], *place, term))
    return sorted(found, key=str)


def told(rows: Iterator[dict[str, Any]], key: str) -> list[Told]:
    names = (key, "code", "severity", "message", "side", "start", "end", "term")
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def table(**columns: list[Any]) -> Any:
    import pyarrow as pa

    return pa.table(columns or {"source": [one for one, _ in ROWS], "target": [one for _, one in ROWS]})


def test_record_batches(directory: Path, expected: list[Told]) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches, findings_schema

    batches = table().to_batches(max_chunksize=5)
    found = list(check_batches(batches, directory / "glossary.yaml"))
    assert len(found) == len(batches)
    assert all(batch.schema == findings_schema() for batch in found)
    assert told((row for batch in found for row in batch.to_pylist()), "row") == expected
    assert {code for _, code, *_ in expected} == {"TRM101", "TRM102", "TRM103", "TRM105", "ALN203"}


def test_a_finding_tells_all_there_is(directory: Path) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches

    one = table(key=["a7"], zh=["船只在南海航行。"], en=["Ships sailed the South Sea."])
    glossary = load_glossary(directory / "glossary.yaml")
    (batch,) = check_batches(
        one.to_batches(), glossary, source_column="zh", target_column="en", id_column="key"
    )
    (row,) = batch.to_pylist()
    assert row.pop("fingerprint")
    assert row == {
        "row": 0,
        "id": "a7",
        "code": "TRM102",
        "name": "forbidden-rendering",
        "severity": "error",
        "message": "南海 is rendered “South Sea”; use “South China Sea”",
        "side": "target",
        "start": 17,
        "end": 26,
        "source_start": 3,
        "source_end": 5,
        "term": "南海",
        "term_text": "南海",
        "expected": ["South China Sea"],
        "found": "South Sea",
    }


def test_nulls_are_empty_and_dictionaries_are_read(directory: Path) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    columns = {"source": pa.array(["国防部"]).dictionary_encode(), "target": pa.nulls(1)}
    (batch,) = check_batches(pa.table(columns).to_batches(), directory / "glossary.yaml")
    assert [row["code"] for row in batch.to_pylist()] == ["ALN203"]


def test_views_are_read(directory: Path) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    if not hasattr(pa, "string_view"):
        pytest.skip("this pyarrow has no views")
    texts = {"source": "国防部", "target": "The 国防部", "id": "国防部"}
    columns = {name: pa.array([text], pa.string_view()) for name, text in texts.items()}
    (batch,) = check_batches(pa.table(columns), directory / "glossary.yaml", id_column="id")
    assert [(row["id"], row["code"]) for row in batch.to_pylist()] == [("国防部", "TRM104")]
    assert batch.schema.field("id").type == pa.string_view()


def test_a_table_of_several_chunks_stands_for_its_batches(directory: Path, expected: list[Told]) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    whole = table()
    chunks = pa.concat_tables([whole.slice(0, 7), whole.slice(7, 0), whole.slice(7)])
    for given in (chunks, chunks.to_reader(), chunks.combine_chunks().to_batches()[0], [chunks]):
        found = check_batches(given, directory / "glossary.yaml")
        assert told((row for batch in found for row in batch.to_pylist()), "row") == expected


def test_a_long_batch_is_checked_in_parts(
    directory: Path, expected: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    need("pyarrow")
    from termcheck import arrow

    monkeypatch.setattr(arrow, "_ROWS_AT_ONCE", 5)
    (batch,) = table().combine_chunks().to_batches()
    (found,) = arrow.check_batches([batch], directory / "glossary.yaml")
    assert told(iter(found.to_pylist()), "row") == expected


def test_no_rows_have_no_findings(directory: Path) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches, findings_schema

    assert list(check_batches([], directory / "glossary.yaml")) == []
    (batch,) = check_batches([table().to_batches()[0].slice(0, 0)], directory / "glossary.yaml")
    assert (batch.num_rows, batch.schema) == (0, findings_schema())


def test_ids_of_any_type_come_back_as_they_were(directory: Path) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    for ids in (
        pa.array([1, 2], pa.timestamp("ns")),
        pa.array(["a", "b"]).dictionary_encode(),
        pa.array([{"part": 1}, None]),
        pa.array([b"x", b"y"], pa.large_binary()),
        pa.nulls(2),
    ):
        columns = {"source": ["没有人。", "国防部"], "target": ["Nobody.", "They"], "id": ids}
        (batch,) = check_batches(pa.table(columns), directory / "glossary.yaml", id_column="id")
        assert batch.column("id").equals(ids.slice(1)), ids.type


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": ["TRM107"]}, "none of the rules TRM107 applies to a single pair"),
        ({"select": []}, "no rule is selected"),
        ({"date": "2025-13-01"}, "'2025-13-01' is not a date"),
    ],
)
def test_what_no_row_could_follow_is_a_mistake(
    directory: Path, options: dict[str, Any], message: str
) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches

    with pytest.raises(TermcheckError, match=message):
        check_batches([], directory / "glossary.yaml", **options)


def test_a_rule_may_be_named_without_a_list(directory: Path) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches

    (batch,) = check_batches(table(), directory / "glossary.yaml", select="TRM105")
    assert set(batch.column("code").to_pylist()) == {"TRM105"}


def test_what_is_no_batch_is_a_mistake(directory: Path) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches

    with pytest.raises(TermcheckError, match="expected an Arrow record batch, found dict"):
        list(check_batches([{"source": "x", "target": "y"}], directory / "glossary.yaml"))


def test_texts_in_another_encoding_are_a_mistake(directory: Path) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    broken = pa.array([b"\xb9\xfa"]).view(pa.string())
    with pytest.raises(TermcheckError, match="the column “source” is not UTF-8"):
        list(check_batches(pa.table({"source": broken, "target": ["x"]}), directory / "glossary.yaml"))


def test_a_column_that_is_there_twice_is_a_mistake(directory: Path) -> None:
    need("pyarrow")
    import pyarrow as pa

    from termcheck.arrow import check_batches

    batch = pa.RecordBatch.from_arrays([pa.array(["x"])] * 3, ["source", "source", "target"])
    with pytest.raises(TermcheckError, match="there is more than one column “source”"):
        list(check_batches([batch], directory / "glossary.yaml"))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"source": ["x"]}, "there is no column “target”; the columns are: source"),
        ({"source": ["x"], "target": [7]}, "the column “target” contains int64, not text"),
    ],
)
def test_wrong_columns_are_a_mistake(directory: Path, columns: dict[str, Any], message: str) -> None:
    need("pyarrow")
    from termcheck.arrow import check_batches

    with pytest.raises(TermcheckError, match=message):
        list(check_batches(table(**columns).to_batches(), directory / "glossary.yaml"))


def test_duckdb(directory: Path, expected: list[Told]) -> None:
    need("pyarrow")
    need("duckdb")
    import duckdb

    from termcheck.arrow import check_batches, findings_schema

    database = duckdb.connect()
    database.register(
        "pairs", table(id=list(range(len(ROWS))), zh=[a for a, _ in ROWS], en=[b for _, b in ROWS])
    )
    query = database.sql("SELECT id, zh, en FROM pairs ORDER BY id")
    columns = {"source_column": "zh", "target_column": "en", "id_column": "id"}
    found = check_batches(query.to_arrow_reader(6), directory / "glossary.yaml", **columns)
    import pyarrow as pa

    reader = pa.RecordBatchReader.from_batches(findings_schema(pa.int64()), found)
    assert told(iter(reader.read_all().to_pylist()), "id") == expected


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A real Spark on this machine, with two workers."""
    need("pyspark")
    need("pyarrow")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        if os.environ.get("TERMCHECK_NEEDS_SPARK"):
            pytest.fail("there is no Java")
        pytest.skip("there is no Java")
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "4",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SPARK, "PYSPARK_PYTHON": sys.executable}.items():
            patch.setenv(name, value)
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.mark.slow
def test_spark(directory: Path, expected: list[Told], spark: SparkSession) -> None:
    from termcheck.spark import check_dataframe

    rows = [(number, *row) for number, row in enumerate(ROWS)]
    frame = spark.createDataFrame(rows, "id bigint, source string, target string").repartition(4)
    found = check_dataframe(frame, directory / "glossary.yaml", id_column="id")
    assert found.columns[:3] == ["id", "code", "name"]
    assert told((row.asDict() for row in found.collect()), "id") == expected
    with pytest.raises(TermcheckError, match="there is no column “key”; the columns are: id, source, target"):
        check_dataframe(frame, directory / "glossary.yaml", id_column="key")


@pytest.mark.slow
def test_spark_takes_any_name_and_any_id(directory: Path, spark: SparkSession) -> None:
    from termcheck.spark import check_dataframe

    rows = [(datetime.datetime(2025, 9, 5), {"part": 7}, "国防部没有回答。", "They did not.")]
    names = "`told.at` timestamp, key struct<part: int>, `zh.text` string, `en` string"
    frame = spark.createDataFrame(rows, names)
    columns = {"source_column": "zh.text", "target_column": "en", "select": "TRM101"}
    for name, value in (("told.at", rows[0][0]), ("key", (7,)), ("en", "They did not.")):
        (found,) = check_dataframe(frame, directory / "glossary.yaml", id_column=name, **columns).collect()
        assert (found["id"], found["code"]) == (value, "TRM101")


@pytest.mark.slow
def test_spark_tells_mistakes_before_it_runs(directory: Path, spark: SparkSession) -> None:
    from termcheck.spark import check_dataframe

    frame = spark.createDataFrame([(1, "x", 7)], "id int, source string, target int")
    with pytest.raises(TermcheckError, match="the column “target” contains int, not text"):
        check_dataframe(frame, directory / "glossary.yaml", id_column="id")
    with pytest.raises(TermcheckError, match="there is more than one column “id”"):
        check_dataframe(frame.select("*", "id"), directory / "glossary.yaml", id_column="id")
