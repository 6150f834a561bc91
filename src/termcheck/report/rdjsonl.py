"""The rdjsonl format: reviewdog's Diagnostic Format with one diagnostic per line."""

from __future__ import annotations

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable
from termcheck.report.rdjson import Diagnostics, source


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding, each with the name of the tool; empty if there are no findings."""
    diagnostics, tool = Diagnostics(report, options), source(options)
    return "".join(
        f"{dump_portable(diagnostics.of(finding) | {'source': tool})}\n" for finding in report.findings
    )
