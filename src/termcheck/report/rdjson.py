"""The rdjson format: reviewdog's Diagnostic Format as one JSON object, and the code it shares with rdjsonl.

Columns count bytes of UTF-8. If the text is not available to count them, ranges consist of whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from msgspec import Struct, field

from termcheck.model import Document, Edit, Finding, Location, Report, TermcheckError
from termcheck.report.addresses import rule_address, working_path
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable

# How many lines to keep columns for: the lines of a finding, of its source, and of its neighbours.
_LINES_KEPT = 64


def render(report: Report, options: RenderOptions) -> str:
    """One object, with a diagnostic per line."""
    rows = ",\n".join(f"    {dump_portable(diagnostic)}" for diagnostic in all_diagnostics(report, options))
    listed = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "source": {dump_portable(source(options))},\n  "diagnostics": {listed}\n}}\n'


def all_diagnostics(report: Report, options: RenderOptions) -> Iterator[dict[str, Any]]:
    """The findings, then the errors, as diagnostics."""
    diagnostics = Diagnostics(report, options)
    yield from map(diagnostics.of, report.findings)
    yield from (_problem(problem, options) for problem in report.problems)


def _problem(problem: TermcheckError, options: RenderOptions) -> dict[str, Any]:
    """What could not be checked, as a diagnostic; it is no finding and has no code of a rule."""
    location: dict[str, Any] = {"path": working_path(problem.path, options) if problem.path else "."}
    if problem.line:
        # The column would have to be in bytes, and the text may not be readable.
        location["range"] = {"start": {"line": problem.line}}
    return {"message": problem.advised, "location": location, "severity": "ERROR"}


def source(options: RenderOptions) -> dict[str, str]:
    """The tool that makes the diagnostics."""
    return {"name": "termcheck"} | ({"url": options.documentation} if options.documentation else {})


class Diagnostics(Struct):
    """Turns findings of a report into diagnostics; `counted` caches the byte columns of lines."""

    report: Report
    options: RenderOptions
    counted: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def of(self, finding: Finding) -> dict[str, Any]:
        """A finding as a diagnostic."""
        address = rule_address(finding.name, self.options)
        diagnostic: dict[str, Any] = {
            "message": f"{finding.name}: {finding.message}",
            "location": self._location(finding.location),
            "severity": finding.severity.name,
            "code": {"value": finding.code} | ({"url": address} if address else {}),
        }
        path = finding.location.path
        # A fix with several edits has no form here, because the suggestions of a diagnostic are alternatives.
        if finding.fix and len(finding.fix.edits) == 1 and path in self.report.documents:
            edit = finding.fix.edits[0]
            diagnostic["suggestions"] = [{"range": self._range(path, edit), "text": edit.text}]
        if finding.source:
            text = finding.source.text if finding.term else "source"
            diagnostic["related_locations"] = [
                {"message": text, "location": self._location(finding.source)},
            ]
        return diagnostic

    def _location(self, location: Location) -> dict[str, Any]:
        path = working_path(location.path, self.options)
        return {"path": path, "range": self._range(location.path, location)}

    def _range(self, path: str, location: Location | Edit) -> dict[str, Any]:
        document = self.report.documents.get(path)
        if document is None or location.end_line > len(document.line_starts):
            return {"start": {"line": location.line}, "end": {"line": location.end_line}}
        return {
            "start": {
                "line": location.line,
                "column": self._byte_column(document, location.line, location.column),
            },
            "end": {
                "line": location.end_line,
                "column": self._byte_column(document, location.end_line, location.end_column),
            },
        }

    def _byte_column(self, document: Document, line: int, column: int) -> int:
        columns = self.counted.get((document.path, line))
        if columns is None:
            if len(self.counted) >= _LINES_KEPT:
                self.counted.clear()
            columns = self.counted[document.path, line] = _byte_columns(document, line)
        return columns[min(column, len(columns)) - 1]


def _byte_columns(document: Document, line: int) -> list[int]:
    """For each code point of a line, and for its end, the 1-based column in bytes of UTF-8."""
    starts, raw = document.line_starts, document.raw
    text = raw[starts[line - 1] : starts[line] if line < len(starts) else len(raw)]
    widths = (1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff") for char in text)
    return list(accumulate(widths, initial=1))
