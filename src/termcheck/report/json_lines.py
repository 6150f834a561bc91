"""The JSON lines format: the findings of the JSON format, one object a line, for what reads line by line."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump, finding_object


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding; nothing if there is none."""
    return "".join(pieces(report, options))


def pieces(report: Report, _: RenderOptions) -> Iterator[str]:
    """The same, a line at a time."""
    return (f"{dump(finding_object(finding))}\n" for finding in report.findings)
