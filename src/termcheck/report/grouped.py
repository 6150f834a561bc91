"""The grouped format: findings under the name of their file, for reading file by file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termcheck.model import Finding, Report
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.text.width import printable


def render(report: Report, options: RenderOptions) -> str:
    """A block for each file, followed by a blank line; findings are already sorted by path."""
    paint = painter(color=options.color)
    groups = groupby(report.findings, key=lambda finding: finding.location.path)
    return "".join("".join(_block(path, list(findings), options, paint)) + "\n" for path, findings in groups)


def _block(path: str, findings: Sequence[Finding], options: RenderOptions, paint: Paint) -> Iterator[str]:
    yield f"{paint(printable(path), 'path')}:\n"
    lines = max(len(str(finding.location.line)) for finding in findings)
    columns = max(len(str(finding.location.column)) for finding in findings)
    for finding in findings:
        position = f"{finding.location.line:>{lines}}:{finding.location.column:<{columns}}"
        if finding.location.place:
            position = printable(finding.location.place)
        code = paint(finding.code, finding.severity.value)
        message = printable(finding.message)
        yield f"  {position} {code} {options.mark(finding)}{finding.name}: {message}\n"
