"""Colours for a terminal, as SGR escape sequences (ECMA-48, section 8.3.117).

A table of styles needs no dependency, and all text formats use the same one. The styles of the three
severities have the names of the severities.
"""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str, str], str]

STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "path": "1",
    "title": "1",
    "gutter": "1;34",
    "good": "1;32",
}


def painter(*, color: bool) -> Paint:
    """A function `paint(text, style)`; without colour it returns the text unchanged."""
    return _paint if color else _plain


def _paint(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text else ""


def _plain(text: str, _style: str) -> str:
    return text
