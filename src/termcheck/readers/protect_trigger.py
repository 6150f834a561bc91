"""What the families of protected text have in common: triggers, and how a pattern is tried around one."""

from __future__ import annotations

import re
from collections.abc import Callable

from termcheck.lazy import compile_later

Found = tuple[int, int, int]
"""The start and the end of what was found, both equal if that is nothing, and the offset up to which other
triggers can be skipped."""

Finder = Callable[[str, int, int], Found]
"""Looks in a text around a trigger at an offset, not before the bound that is its last argument."""

WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
REACH = 256
"""How far before a trigger a word may begin; longer “words” are data, no words."""


class Trigger:
    """A character, what must stand around it, and what to look for there.

    `around` is a regular expression that is matched behind the character; it may look back. The trigger
    should be rare in ordinary text. `telltale` is a rare character that every span found from here holds, for
    a quick look at long texts; without one the trigger itself is sought.
    """

    def __init__(self, mark: str, around: str, find: Finder, telltale: str = "") -> None:
        self.mark = mark
        self.around = around
        self.expression = re.escape(mark) + around
        self.pattern = compile_later(self.expression)
        self.find = find
        self.telltale = telltale


def word_start(text: str, at: int, bound: int, chars: str) -> int:
    """The start of the run of `chars` that ends at `at`."""
    low = max(bound, at - REACH)
    return low + len(text[low:at].rstrip(chars))


def here(pattern: re.Pattern[str]) -> Finder:
    """Finds what matches at the trigger."""

    def find(text: str, at: int, bound: int) -> Found:  # noqa: ARG001 (the signature of all finders)
        match = pattern.match(text, at)
        return (at, match.end(), at) if match else (at, at, at)

    return find


def around(pattern: re.Pattern[str], chars: str) -> Finder:
    """Finds what matches from the start of the run of `chars` before the trigger, if it holds the trigger."""

    def find(text: str, at: int, bound: int) -> Found:
        start = word_start(text, at, bound, chars)
        match = pattern.match(text, start)
        return (start, match.end(), at) if match and match.end() > at else (at, at, at)

    return find


def begins_line(text: str, at: int) -> bool:
    """Whether only blanks stand before an offset in its line."""
    before = text[max(0, at - REACH) : at].rstrip(" \t")
    return before.endswith(("\n", "\r")) or (not before and at < REACH)
