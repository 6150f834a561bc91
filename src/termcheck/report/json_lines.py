"""The JSON lines format: the findings and problems as in the JSON format, one object per line."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump, finding_object, problem_object


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding, then `{"problem": …}` for each error; empty if there are none."""
    return "".join(pieces(report, options))


def pieces(report: Report, _: RenderOptions) -> Iterator[str]:
    """The same, a line at a time."""
    yield from (f"{dump(finding_object(finding))}\n" for finding in report.findings)
    yield from (f"{dump({'problem': problem_object(problem)})}\n" for problem in report.problems)
