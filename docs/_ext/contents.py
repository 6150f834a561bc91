"""Gives Sphinx what a page in the repository does without: the tables of contents, and an included page.

On a page that people read in the repository, a directive would be a block of code. So docs/index.md and
docs/rules.md have lists of links, and the tables of contents are made of them. docs/contributing.md is a
link to CONTRIBUTING.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SECTION = re.compile(r"^## (.+)\n(?:(?!#).*\n)*", re.MULTILINE)
_LINK = re.compile(r"\]\(([\w/-]+)\.md\)")
_SECTIONS = ("Guides", "Reference", "Development")
_RULES = "\n```{toctree}\n:hidden:\n:glob:\n\nreference/rules/*\n```\n"
_CONTRIBUTING = "```{include} ../CONTRIBUTING.md\n:relative-docs: docs/\n```\n"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register `complete` to run when Sphinx has read a page."""
    app.connect("source-read", complete)
    return {"parallel_read_safe": True}


def complete(_: Sphinx, name: str, source: list[str]) -> None:
    """Add to a page what it does without in the repository; `source` holds its text."""
    if name == "index":
        source[0] += "".join(_contents(source[0]))
    elif name == "rules":
        source[0] += _RULES
    elif name == "contributing":
        source[0] = _CONTRIBUTING


def _contents(page: str) -> Iterator[str]:
    """A table of contents for each section of links."""
    for section in _SECTION.finditer(page):
        if section[1] in _SECTIONS:
            links = "\n".join(_LINK.findall(section[0]))
            yield f"\n```{{toctree}}\n:caption: {section[1]}\n:hidden:\n\n{links}\n```\n"
