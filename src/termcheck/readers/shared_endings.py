"""Files with an ending that belongs to other files, too, such as `.ts` of Qt and of TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.plain_files import open_plain

if TYPE_CHECKING:
    import re

# So many bytes show how a file begins. Chosen by hand.
_HEAD = 1 << 12


def begins_with(path: str, opening: re.Pattern[str]) -> bool:
    """Whether a file begins like one of a format; one that cannot be opened may, so that this is reported."""
    try:
        with open_plain(path) as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return True
    return opening.match(head.decode("utf-8", "replace")) is not None
