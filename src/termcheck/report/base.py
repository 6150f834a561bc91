"""What every renderer is given and what it gives back.

It lives apart from the package so that a renderer can name its options without importing its siblings.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from termcheck.model import Report


class RenderOptions(Struct, frozen=True):
    """How a report is to be shown.

    `width` is the terminal's in columns; only formats for people cut lines to it. `statistics` asks for
    counts in place of findings. `version` is termcheck's own, for formats that name their tool.
    """

    color: bool = False
    width: int = 100
    statistics: bool = False
    version: str = "unknown"


class Output(Struct, frozen=True):
    """A format and the file it goes to; standard output, where no path is given."""

    format: str
    path: str = ""


class Renderer(Protocol):
    """A pure function from a report to text that ends in a newline, or is empty."""

    def __call__(self, report: Report, options: RenderOptions) -> str:
        """Render a report."""
        ...
