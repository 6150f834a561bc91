"""The GitLab format: a Code Quality report, which merge requests show next to the lines that they change.

GitLab keeps one finding for each fingerprint, so fingerprints must be unique.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from termcheck.model import Finding, Report, Severity
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, options: RenderOptions) -> str:
    """A JSON array of findings, with a finding per line."""
    seen: Counter[str] = Counter()
    rows = []
    for finding in report.findings:
        seen[finding.fingerprint] += 1
        rows.append(f"  {dump_portable(_object(finding, seen[finding.fingerprint], options))}")
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


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
