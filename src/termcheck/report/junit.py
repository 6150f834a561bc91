"""The JUnit format: XML with a test suite for each file and a test case for each finding.

A file without findings has a test case that passes. A finding of severity info also passes, because it does
not fail a check; its output has the message.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from termcheck.model import Finding, Report, Severity, TermcheckError
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.concise import line
from termcheck.report.xml import child, document


def render(report: Report, options: RenderOptions) -> str:
    """The suites in the order of their paths, and a suite of the errors of the run."""
    by_path: dict[str, list[Finding]] = {path: [] for path in report.documents}
    for finding in report.findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    failures = sum(map(_fails, report.findings))
    cases = sum(len(findings) or 1 for findings in by_path.values()) + len(report.problems)
    counts = _counts("termcheck", cases, failures, len(report.problems))
    root = Element("testsuites", {key: str(value) for key, value in counts.items()})
    for path in sorted(by_path):
        _suite(root, repository_path(path, options), by_path[path])
    if report.problems:
        _errors(root, report.problems, options)
    return document(root)


def _counts(name: str, tests: int, failures: int, errors: int = 0) -> dict[str, object]:
    return {"name": name, "tests": tests, "failures": failures, "errors": errors, "skipped": 0, "time": 0}


def _suite(root: Element, path: str, findings: Sequence[Finding]) -> None:
    suite = child(root, "testsuite", _counts(path, len(findings) or 1, sum(map(_fails, findings))))
    if not findings:
        child(suite, "testcase", {"name": "termcheck", "classname": path, "file": path, "time": 0})
    for finding in findings:
        location = finding.location
        name = f"{finding.code} {finding.name} ({location.line}:{location.column})"
        attributes = {"name": name, "classname": path, "file": path, "line": location.line, "time": 0}
        case = child(suite, "testcase", attributes)
        if _fails(finding):
            kind = f"{finding.severity.value} {finding.code}"
            child(case, "failure", {"message": finding.message, "type": kind}, line(finding))
        else:
            child(case, "system-out", {}, line(finding))


def _fails(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


def _errors(root: Element, errors: Sequence[TermcheckError], options: RenderOptions) -> None:
    suite = child(root, "testsuite", _counts("errors", len(errors), 0, len(errors)))
    for error in errors:
        path = repository_path(error.path, options) if error.path else "termcheck"
        case = child(suite, "testcase", {"name": error.message, "classname": path, "time": 0})
        child(case, "error", {"message": error.message, "type": "error"}, str(error))
