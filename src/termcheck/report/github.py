"""Workflow commands of GitHub Actions: each finding becomes an annotation of the lines that it speaks of.

GitHub shows the first ten annotations of each kind that a step makes; all of them stay in its log, and so
each message says by itself where it belongs.
"""

from __future__ import annotations

from termcheck.model import Finding, Report, Severity, TermcheckError
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.concise import line
from termcheck.report.json import portable
from termcheck.text.width import printable

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, options: RenderOptions) -> str:
    """A command for each finding, then one for each error."""
    commands = [_finding(finding, options) for finding in report.findings]
    commands += [_error(error, options) for error in report.errors]
    return "".join(f"{command}\n" for command in commands)


def _finding(finding: Finding, options: RenderOptions) -> str:
    place = finding.location
    properties: dict[str, object] = {
        "file": repository_path(place.path, options),
        "line": place.line,
        "endLine": place.end_line,
    }
    # Columns are taken for one line only.
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"termcheck ({finding.code})"
    return _command(_KINDS[finding.severity], properties, line(finding))


def _error(error: TermcheckError, options: RenderOptions) -> str:
    properties: dict[str, object] = {"title": "termcheck"}
    if error.path:
        properties["file"] = repository_path(error.path, options)
    if error.line:
        properties["line"] = error.line
    return _command("error", properties, printable(str(error)))


def _command(kind: str, properties: dict[str, object], message: str) -> str:
    listed = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return portable(f"::{kind} {listed}::{_escaped(message)}")


def _escaped(text: str, more: str = "") -> str:
    """The text with `%`, line breaks and the characters of `more` percent-encoded."""
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" or char in more else char for char in text)
