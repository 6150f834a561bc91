"""What the parsers of front matter give: its values, with their keys and their places."""

from __future__ import annotations

from msgspec import Struct

from termcheck.model import Span


class Entry(Struct, frozen=True):
    """A value that is no list or table.

    `name` is its dotted key, and `key` also has its places in lists, so that no two values share it:
    `features.title` and `features[1/3].title`. `value` is its text, None if it is no text but a number, say.
    `raw` is its raw span inside quotes and marks. `quote` is its quotation mark if that has escapes.
    """

    name: str
    key: str
    value: str | None
    raw: Span
    quote: str = ""


class Items(Struct, eq=False):
    """A list in front matter: how many items it has so far."""

    count: int = 0


Path = tuple["str | tuple[Items, int]", ...]
"""Keys, and lists with the number of an item, from 1."""


def name_of(path: Path) -> str:
    """The dotted key of a path, without its places in lists."""
    return ".".join(part for part in path if isinstance(part, str))


def key_of(path: Path) -> str:
    """The key of a path, once its lists have ended."""
    parts = (f".{part}" if isinstance(part, str) else f"[{part[1]}/{part[0].count}]" for part in path)
    return "".join(parts).removeprefix(".")


def spelling(name: str) -> str:
    """A key as it is compared: `linkTitle`, `linktitle` and `link_title` are one."""
    return name.replace("-", "").replace("_", "").casefold()
