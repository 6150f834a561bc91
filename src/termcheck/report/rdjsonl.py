"""The Diagnostic Format of reviewdog, one diagnostic a line."""

from __future__ import annotations

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable
from termcheck.report.rdjson import Diagnostics, source


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding, which names the tool; nothing if there is none."""
    diagnostics, tool = Diagnostics(report, options), source(options)
    return "".join(
        f"{dump_portable(diagnostics.of(finding) | {'source': tool})}\n" for finding in report.findings
    )
