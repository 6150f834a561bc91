"""Read data files of the package: tables of characters and words, the glossary schema, the HTML page."""

from __future__ import annotations

import os
from typing import Any


def read_text(name: str) -> str:
    """The text of a data file.

    The loader of this package reads it, because the package may be in a zip file, and `importlib.resources`
    would slow down every start with its imports.
    """
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(f"{os.path.dirname(__file__)}{os.sep}{name}")  # noqa: PTH120
    return data.decode("utf-8")
