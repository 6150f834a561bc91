"""The JSON contract: its schema, its exact shape, and that nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from arbitrary import REPORTS
from hypothesis import given, settings
from msgspec.structs import replace

from termcheck.model import (
    Applicability,
    Confidence,
    Coverage,
    Edit,
    Finding,
    Fix,
    Location,
    Report,
    Severity,
    TermInfo,
)
from termcheck.report import RenderOptions, render

OPTIONS = RenderOptions(version="0.1.0", color=True)
SCHEMA = json.loads(Path(__file__).with_name("contract.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_contract_to_the_letter() -> None:
    finding = Finding(
        code="TRM101",
        name="missing-rendering",
        severity=Severity.WARNING,
        message="上合组织 has no accepted rendering here; expected SCO",
        location=Location("talks.md", 8, 1, 8, 2877, "The whole paragraph."),
        source=Location("talks.md", 7, 345, 7, 349, "上合组织"),
        term=TermInfo("sco", "上合组织", ("SCO",), None, "glossary.yaml:12"),
        fix=Fix(Applicability.SAFE, (Edit(8, 2, 8, 9, "SCO"),)),
        label="expected SCO",
        fingerprint="0123abcd",
        confidence=Confidence.HIGH,
        reasons=("rendered as listed in 12 of 13 pairs",),
        pair="4567cdef",
    )
    report = Report((finding,), Coverage(1, 3, 1, 26, 24))
    assert render(report, "json", OPTIONS) == (
        "{\n"
        '  "version": 1,\n'
        '  "tool": {"name": "termcheck", "version": "0.1.0"},\n'
        '  "summary": {"files": 1, "pairs": 3, "unpaired": 1, "terms": 26, "terms_seen": 24, "errors": 0, '
        '"warnings": 1, "infos": 0, "suppressed": 0, "baselined": 0},\n'
        '  "findings": [\n'
        '    {"code": "TRM101", "name": "missing-rendering", "severity": "warning", '
        '"message": "上合组织 has no accepted rendering here; expected SCO", '
        '"path": "talks.md", "line": 8, "column": 1, "end_line": 8, "end_column": 2877, '
        '"source": {"path": "talks.md", "line": 7, "column": 345, "end_line": 7, "end_column": 349, '
        '"text": "上合组织"}, '
        '"term": {"id": "sco", "source": "上合组织", "expected": ["SCO"], "found": null, '
        '"origin": "glossary.yaml:12"}, '
        '"fix": {"applicability": "safe", "edits": [{"line": 8, "column": 2, "end_line": 8, "end_column": 9, '
        '"text": "SCO"}]}, '
        '"fingerprint": "0123abcd", "confidence": "high", '
        '"reasons": ["rendered as listed in 12 of 13 pairs"], "pair": "4567cdef"}\n'
        "  ],\n"
        '  "problems": []\n'
        "}\n"
    )


def test_no_findings_is_an_empty_list() -> None:
    output = render(Report((), Coverage(files=2, suppressed=1, baselined=3)), "json", OPTIONS)
    document = json.loads(output)
    VALIDATOR.validate(document)
    assert document["findings"] == []
    assert (document["summary"]["files"], document["summary"]["baselined"]) == (2, 3)


@settings(max_examples=60)
@given(REPORTS)
def test_every_report_keeps_the_contract_and_comes_back_whole(report: Report) -> None:
    document = json.loads(render(report, "json", OPTIONS))
    VALIDATOR.validate(document)
    assert tuple(map(_decode, document["findings"])) == tuple(map(_without_unwritten, report.findings))
    summary = document["summary"]
    assert Coverage(**{name: summary[name] for name in Coverage.__slots__}) == report.coverage
    assert [summary[name] for name in ("errors", "warnings", "infos")] == [
        sum(finding.severity is severity for finding in report.findings)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ]


@pytest.mark.parametrize("change", [{"line": 0}, {"severity": "fatal"}, {"source": "a.md:1"}, {"extra": 1}])
def test_the_schema_refuses_what_is_not_in_the_contract(change: dict[str, Any]) -> None:
    finding = Finding("TRM101", "missing-rendering", Severity.ERROR, "m", Location("a.md", 1, 1, 1, 1))
    document = json.loads(render(Report((finding,), Coverage()), "json", OPTIONS))
    document["findings"][0].update(change)
    assert not VALIDATOR.is_valid(document)


def test_half_a_surrogate_pair_can_be_written_as_utf_8() -> None:
    finding = Finding("TRM101", "missing-rendering", Severity.ERROR, "a\ud800b", Location("a.md", 1, 1, 1, 1))
    output = render(Report((finding,), Coverage()), "json", OPTIONS)
    assert json.loads(output.encode("utf-8"))["findings"][0]["message"] == "a\ud800b"


def _decode(row: dict[str, Any]) -> Finding:
    """A finding from its JSON, written against the contract and not against the renderer."""
    place = {name: row[name] for name in ("path", "line", "column", "end_line", "end_column")}
    term, fix = row["term"], row["fix"]
    return Finding(
        code=row["code"],
        name=row["name"],
        severity=Severity(row["severity"]),
        message=row["message"],
        location=Location(**place),
        source=row["source"] and Location(**row["source"]),
        term=term and TermInfo(**{**term, "expected": tuple(term["expected"])}),
        fix=fix and Fix(Applicability(fix["applicability"]), tuple(Edit(**edit) for edit in fix["edits"])),
        fingerprint=row["fingerprint"],
        confidence=row["confidence"] and Confidence(row["confidence"]),
        reasons=tuple(row["reasons"]),
        pair=row["pair"],
    )


def _without_unwritten(finding: Finding) -> Finding:
    return replace(finding, label="", location=replace(finding.location, text=""))
