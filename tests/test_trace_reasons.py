"""`glossary trace` prints the reasons of the verdicts: each case shows one reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.matching.verdict import Reason
from termcheck.rules import RULES
from termcheck.selection import Selection
from termcheck.trace import trace

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "trace_reasons.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reason"])
def test_reason(case: dict[str, Any], tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text(yaml.safe_dump(case["glossary"], allow_unicode=True), encoding="utf-8")
    settings = Settings(selection=Selection.build(RULES), root=str(tmp_path), date="2026-01-01")
    name = case.get("path", "talk.md")
    job = Job(tmp_path / name, name, glossaries=(str(glossary),), data=case["text"].encode())
    lines = trace(case["term"], job, settings, []).splitlines()
    assert any(line.endswith(case["says"]) for line in lines), lines


def test_every_reason_is_shown() -> None:
    # Two reasons need a misaligned document and a target of blanks, which one paragraph pair cannot show.
    elsewhere = {Reason.PAIR_TOO_UNSURE, Reason.NO_TARGET_TEXT}
    assert {case["reason"] for case in CASES} == {reason.name for reason in Reason} - {
        reason.name for reason in elsewhere
    }
