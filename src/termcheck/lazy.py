"""Compile regular expressions on first use.

A run of the command uses few of them, and compiling them all would take longer than checking a text.
"""

from __future__ import annotations

import re
from typing import Any, cast


def compile_later(expression: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern like that of `re.compile`, which is compiled when one of its methods is first used."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))


class _Pattern:
    """A proxy of a pattern, which stores each attribute of the pattern on first access."""

    def __init__(self, expression: str, flags: int) -> None:
        self._arguments = (expression, flags)

    def __getattr__(self, name: str) -> Any:
        # `re` caches compiled patterns, so the first use of a second method costs little.
        attribute = getattr(re.compile(*self._arguments), name)
        setattr(self, name, attribute)
        return attribute
