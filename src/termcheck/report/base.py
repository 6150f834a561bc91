"""What every renderer is given and what it gives back.

It lives apart from the package so that a renderer can name its options without importing its siblings.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from termcheck.model import Applicability, Finding, Report


class RenderOptions(Struct, frozen=True):
    """How a report is to be shown.

    `width` is the terminal's in columns; only formats for people cut lines to it. `statistics` asks for
    counts in place of findings. `version` is termcheck's own, for formats that name their tool.

    `root` and `here` are absolute directories, with forward slashes: that of the repository, which other
    programs start paths from, and the one that the report's relative paths start from. Where they are
    empty, paths stay as they are. `documentation` is the address of the documentation, if it has one.
    `silenced`: whether findings that are silenced may be told, marked as such. `unsafe_fixes`: fixes that
    have to be asked for count as available.
    """

    color: bool = False
    width: int = 100
    statistics: bool = False
    version: str = "unknown"
    root: str = ""
    here: str = ""
    documentation: str = ""
    silenced: bool = True
    unsafe_fixes: bool = False

    def mark(self, finding: Finding) -> str:
        """`[*] ` for a finding that `--fix` would mend, as ruff marks it; else nothing."""
        fixable = finding.fix is not None and (
            self.unsafe_fixes or finding.fix.applicability is Applicability.SAFE
        )
        return "[*] " if fixable else ""


class Output(Struct, frozen=True):
    """A format and the file it goes to; standard output, where no path is given."""

    format: str
    path: str = ""


class Renderer(Protocol):
    """A pure function from a report to text that ends in a newline, or is empty."""

    def __call__(self, report: Report, options: RenderOptions) -> str:
        """Render a report."""
        ...
