"""Data files: tables of characters and words, and the glossary schema."""

from __future__ import annotations

import os
from typing import Any


def read_text(name: str) -> str:
    """The text of a data file.

    It is asked of what loaded this package, which may be a zip file, since `importlib.resources` imports
    tempfile, shutil and all they need at every start.
    """
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(f"{os.path.dirname(__file__)}{os.sep}{name}")  # noqa: PTH120
    return data.decode("utf-8")
