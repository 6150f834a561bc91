"""The interface of renderers: their options, and what they return.

It is a module of its own, so that a renderer can import it without the other renderers.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from termcheck.model import Applicability, Finding, Report


class RenderOptions(Struct, frozen=True):
    """The settings of a renderer.

    - `width`: the width of the terminal in columns, to which only formats for people cut their lines;
    - `statistics`: render counts instead of findings;
    - `version`: the version of termcheck, for formats that name their tool;
    - `root`: the absolute directory of the repository, with forward slashes, to which other programs expect
      paths to be relative. If it is empty, paths stay as they are;
    - `here`: the absolute directory to which the report's own relative paths are relative;
    - `documentation`: the URL of the documentation, or empty;
    - `silenced`: silenced findings may be included, marked as such;
    - `unsafe_fixes`: unsafe fixes count as available.
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
        """`[*] ` for a finding that `--fix` would fix, as in ruff; otherwise empty."""
        fixable = finding.fix is not None and (
            self.unsafe_fixes or finding.fix.applicability is Applicability.SAFE
        )
        return "[*] " if fixable else ""


class Output(Struct, frozen=True):
    """A format and the file to write it to; without a path, standard output."""

    format: str
    path: str = ""


class Renderer(Protocol):
    """A pure function from a report to a text that is empty or ends in a newline."""

    def __call__(self, report: Report, options: RenderOptions) -> str:
        """Render a report."""
        ...
