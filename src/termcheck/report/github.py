"""The GitHub format: workflow commands that show each finding as an annotation of its lines.

GitHub shows the first ten annotations of each kind that a step makes. The log has all of them, so each
message also names its location.
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
    commands += [_error(error, options) for error in report.problems]
    return "".join(f"{command}\n" for command in commands)


def _finding(finding: Finding, options: RenderOptions) -> str:
    location = finding.location
    properties: dict[str, object] = {
        "file": repository_path(location.path, options),
        "line": location.line,
        "endLine": location.end_line,
    }
    # GitHub accepts columns only if the finding is on a single line.
    if location.line == location.end_line:
        properties |= {"col": location.column, "endColumn": location.end_column}
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
