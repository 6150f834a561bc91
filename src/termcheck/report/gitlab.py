"""The GitLab format: a Code Quality report, which merge requests show next to the lines that they change.

GitLab keeps one finding for each fingerprint, so fingerprints must be unique.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from termcheck.model import Finding, Report, Severity, TermcheckError
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable, portable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, options: RenderOptions) -> str:
    """A JSON array of findings, then of errors, each on a line."""
    seen: Counter[str] = Counter()
    rows = []
    for finding in report.findings:
        seen[finding.fingerprint] += 1
        rows.append(f"  {dump_portable(_object(finding, seen[finding.fingerprint], options))}")
    for problem in report.problems:
        described = _problem(problem, options)
        seen[described["fingerprint"]] += 1
        if seen[described["fingerprint"]] == 1:
            rows.append(f"  {dump_portable(described)}")
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def _problem(problem: TermcheckError, options: RenderOptions) -> dict[str, Any]:
    """What could not be checked, in GitLab's form; it is no finding, and so it blocks."""
    # GitLab wants a path and a line.
    path = repository_path(problem.path, options) if problem.path else "."
    named = f"termcheck\n{path}\n{problem}".encode("utf-8", "surrogatepass")
    return {
        "description": portable(problem.advised),
        "check_name": "termcheck",
        "fingerprint": hashlib.blake2b(named, digest_size=16).hexdigest(),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": problem.line or 1}},
    }


def _object(finding: Finding, number: int, options: RenderOptions) -> dict[str, Any]:
    """A finding in GitLab's form; `number` counts the findings with its fingerprint so far."""
    location = finding.location
    return {
        "description": f"{finding.name}: {finding.message}",
        "check_name": finding.code,
        "fingerprint": finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}",
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": repository_path(location.path, options),
            "lines": {"begin": location.line, "end": location.end_line},
            "positions": {
                "begin": {"line": location.line, "column": location.column},
                "end": {"line": location.end_line, "column": location.end_column},
            },
        },
    }
