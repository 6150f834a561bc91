"""Helpers for plain strings: all occurrences, subsequences, and shared prefixes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile


def find_all(sought: str, text: str) -> Iterator[int]:
    """The offsets of all occurrences of a non-empty string, including overlapping ones."""
    offset = text.find(sought)
    while offset >= 0:
        yield offset
        offset = text.find(sought, offset + 1)


def is_subsequence(chars: str, text: str) -> bool:
    """Whether a text contains all of some characters in their order, with any others in between."""
    rest = iter(text)
    return all(char in rest for char in chars)


def shared_prefix(first: str | bytes, second: str | bytes) -> int:
    """The number of characters that two strings have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
