"""The closing line: plurals, coverage, and never a clean word about nothing."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from termcheck.model import Coverage, Finding, Location, Report, Severity, TermcheckError
from termcheck.report import RenderOptions, render_glossary_summary, render_summary

PLAIN = RenderOptions()
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def _report(severities=(), notices=(), errors=(), **coverage) -> Report:
    findings = tuple(
        Finding("TRM101", "missing-rendering", severity, "m", Location("a.md", 1, 1, 1, 1))
        for severity in severities
    )
    return Report(findings, Coverage(**coverage), notices=notices, errors=errors)


@pytest.mark.parametrize(
    ("severities", "coverage", "line"),
    [
        (
            [ERROR, WARNING, WARNING],
            {"files": 1, "pairs": 3, "unpaired": 1, "terms": 26, "terms_seen": 24},
            "Found 1 error, 2 warnings in 1 file (3 pairs, 1 unpaired paragraph; 24 of 26 terms seen).",
        ),
        (
            [INFO],
            {"files": 2, "pairs": 1, "terms": 1, "terms_seen": 1},
            "Found 1 info in 2 files (1 pair; 1 of 1 term seen).",
        ),
        (
            [ERROR, ERROR, INFO, INFO],
            {"files": 12, "pairs": 340, "unpaired": 2, "terms": 90, "suppressed": 4, "baselined": 1},
            "Found 2 errors, 2 infos in 12 files (340 pairs, 2 unpaired paragraphs; 0 of 90 terms seen, "
            "4 suppressed, 1 in the baseline).",
        ),
        (
            [],
            {"files": 1, "pairs": 3, "unpaired": 1, "terms": 26, "terms_seen": 24},
            "All checks passed! 1 file, 3 pairs, 1 unpaired paragraph, 24 of 26 terms seen.",
        ),
        (
            [],
            {"files": 2, "pairs": 3, "terms": 9, "terms_seen": 7, "baselined": 2},
            "All checks passed! 2 files, 3 pairs, 7 of 9 terms seen, 2 in the baseline.",
        ),
        ([], {}, "Nothing was checked: no files. 0 files, 0 pairs, 0 of 0 terms seen."),
        (
            [],
            {"files": 1, "unpaired": 2, "terms": 3},
            "Nothing was checked: no pairs. 1 file, 0 pairs, 2 unpaired paragraphs, 0 of 3 terms seen.",
        ),
        (
            [],
            {"files": 1, "pairs": 1},
            "Nothing was checked: no terms in the glossary. 1 file, 1 pair, 0 of 0 terms seen.",
        ),
        (
            [],
            {"files": 1, "pairs": 1, "terms": 3},
            "Nothing was checked: no term of the glossary occurs. 1 file, 1 pair, 0 of 3 terms seen.",
        ),
    ],
)
def test_closing_line(severities, coverage, line) -> None:
    assert render_summary(_report(severities, **coverage), PLAIN) == f"{line}\n"


def test_a_file_that_could_not_be_read_forbids_the_clean_word() -> None:
    report = _report(
        errors=(TermcheckError("not UTF-8", path="b.md"),), files=1, pairs=3, terms=2, terms_seen=1
    )
    assert render_summary(report, PLAIN) == (
        "Not everything could be checked. 1 file, 3 pairs, 1 of 2 terms seen.\n"
    )


def test_where_no_file_could_be_read_nothing_could_be_checked() -> None:
    report = _report(errors=(TermcheckError("not UTF-8", path="b.md"),))
    assert render_summary(report, PLAIN) == "Nothing could be checked. 0 files, 0 pairs, 0 of 0 terms seen.\n"


def test_rules_that_have_nothing_to_look_at_forbid_the_clean_word() -> None:
    report = replace(_report(files=1, pairs=1, terms=1, terms_seen=1), idle="no rule is selected")
    line = "Nothing was checked: no rule is selected. 1 file, 1 pair, 1 of 1 term seen.\n"
    assert render_summary(report, PLAIN) == line
    assert render_glossary_summary(report, PLAIN).startswith("Nothing was checked: no rule is selected.")


def test_notices_come_first_one_a_line() -> None:
    report = _report(notices=("a.md: no pairs", "b.md:\n\x1b[2J"), files=1, pairs=1, terms=1, terms_seen=1)
    assert render_summary(report, PLAIN).splitlines() == [
        "notice: a.md: no pairs",
        "notice: b.md:\\n\\x1b[2J",
        "All checks passed! 1 file, 1 pair, 1 of 1 term seen.",
    ]


@pytest.mark.parametrize(
    ("severities", "coverage", "line"),
    [
        ([], {"files": 1, "terms": 120}, "All checks passed! 1 glossary, 120 terms."),
        ([WARNING], {"files": 2, "terms": 1}, "Found 1 warning in 2 glossaries (1 term)."),
        ([], {"files": 1}, "Nothing was checked: no terms. 1 glossary, 0 terms."),
    ],
)
def test_closing_line_of_a_glossary_check(severities, coverage, line) -> None:
    assert render_glossary_summary(_report(severities, **coverage), PLAIN) == f"{line}\n"


def test_colour_only_adds_escape_sequences() -> None:
    for report in (_report(files=1, pairs=1, terms=1, terms_seen=1), _report(notices=("n",))):
        coloured = render_summary(report, RenderOptions(color=True))
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_summary(report, PLAIN)
