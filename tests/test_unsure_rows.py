"""What is said of terms in rows that do not belong together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from termcheck import check_text
from termcheck.model import Finding

GLOSSARY = """\
languages: [zh, en]
terms:
  演习: exercise
  引水员:
    en:
      - pilot
      - {term: steersman, status: forbidden}
      - {term: river guide, status: forbidden, where: always}
"""
ORDINARY = [
    ("港务局将于五月八日举行消防演习。", "The port authority will hold a fire exercise on May 8."),
    ("演习从上午九时开始，历时两小时。", "The exercise begins at 9 in the morning and lasts two hours."),
    ("三号和四号码头届时停止作业。", "Quays 3 and 4 will be closed for the time."),
    ("进港船舶须等候引水员登船。", "Ships coming in must wait for the pilot to come on board."),
] * 3
ARTICLE = (
    "演习期间，二号码头由引水员统一调度，凡超过 6000 吨的船舶须在 24 小时之前向港务局申请泊位，并说明"
    "货物种类、吃水、拖轮数量以及预计离港时间；逾期未申请的船舶一律在外锚地等候，费用自理。演习结束后，各码头按申请的先后恢复作业。"
)


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def findings(glossary: Path, target: str, rows: list[tuple[str, str]] | None = None) -> list[Finding]:
    """What is found in a row of the article and a target, among ordinary rows."""
    texts = [*(ORDINARY if rows is None else rows), (ARTICLE, target)]
    data = "".join(
        json.dumps({"source": one, "target": other}, ensure_ascii=False) + "\n" for one, other in texts
    )
    report = check_text(data, glossary, name="harbour.jsonl")
    assert not report.errors
    return list(report.findings)


def test_a_row_that_does_not_belong_together_owes_nothing(glossary: Path) -> None:
    assert [finding.name for finding in findings(glossary, "Contact us")] == ["uncertain-alignment"]


def test_a_row_that_may_belong_together_owes_its_terms(glossary: Path) -> None:
    found = findings(glossary, "During the drill, ships of more than 6,000 tonnes need a berth at quay 2.")
    assert [finding.name for finding in found] == ["missing-rendering", "missing-rendering"]


def test_a_row_by_itself_owes_its_terms(glossary: Path) -> None:
    assert [finding.name for finding in findings(glossary, "Contact us", [])] == ["missing-rendering"] * 2


def test_what_depends_on_the_pair_is_withheld_and_what_is_wrong_anywhere_is_not(glossary: Path) -> None:
    found = findings(glossary, "Steersman, river guide")
    assert [(finding.name, finding.location.text) for finding in found] == [
        ("uncertain-alignment", "Steersman, river guide"),
        ("forbidden-rendering", "river guide"),
    ]
