"""Sphinx configuration; `make docs` builds the documentation into docs/_build/html."""

from __future__ import annotations

import sys
from pathlib import Path

from termcheck import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "termcheck"
author = "The termcheck authors"
copyright = author  # noqa: A001 - Sphinx requires this name
release = version = __version__

extensions = ["myst_parser", "contents"]
exclude_patterns = ["_build", "_ext"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"termcheck {__version__}"
html_copy_source = False
html_show_sphinx = False
