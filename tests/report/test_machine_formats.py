"""The formats for other programs: each read back by its own schema, or as its readers would."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest
import yaml
from arbitrary import RAW_TEXT, WILD_REPORTS
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from termcheck.model import (
    Applicability,
    Coverage,
    Document,
    Edit,
    Finding,
    Fix,
    Location,
    Report,
    Severity,
    Silenced,
    SilencedBy,
    TermcheckError,
    TermInfo,
)
from termcheck.report import FORMATS, RenderOptions, limits, render
from termcheck.report.job_summary import render as render_job_summary
from termcheck.rules import RULES

HERE = Path(__file__).parent
OPTIONS = RenderOptions(
    version="0.1.0",
    color=True,
    root="/work/repo",
    here="/work/repo/texts",
    documentation="https://example.org/termcheck",
)
CASES = yaml.safe_load((HERE / "machine_formats.yaml").read_text(encoding="utf-8"))
MACHINE_FORMATS = [name for name, format_ in FORMATS.items() if not format_.text]
COMMAND = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def validator(name: str, definition: str = "") -> jsonschema.Draft202012Validator:
    schema = json.loads((HERE / name).read_text(encoding="utf-8"))
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


SARIF = validator("sarif-2.1.0.schema.json")
GITLAB = validator("gitlab.schema.json")
RDJSON = validator("rdf.schema.json")
RDJSONL = validator("rdf.schema.json", "Diagnostic")
JSON_LINES = validator("contract.schema.json", "line")


# Each reader gives how many findings and errors it has read, after checking what its format asks for.


def read_sarif(text: str) -> int:
    log = json.loads(text)
    SARIF.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        ids = {str(one["id"]) for one in result.get("relatedLocations", ())}
        links = re.findall(r"(?<!\\)\[[a-z]+\]\((\d)\)", result["message"]["text"])
        assert set(links) == ids
    (invocation,) = run["invocations"]
    errors = [note for note in invocation["toolExecutionNotifications"] if note["level"] == "error"]
    assert invocation["executionSuccessful"] is not bool(errors)
    return sum("suppressions" not in result for result in run["results"]) + len(errors)


def read_github(text: str) -> int:
    commands = [COMMAND.fullmatch(line) for line in text.split("\n")[:-1]]
    assert None not in commands, text
    return len(commands)


def read_gitlab(text: str) -> int:
    rows = json.loads(text)
    GITLAB.validate(rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    return len(rows)


def read_junit(text: str) -> int:
    suites = junitparser.JUnitXml.fromstring(text.encode("utf-8"))
    cases = [case for suite in suites for case in suite]
    kinds = [type(result) for case in cases for result in case.result]
    assert suites.tests == len(cases)
    assert suites.failures == kinds.count(junitparser.Failure)
    assert suites.errors == kinds.count(junitparser.Error)
    for suite in suites:
        assert suite.tests == len(list(suite))
        assert suite.failures + suite.errors == sum(len(case.result) for case in suite)
    return sum(bool(case.system_out or case.result) for case in cases)


def read_checkstyle(text: str) -> int:
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert root.tag == "checkstyle"
    for error in root.iterfind("file/error"):
        assert error.attrib.keys() == {"line", "column", "severity", "message", "source"}
        assert error.get("severity") in ("error", "warning", "info", "ignore")
    return sum(1 for _ in root.iterfind("file/error"))


def read_rdjson(text: str) -> int:
    document = json.loads(text)
    RDJSON.validate(document)
    return len(document["diagnostics"])


def lines_reader(schema: jsonschema.Draft202012Validator) -> Callable[[str], int]:
    def read(text: str) -> int:
        rows = [json.loads(line) for line in text.split("\n")[:-1]]
        for row in rows:
            schema.validate(row)
        return len(rows)

    return read


READERS: dict[str, Callable[[str], int]] = {
    "json": lambda text: len(json.loads(text)["findings"] + json.loads(text)["problems"]),
    "json-lines": lines_reader(JSON_LINES),
    "sarif": read_sarif,
    "github": read_github,
    "gitlab": read_gitlab,
    "junit": read_junit,
    "checkstyle": read_checkstyle,
    "rdjson": read_rdjson,
    "rdjsonl": lines_reader(RDJSONL),
}


@pytest.mark.parametrize("format_", READERS)
@settings(max_examples=40)
@given(report=WILD_REPORTS)
def test_whatever_a_report_holds_its_readers_take_it(format_: str, report: Report) -> None:
    text = render(report, format_, OPTIONS)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not text or text.endswith("\n")
    problems = set(map(str, report.problems)) if format_ == "gitlab" else report.problems
    assert READERS[format_](text) == len(report.findings) + len(problems)


@pytest.mark.parametrize("format_", READERS)
def test_an_empty_report_is_whole(format_: str) -> None:
    assert READERS[format_](render(Report((), Coverage()), format_, RenderOptions())) == 0


@pytest.mark.parametrize("format_", MACHINE_FORMATS)
def test_golden(format_: str, build_report: Any) -> None:
    report = replace(
        build_report(CASES),
        errors=(TermcheckError("is not UTF-8 (byte 3)", path="bad.md", line=2, advice="save it as UTF-8"),),
    )
    if format_ in CASES:
        assert render(report, format_, OPTIONS) == CASES[format_]
    else:
        assert format_ in ("json", "json-lines", "sarif", "html"), "has a test of its own"


def test_the_job_summary(build_report: Any) -> None:
    assert render_job_summary(build_report(CASES), "Found 3.", OPTIONS, 10_000) == CASES["job summary"]


@given(WILD_REPORTS, st.integers(100, 3000))
@settings(max_examples=40)
def test_the_job_summary_fits(report: Report, room: int) -> None:
    text = render_job_summary(report, "Found 3.", OPTIONS, room)
    assert len(text.encode("utf-8")) <= room
    assert text.endswith("\n")


def test_a_long_job_summary_says_that_it_is_cut() -> None:
    report = Report(tuple(_finding(line=line) for line in range(1, 151)), Coverage())
    text = render_job_summary(report, "Found 150.", OPTIONS, 100_000)
    assert text.count("| TRM102 |") == 101
    assert text.endswith("\nand 50 more: see the log\n")
    assert render_job_summary(report, "Found 150.", OPTIONS, 1000).endswith("\nand more: see the log\n\n")


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("talk.md", "texts/talk.md"),
        ("../talk.md", "talk.md"),
        ("/work/repo/a/talk.md", "a/talk.md"),
        ("/work/other/talk.md", "../other/talk.md"),
        ("会谈 1%.md", "texts/会谈 1%.md"),
        ("-", "-"),
    ],
)
def test_paths_start_from_the_root_of_the_repository(path: str, seen: str) -> None:
    report = Report((_finding(path=path),), Coverage())
    (result,) = json.loads(render(report, "sarif", OPTIONS))["runs"][0]["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uriBaseId"] == "%SRCROOT%"
    assert re.fullmatch(r"[!-~]+", artifact["uri"])
    assert unquote(artifact["uri"]) == seen
    (row,) = json.loads(render(report, "gitlab", OPTIONS))
    assert row["location"]["path"] == seen
    command = COMMAND.fullmatch(render(report, "github", OPTIONS).rstrip("\n"))
    assert command is not None
    assert f"file={seen.replace('%', '%25')}," in command["properties"]


def test_what_separates_a_command_is_encoded() -> None:
    finding = replace(_finding(path="a:b,c.md"), message="100 % :: a,b")
    assert render(Report((finding,), Coverage()), "github", RenderOptions()) == (
        "::error file=a%3Ab%2Cc.md,line=1,endLine=1,col=1,endColumn=10,title=termcheck (TRM102)"
        "::a:b,c.md:1:1: TRM102 forbidden-rendering: 100 %25 :: a,b\n"
    )


def test_columns_of_several_lines_are_not_told_to_github() -> None:
    finding = replace(_finding(), location=Location("a.md", 2, 5, 4, 1))
    assert "line=2,endLine=4,title" in render(Report((finding,), Coverage()), "github", OPTIONS)


# SARIF


def sarif_run(report: Report, options: RenderOptions = OPTIONS) -> dict[str, Any]:
    text = render(report, "sarif", options)
    read_sarif(text)
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def test_each_rule_is_described() -> None:
    rules = sarif_run(Report((), Coverage()))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for rule, described in zip(RULES, rules, strict=True):
        assert described["helpUri"] == f"https://example.org/termcheck/reference/rules/{rule.name}.html"
        assert described["defaultConfiguration"]["enabled"] is rule.default
        assert 20 < len(described["shortDescription"]["text"]) <= 1024
        assert 20 < len(described["fullDescription"]["text"]) <= 1024
        assert "## What it does" in described["help"]["markdown"]
        assert len(described["properties"]["tags"]) <= 10
        assert re.fullmatch(r"([A-Z][a-z]+)+", described["name"])


def test_without_an_address_nothing_is_linked() -> None:
    driver = sarif_run(Report((), Coverage()), replace(OPTIONS, documentation=""))["tool"]["driver"]
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


def test_a_result_names_its_source_and_its_entry() -> None:
    finding = replace(
        _finding(), source=Location("zh.md", 3, 2, 3, 4, "南海"), message="南海 [sic] is “South Sea”"
    )
    (result,) = sarif_run(Report((finding,), Coverage()))["results"]
    assert result["message"]["text"] == r"南海 \[sic\] is “South Sea” [source](1) [glossary](2)"
    places = [one["physicalLocation"] for one in result["relatedLocations"]]
    assert [place["artifactLocation"]["uri"] for place in places] == ["texts/zh.md", "glossary.yaml"]
    assert [place["region"]["startLine"] for place in places] == [3, 24]
    assert result["partialFingerprints"] == {"termcheckFingerprint/v1": "f1"}


@given(before=RAW_TEXT, words=st.text(min_size=1, max_size=9), after=RAW_TEXT, text=st.text(max_size=9))
@settings(max_examples=60)
def test_fixes_can_be_applied(before: str, words: str, after: str, text: str) -> None:
    before, words, after = (re.sub(r"[\r\n\ud800-\udfff]", "", part) for part in (before, words, after))
    line = before + words + after
    place = Location("a.md", 2, len(before) + 1, 2, len(before) + len(words) + 1, words)
    edit = Edit(place.line, place.column, place.end_line, place.end_column, text)
    finding = replace(_finding(), location=place, fix=Fix(Applicability.SAFE, (edit,)))
    document = Document("a.md", f"first\r\n{line}\r\n", (), (0, 7, 7 + len(line) + 2))
    report = Report((finding,), Coverage(), {"a.md": document})

    (result,) = sarif_run(report)["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    region, new = replacement["deletedRegion"], replacement["insertedContent"]["text"]
    assert line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :] == before + text + after

    (diagnostic,) = json.loads(render(report, "rdjson", OPTIONS))["diagnostics"]
    (suggestion,) = diagnostic["suggestions"]
    begin, end = (suggestion["range"][side]["column"] - 1 for side in ("start", "end"))
    encoded = line.encode("utf-8")
    fixed = encoded[:begin] + suggestion["text"].encode("utf-8") + encoded[end:]
    assert fixed.decode("utf-8") == before + text + after


def test_a_fix_of_several_edits_is_no_choice_of_suggestions() -> None:
    fix = Fix(Applicability.UNSAFE, (Edit(1, 1, 1, 2, "a"), Edit(1, 5, 1, 6, "b")))
    documents = {"a.md": Document("a.md", "South Sea", (), (0,))}
    report = Report((replace(_finding(), fix=fix),), Coverage(), documents)
    (result,) = sarif_run(report)["results"]
    assert len(result["fixes"][0]["artifactChanges"][0]["replacements"]) == 2
    assert result["fixes"][0]["description"]["text"].startswith("Unsafe fix")
    assert "suggestions" not in render(report, "rdjson", OPTIONS)


def test_silenced_findings_are_marked_and_in_order() -> None:
    rows = [
        Silenced(_finding(line=1), SilencedBy.COMMENT, "quoted as printed"),
        Silenced(_finding(line=3), SilencedBy.GLOSSARY),
        Silenced(_finding(line=4), SilencedBy.BASELINE),
    ]
    report = Report((_finding(line=2),), Coverage(), silenced=tuple(rows))
    results = sarif_run(report)["results"]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results] == [
        1, 2, 3, 4,
    ]  # fmt: skip
    accepted = {"status": "accepted"}
    assert [result.get("suppressions") for result in results] == [
        [{"kind": "inSource", "justification": "quoted as printed"} | accepted],
        None,
        [{"kind": "external"} | accepted],
        [{"kind": "external"} | accepted],
    ]
    assert len(sarif_run(report, replace(OPTIONS, silenced=False))["results"]) == 1
    for format_ in READERS.keys() - {"sarif"}:
        assert READERS[format_](render(report, format_, OPTIONS)) == 1


def test_errors_and_notices_are_notifications() -> None:
    error = TermcheckError("is no UTF-8", path="bad.md", line=2, column=3, advice="save it as UTF-8")
    report = Report((), Coverage(), notices=("no pairs",), errors=(error,))
    (invocation,) = sarif_run(report)["invocations"]
    assert invocation["executionSuccessful"] is False
    told, notice = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "is no UTF-8; save it as UTF-8"
    assert told["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "texts/bad.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 3},
    }
    assert notice == {"level": "note", "message": {"text": "no pairs"}}


@pytest.mark.parametrize(("count", "said"), [(5000, ""), (5001, "shows the 5,000 most"), (25_001, "refuses")])
def test_what_github_does_not_take_is_said(count: int, said: str) -> None:
    told = limits(Report((_finding(),) * count, Coverage()), "sarif")
    assert bool(told) == bool(said)
    assert all(said in one and f"{count:,}" in one for one in told)


# Columns in bytes


def test_columns_count_bytes_of_utf_8() -> None:
    line = "é南𠀀South Sea"
    place = Location("a.md", 1, 4, 1, 13, "South Sea")
    report = Report(
        (replace(_finding(), location=place),), Coverage(), {"a.md": Document("a.md", line, (), (0,))}
    )
    for text in (render(report, "rdjsonl", OPTIONS), *_diagnostics(render(report, "rdjson", OPTIONS))):
        assert json.loads(text)["location"]["range"] == {
            "start": {"line": 1, "column": 10},
            "end": {"line": 1, "column": 19},
        }


def test_without_the_text_whole_lines_are_named() -> None:
    text = render(Report((_finding(line=7),), Coverage()), "rdjsonl", OPTIONS)
    assert json.loads(text)["location"]["range"] == {"start": {"line": 7}, "end": {"line": 7}}


def _diagnostics(text: str) -> Iterator[str]:
    for diagnostic in json.loads(text)["diagnostics"]:
        yield json.dumps(diagnostic)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("format_", READERS)
def test_many_findings_on_one_long_line_take_linear_time(format_: str) -> None:
    line = "南海 South Sea; " * 20_000
    found = [
        replace(_finding(), location=Location("a.md", 1, start + 4, 1, start + 13), fingerprint=str(start))
        for start in range(0, len(line), 14)
    ]
    report = Report(tuple(found), Coverage(), {"a.md": Document("a.md", line, (), (0,))})
    # Were time to grow with the square, this would take minutes.
    assert render(report, format_, OPTIONS).count("TRM102") >= 20_000


def _finding(path: str = "a.md", line: int = 1) -> Finding:
    return Finding(
        code="TRM102",
        name="forbidden-rendering",
        severity=Severity.ERROR,
        message="南海 is rendered “South Sea”; use “South China Sea”",
        location=Location(path, line, 1, line, 10),
        term=TermInfo("id", "南海", ("South China Sea",), "South Sea", "../glossary.yaml:24"),
        fingerprint="f1",
    )
