"""The values of YAML front matter, from the events of PyYAML's parser.

The events lead back to the raw text; composed values would not. The composer of the C parser also overflows
the interpreter's stack on deeply nested input.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import takewhile
from typing import Any

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.front_matter_entry import Entry, Items, Path, key_of, name_of

# No site generator has keys nested more deeply; remembering longer paths would take long.
_MAX_DEPTH = 12
_SURROGATE = compile_later("[\ud800-\udfff]")
_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def entries(raw: str, span: Span) -> list[Entry]:
    """The values in a raw span, up to the end of its first YAML document; none if it is malformed."""
    import yaml

    text = raw[span.start : span.end]
    reader = _Reader(text, span.start, yaml)
    for event in _events(text, yaml):
        reader.take(event)
    return reader.entries()


def content(raw: str, span: Span) -> list[tuple[Hashable, object]]:
    """All that a program reads in such a span: each value, and what is known about it."""
    import yaml

    reader = _Reader("", 0, yaml)
    events = _events(raw[span.start : span.end], yaml)
    return [(reader.properties(event), getattr(event, "value", None)) for event in events]


def _events(text: str, yaml: Any) -> list[Any]:
    """The events of the first document, or none if it is malformed."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        events = yaml.parse(text, Loader=loader)
        return list(takewhile(lambda event: not isinstance(event, yaml.DocumentEndEvent), events))
    except (yaml.YAMLError, ValueError):  # ValueError: a lone surrogate
        return []


class _Collection(Struct, eq=False):
    """A mapping, which may wait for the value of `key`, or a list, that has not ended."""

    path: Path
    items: Items | None = None
    key: str | None = None

    def next_path(self) -> Path:
        """The path of the value that comes next."""
        if len(self.path) >= _MAX_DEPTH:
            return self.path
        if self.items is None:
            return (*self.path, self.key or "")
        self.items.count += 1
        return (*self.path, (self.items, self.items.count))


class _Reader:
    """Finds the path of each value among the events of a text, which begins at a raw offset."""

    def __init__(self, text: str, offset: int, yaml: Any) -> None:
        self._values: list[tuple[Any, Path]] = []
        self._text, self._offset, self._yaml = text, offset, yaml
        self._resolver = yaml.resolver.Resolver()
        self._open: list[_Collection] = []

    def take(self, event: Any) -> None:
        """Take in the next event."""
        yaml, is_scalar = self._yaml, isinstance(event, self._yaml.ScalarEvent)
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.NodeEvent):
            around = self._open[-1] if self._open else _Collection((), Items())
            if around.items is None and around.key is None:
                # A key that is no text has values that nobody can name.
                around.key, path = event.value if is_scalar else "", around.path
            else:
                path, around.key = around.next_path() if self._open else (), None
                if is_scalar:
                    self._values.append((event, path))
            if isinstance(event, yaml.CollectionStartEvent):
                is_list = isinstance(event, yaml.SequenceStartEvent)
                self._open.append(_Collection(path, Items() if is_list else None))

    def properties(self, event: Any) -> Hashable:
        """All of an event but its value: how a program reads it."""
        tag = getattr(event, "tag", None)
        return type(event), getattr(event, "anchor", None), tag, self._is_text(event)

    def _is_text(self, event: Any) -> bool:
        yaml = self._yaml
        if not isinstance(event, yaml.ScalarEvent) or event.tag is not None or event.anchor is not None:
            return False
        tag = self._resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        return tag == "tag:yaml.org,2002:str" and not _SURROGATE.search(event.value)

    def entries(self) -> list[Entry]:
        """The entries of all values, once the document has ended."""
        return [self._entry(event, path) for event, path in self._values]

    def _entry(self, event: Any, path: Path) -> Entry:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if style in ("|", ">"):
            start = next(_LINE.finditer(self._text, start, end)).end()
        elif style:
            start, end = start + 1, end - 1
        raw = Span(self._offset + start, self._offset + end)
        value = event.value if self._is_text(event) else None
        return Entry(name_of(path), key_of(path), value, raw, style if style in ("'", '"') else "")
