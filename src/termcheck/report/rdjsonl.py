"""The rdjsonl format: reviewdog's Diagnostic Format with one diagnostic per line."""

from __future__ import annotations

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable
from termcheck.report.rdjson import all_diagnostics, source


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding and each error, with the name of the tool; empty if there are none."""
    tool = source(options)
    return "".join(
        f"{dump_portable(diagnostic | {'source': tool})}\n" for diagnostic in all_diagnostics(report, options)
    )
