"""Plain searches in strings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile


def occurrences(sought: str, text: str) -> Iterator[int]:
    """Offsets of all occurrences of a non-empty string, overlapping ones too."""
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def has_in_order(chars: str, text: str) -> bool:
    """Whether a text has all of some characters in their order, whatever stands between."""
    rest = iter(text)
    return all(char in rest for char in chars)


def shared_prefix(one: str, other: str) -> int:
    """How many characters two strings have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
