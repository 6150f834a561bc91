"""The concise format: one finding per line, as compilers print them and editors read them."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Report
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.text.width import printable


def render(report: Report, options: RenderOptions) -> str:
    """`path:line:col: CODE name: message` for each finding; `path place: …` in a file without lines."""
    return "".join(pieces(report, options))


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """The same, a line at a time."""
    paint = painter(color=options.color)
    return (f"{line(finding, paint, options.mark(finding))}\n" for finding in report.findings)


def line(finding: Finding, paint: Paint = painter(color=False), mark: str = "") -> str:  # noqa: B008 - no state
    """A finding on one line, without a newline; `mark` stands before its name."""
    location = finding.location
    place = f" {printable(location.place)}" if location.place else f":{location.position}"
    path = paint(printable(location.path), "path") + place
    code = paint(finding.code, finding.severity.value)
    text = f"{mark}{finding.name}: {printable(finding.message)}"
    return f"{path}: {code} {text}"
