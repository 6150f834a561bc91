"""Tables and lists in two files are paired by the names of their lines (`tables.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from bilingual import no_anchors

from termcheck.align.parallel_documents import align_documents
from termcheck.model import Bitext, Segment
from termcheck.readers import ReadOptions, read_document

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("tables.yaml").read_text(encoding="utf-8")
)


def paired(source: str, target: str) -> Bitext:
    documents = (
        read_document(name, text.encode(), ReadOptions(encoding="utf-8"))
        for name, text in (("source.md", source), ("target.md", target))
    )
    return align_documents(*documents, no_anchors)


def shown(segments: Sequence[Segment]) -> str:
    return " + ".join(segment.text for segment in segments)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_table(case: dict[str, Any]) -> None:
    pairs = paired(case["source"], case["target"]).pairs
    assert [f"{shown(pair.source)} = {shown(pair.target)}".strip() for pair in pairs] == case["pairs"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_other_direction_has_the_same_pairs(case: dict[str, Any]) -> None:
    there, back = (
        {tuple(sorted((shown(pair.source), shown(pair.target)))) for pair in paired(*texts).pairs}
        for texts in ((case["source"], case["target"]), (case["target"], case["source"]))
    )
    assert there == back


def test_rows_paired_by_their_names_are_sure() -> None:
    pairs = paired(CASES[0]["source"], CASES[0]["target"]).pairs
    assert min(pair.confidence for pair in pairs) > 0.9


def test_rows_whose_name_is_repeated_are_unsure_unless_another_cell_tells_them_apart() -> None:
    def confidences(rows: str, other_rows: str) -> list[float]:
        heads = "| Gate | Opens |\n| --- | --- |\n", "| 闸门 | 开启 |\n| --- | --- |\n"
        pairs = paired(heads[0] + rows, heads[1] + other_rows).pairs
        return [pair.confidence for pair in pairs if pair.source[0].text.startswith("At")]

    others = "| south | At ten |\n| west | At six |\n", "| south | 十点 |\n| west | 六点 |\n"
    unsure = confidences(
        "| north | At noon |\n| north | At dawn |\n" + others[0],
        "| north | 黎明 |\n| north | 中午 |\n" + others[1],
    )
    assert [confidence > 0.9 for confidence in unsure] == [False, False, True, True]
    sure = confidences(
        "| north | At noon |\n| gate | At dawn |\n" + others[0],
        "| north | 中午 |\n| gate | 黎明 |\n" + others[1],
    )
    assert min(sure) > 0.9


def test_many_rows_and_many_tables_with_the_same_names() -> None:
    rows = [f"| name-{number} | Text {number} of the gate |\n" for number in range(3_000)]
    head = "| Name | Meaning |\n| --- | --- |\n"
    found = paired(head + "".join(rows), head + "".join(rows[::-1])).pairs
    assert all(shown(pair.source) == shown(pair.target) for pair in found)
    tables = (head + "".join(rows[:4]) + "\n") * 200
    assert len(paired(tables, tables).pairs) >= 1_600
