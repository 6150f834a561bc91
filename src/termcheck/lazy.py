"""Regular expressions that are compiled when they are first used.

A run of the command needs few of them, and compiling all took longer than checking a text.
"""

from __future__ import annotations

import re
from typing import Any, cast


def compile_later(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled on the first use of one of its methods."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))


class _Pattern:
    """Stands for a pattern; what it is asked for once is its own attribute from then on."""

    def __init__(self, expression: str, flags: int) -> None:
        self._given = (expression, flags)

    def __getattr__(self, name: str) -> Any:
        # `re` keeps what it has compiled, so that asking for a second method costs little.
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found
