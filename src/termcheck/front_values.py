"""Read one key of a file's front matter, without reading the rest of the file.

A parser of YAML or TOML would cost more than all files of a site: only `key: value` or `key = value` at the
beginning of a line is read, with or without quotation marks.
"""

from __future__ import annotations

import re

from msgspec import Struct

from termcheck.plain_files import open_plain

# Front matter is shorter than this many bytes.
_MOST_BYTES = 1 << 16
_CLOSING = {"---": ("---", "..."), "+++": ("+++",)}


class FrontValue(Struct, frozen=True):
    """The value of a key, and its 1-based line and column."""

    text: str
    line: int
    column: int


def front_value(path: str, key: str) -> FrontValue | None:
    """The value of a key in a file's front matter; None if there is none, or the file cannot be read.

    Letter case does not count in the key, as in Hugo. A list or a table is no value.
    """
    try:
        with open_plain(path) as file:
            begin = file.read(3)
            # Most files without front matter need no second look.
            if begin not in (b"---", b"+++", b"\xef\xbb\xbf"):
                return None
            text = (begin + file.read(_MOST_BYTES)).decode("utf-8-sig", "replace")
    except (OSError, ValueError):  # ValueError: a NUL character
        return None
    first, *lines = text.splitlines()
    closing = _CLOSING.get(first.rstrip(), ())
    entry = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*[:=]\s*", re.IGNORECASE)
    for number, line in enumerate(lines if closing else (), 2):
        if line.rstrip() in closing:
            return None
        match = entry.match(line)
        if match:
            value = _scalar(line[match.end() :])
            return FrontValue(value, number, match.end() + 1) if value else None
    return None


def _scalar(text: str) -> str:
    """A value without its quotation marks, or without the comment behind it; empty for a list or a table."""
    quoted = re.match(r"\"([^\"]*)\"|'([^']*)'", text)
    if quoted:
        return quoted[1] or quoted[2] or ""
    if text.startswith(("[", "{")):
        return ""
    return re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()
