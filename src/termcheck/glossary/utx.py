"""The header of a UTX dictionary: languages in the first line, and the names of its columns in a comment."""

from __future__ import annotations

import re

from termcheck.glossary.table import Cell
from termcheck.lazy import compile_later

_FIRST = compile_later(r"#\s*UTX[^;\r\n]*;\s*(?P<source>[A-Za-z-]+)\s*/\s*(?P<target>[A-Za-z-]+)")
_NAMES = compile_later(r"^#[ ]?(?P<names>src\t[^\r\n]*)", re.MULTILINE)


def utx_header(raw: str) -> list[Cell] | None:
    """The header as a row whose first two cells name the languages; None if this is no such dictionary."""
    first = _FIRST.match(raw)
    names = _NAMES.search(raw) if first else None
    if first is None or names is None:
        return None
    line = raw.count("\n", 0, names.start()) + 1
    rest = names["names"].split("\t")[2:]
    return [Cell(name.strip(), line, 1) for name in (first["source"], first["target"], *rest)]
