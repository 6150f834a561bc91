"""The texts of TOML front matter.

The standard library's parser gives no places. So strings are looked for line by line, and one counts if the
parser has the same text under its key.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.front_matter_entry import Entry, Items, Path, key_of, name_of
from termcheck.toml_text import load_toml

_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_TABLE = compile_later(r"[ \t]*(\[{1,2})([^\[\]\r\n]+)\]{1,2}")
# A part of a dotted key, bare or in quotes; one with escapes is not read.
_PART = r"(?:[\w-]+|\"[^\"\\\r\n]*\"|'[^'\r\n]*')"
_PARTS = compile_later(_PART)
_KEY = compile_later(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=[ \t]*")
_STRING = compile_later(
    r"(\"\"\")(?:\r\n|\n)?((?:[^\\]|\\[\s\S])*?)\"\"\"(?!\")|(''')(?:\r\n|\n)?([\s\S]*?)'''(?!')"
    r"|(\")((?:[^\"\\]|\\.)*)\"|(')([^']*)'"
)


def entries(raw: str, span: Span) -> list[Entry]:
    """The texts in a raw span; none if it is malformed."""
    content = _loaded(raw, span)
    # The lists have to end before keys have their numbers.
    return [
        Entry(name_of(path), key_of(path), _value(content, path), place, quote)
        for path, place, quote in list(_strings(raw, span) if content else ())
    ]


def content(raw: str, span: Span) -> list[tuple[Hashable, object]]:
    """All that a program reads in such a span: each value, and its path and type."""
    return list(_flat(_loaded(raw, span)))


def _loaded(raw: str, span: Span) -> dict[str, Any]:
    try:
        return load_toml(raw[span.start : span.end])
    except (ValueError, RecursionError):  # a number of thousands of digits is a ValueError as well
        return {}


def _strings(raw: str, span: Span) -> Iterator[tuple[Path, Span, str]]:
    """What looks like a text under a key: its path, its span inside the quotes, and a mark with escapes."""
    table: Path = ()
    lists: dict[str, Items] = {}
    start = span.start
    while start < span.end:
        if found := _TABLE.match(raw, start, span.end):
            table = _names(found[2])
            if found[1] == "[[":
                items = lists.setdefault(found[2], Items())
                items.count += 1
                table = (*table, (items, items.count))
        elif (found := _KEY.match(raw, start, span.end)) and (
            string := _STRING.match(raw, found.end(), span.end)
        ):
            group = string.lastindex or 0
            quote = '"' if string[group - 1].startswith('"') else ""
            yield (*table, *_names(found[1])), Span(*string.span(group)), quote
            start = string.end()
        line = _LINE.match(raw, start, span.end)
        start = max(line.end() if line else span.end, start + 1)


def _names(key: str) -> tuple[str, ...]:
    """The parts of a dotted key without their quotes."""
    return tuple(part.strip("\"'") for part in _PARTS.findall(key))


def _value(content: Any, path: Path) -> str | None:
    """The text at a path; None if there is none."""
    for part in path:
        place: Any = part if isinstance(part, str) else part[1] - 1
        try:
            content = content[place]
        except (KeyError, IndexError, TypeError):
            return None
    return content if isinstance(content, str) else None


def _flat(content: Any) -> Iterator[tuple[Hashable, object]]:
    waiting: list[tuple[tuple[Hashable, ...], Any]] = [((), content)]
    while waiting:
        path, value = waiting.pop()
        is_table, is_list = isinstance(value, dict), isinstance(value, list)
        yield (*path, type(value)), None if is_table or is_list else value
        inner = value.items() if is_table else enumerate(value) if is_list else ()
        waiting += (((*path, key), item) for key, item in inner)
