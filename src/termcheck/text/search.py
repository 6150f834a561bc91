"""Plain searches in strings."""

from __future__ import annotations

from collections.abc import Iterator


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
