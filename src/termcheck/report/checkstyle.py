"""The Checkstyle format: XML that many CI servers and editors read."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from termcheck.model import Finding, Report, TermcheckError
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.xml import child, document


def render(report: Report, options: RenderOptions) -> str:
    """An element for each file with findings, which are already sorted by path, or with errors."""
    by_path: dict[str, list[dict[str, object]]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.location.path, []).append(_finding(finding))
    for problem in report.problems:
        by_path.setdefault(problem.path or "termcheck", []).append(_problem(problem))
    root = Element("checkstyle", {"version": "4.3"})
    for path, errors in by_path.items():
        file = child(root, "file", {"name": repository_path(path, options)})
        for attributes in errors:
            child(file, "error", attributes)
    return document(root)


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "line": finding.location.line,
        "column": finding.location.column,
        "severity": finding.severity.value,
        "message": f"{finding.name}: {finding.message}",
        "source": f"termcheck.{finding.code}",
    }


def _problem(problem: TermcheckError) -> dict[str, object]:
    """What could not be checked; without a place in the file it stands at its beginning."""
    return {
        "line": problem.line or 1,
        "column": problem.column or 1,
        "severity": "error",
        "message": problem.advised,
        "source": "termcheck",
    }
