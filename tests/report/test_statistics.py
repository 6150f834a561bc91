"""Counts in place of findings."""

from __future__ import annotations

import json

from msgspec.structs import replace

from termcheck.model import Applicability, Coverage, Edit, Finding, Fix, Location, Report, Severity, TermInfo
from termcheck.report import RenderOptions, render

OPTIONS = RenderOptions(statistics=True, version="0.1.0")
SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def _report(*rows: tuple[str, str, str, Applicability | None]) -> Report:
    """A report from rows of code, name, term id (may be empty) and fix."""
    return Report(tuple(_finding(*row) for row in rows), Coverage(files=1, pairs=9, terms=3, terms_seen=2))


def _finding(code: str, name: str, term: str, fix: Applicability | None) -> Finding:
    return Finding(
        code,
        name,
        Severity.WARNING,
        "m",
        Location("a.md", 1, 1, 1, 1),
        term=TermInfo(term, {"sco": "上合组织"}.get(term, term), ()) if term else None,
        fix=fix and Fix(fix, (Edit(1, 1, 1, 1, ""),)),
    )


MIXED = _report(
    ("TRM101", "missing-rendering", "sco", None),
    ("TRM105", "wrong-case", "sco", SAFE),
    ("TRM102", "forbidden-rendering", "南海", SAFE),
    ("TRM102", "forbidden-rendering", "sco", UNSAFE),
    ("ALN201", "unpaired-paragraph", "", None),
)


def test_rules_then_terms_the_busiest_first() -> None:
    assert render(MIXED, "full", OPTIONS) == (
        "2\tTRM102\tforbidden-rendering\n"
        "1\tALN201\tunpaired-paragraph\n"
        "1\tTRM101\tmissing-rendering\n"
        "1\tTRM105\twrong-case\n"
        "\n"
        "3\t上合组织 (sco)\n"
        "1\t南海\n"
    )


def test_a_term_is_called_what_its_entry_calls_it() -> None:
    named = replace(
        _finding("TRM101", "missing-rendering", "sco", None),
        term=TermInfo("sco", "上合", (), name="上合组织"),
    )
    assert render(Report((named,), Coverage()), "full", OPTIONS).endswith("\n1\t上合组织 (sco)\n")


def test_counts_are_right_aligned() -> None:
    report = _report(
        *[("TRM101", "missing-rendering", "", None)] * 10, ("TRM103", "misspelled-rendering", "", UNSAFE)
    )
    assert (
        render(report, "concise", OPTIONS)
        == "10\tTRM101\tmissing-rendering\n 1\tTRM103\tmisspelled-rendering\n"
    )


def test_no_findings_no_lines() -> None:
    assert render(_report(), "grouped", OPTIONS) == ""


def test_the_same_for_programs() -> None:
    document = json.loads(render(MIXED, "json", OPTIONS))
    assert (document["version"], document["tool"]) == (1, {"name": "termcheck", "version": "0.1.0"})
    assert document["summary"]["warnings"] == 5
    assert document["rules"][0] == {
        "code": "TRM102",
        "name": "forbidden-rendering",
        "severity": "warning",
        "count": 2,
        "fixable": 1,
    }
    assert document["terms"] == [
        {"id": "sco", "source": "上合组织", "count": 3},
        {"id": "南海", "source": "南海", "count": 1},
    ]
