"""The Diagnostic Format of reviewdog as one JSON object, and what it shares with its form in lines.

Columns count bytes of UTF-8 there. Where a text is not at hand to count them in, whole lines are named.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from msgspec import Struct, field

from termcheck.model import Document, Edit, Finding, Location, Report
from termcheck.report.addresses import rule_address, working_path
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable

# Lines whose columns are kept counted: a finding's own, its source's, and those of its neighbours.
_LINES_KEPT = 64


def render(report: Report, options: RenderOptions) -> str:
    """One object, a diagnostic a line."""
    diagnostics = Diagnostics(report, options)
    rows = ",\n".join(f"    {dump_portable(diagnostics.of(finding))}" for finding in report.findings)
    listed = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "source": {dump_portable(source(options))},\n  "diagnostics": {listed}\n}}\n'


def source(options: RenderOptions) -> dict[str, str]:
    """The tool that speaks."""
    return {"name": "termcheck"} | ({"url": options.documentation} if options.documentation else {})


class Diagnostics(Struct):
    """Makes diagnostics of a report's findings; byte columns of lines are counted once."""

    report: Report
    options: RenderOptions
    counted: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def of(self, finding: Finding) -> dict[str, Any]:
        """One finding as a diagnostic."""
        address = rule_address(finding.name, self.options)
        diagnostic: dict[str, Any] = {
            "message": f"{finding.name}: {finding.message}",
            "location": self._location(finding.location),
            "severity": finding.severity.name,
            "code": {"value": finding.code} | ({"url": address} if address else {}),
        }
        path = finding.location.path
        # What must be done all or none has no form here: the suggestions of a diagnostic are alternatives.
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

    def _range(self, path: str, place: Location | Edit) -> dict[str, Any]:
        document = self.report.documents.get(path)
        if document is None or place.end_line > len(document.line_starts):
            return {"start": {"line": place.line}, "end": {"line": place.end_line}}
        return {
            "start": {"line": place.line, "column": self._byte_column(document, place.line, place.column)},
            "end": {
                "line": place.end_line,
                "column": self._byte_column(document, place.end_line, place.end_column),
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
