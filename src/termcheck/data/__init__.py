"""Data files: tables of characters and words, and the glossary schema."""

from __future__ import annotations

import pkgutil


def read_text(name: str) -> str:
    """The text of a data file.

    By pkgutil, since `importlib.resources` imports tempfile, shutil and all they need at every start.
    """
    data = pkgutil.get_data(__name__, name)
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")
