"""Helpers for plain strings: all occurrences, subsequences, shared prefixes, and edits."""

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


def edit_distance(first: str, second: str) -> int:
    """How many letters must be added, dropped, replaced or swapped with the next to get the second string.

    No stretch is edited twice (optimal string alignment). A library for this would be quicker for long
    strings, but importing it takes longer than a run needs for all its words.
    """
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, char in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            edits = min(last[column] + 1, current[-1] + 1, last[column - 1] + (char != other))
            if row > 1 and column > 1 and char == second[column - 2] and other == first[row - 2]:
                edits = min(edits, before[column - 2] + 1)
            current.append(edits)
        before, last = last, current
    return last[-1]
