"""The scalars of a YAML file with their places and the names that lead to them, from PyYAML's events.

Nothing is composed: the composer of the C parser overflows the stack on deeply nested input, and aliases can
make a small file large.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.base import RowError, failure
from termcheck.readers.keyed import MOST_LEVELS, UniqueKeys
from termcheck.readers.tree import Group, Text, Tree

# What may stand before a scalar: an anchor, or a tag.
_PROPERTIES = compile_later(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_SURROGATE = compile_later("[\ud800-\udfff]")
_TEXT, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null"


def read_tree(raw: str, path: str, report: Callable[[RowError], None]) -> Tree:
    """Read a file; `report` takes each repeated name. Raises TermcheckError for what is no YAML.

    The values of a second document have names of their own. Aliases are no texts, because what they stand for
    has its place elsewhere.
    """
    import yaml

    reader = _Reader(raw, path, report, yaml)
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        for event in yaml.parse(raw, Loader=loader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"malformed YAML: {error.problem or error.context}"
        raise failure(raw, mark.index if mark else 0, problem, path, "correct it") from error
    except (yaml.YAMLError, ValueError) as error:
        stray = _SURROGATE.search(raw)
        message = "lone surrogate in the text" if stray else f"malformed YAML: {error}".splitlines()[0]
        raise failure(raw, stray.start() if stray else 0, message, path, "correct it") from error
    return reader.tree


class _Reader:
    """Puts the events of a file into a tree."""

    def __init__(self, raw: str, path: str, report: Callable[[RowError], None], yaml: Any) -> None:
        self.tree = Tree()
        self._raw, self._path, self._report, self._yaml = raw, path, report, yaml
        self._resolver = yaml.resolver.Resolver()
        self._keys = UniqueKeys(raw)
        # Each open group with the key that waits for its value: the name and its offset.
        self._open: list[tuple[Group, tuple[str, int] | None]] = []
        # Groups that are keys have no texts.
        self._ignored = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take in the next event."""
        yaml = self._yaml
        if self._ignored:
            self._ignored += isinstance(event, yaml.CollectionStartEvent)
            self._ignored -= isinstance(event, yaml.CollectionEndEvent)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)

    def _node(self, event: Any) -> None:
        yaml = self._yaml
        start = event.start_mark.index
        if not self._open:
            self._documents += 1
            if isinstance(event, yaml.CollectionStartEvent):
                self._enter(event, "" if self._documents == 1 else str(self._documents), start)
            return
        group, key = self._open[-1]
        if group.is_object and key is None:
            self._name(event, group, start)
            return
        name, place = key or (str(group.count), start)
        self._open[-1] = group, None
        group.count += 1
        repeated = self._is_repeated(group, name, place) and name != "<<"
        if isinstance(event, yaml.CollectionStartEvent):
            self._enter(event, name, start, repeated=repeated)
        elif isinstance(event, yaml.ScalarEvent) and not repeated:
            self._scalar(event, group, name, place)

    def _name(self, event: Any, group: Group, start: int) -> None:
        """Take a name in a mapping; one that is no scalar names nothing."""
        yaml = self._yaml
        self._open[-1] = group, (event.value if isinstance(event, yaml.ScalarEvent) else f"?{start}", start)
        if isinstance(event, yaml.CollectionStartEvent):
            self._ignored = 1

    def _enter(self, event: Any, name: str, start: int, *, repeated: bool = False) -> None:
        if len(self._open) >= MOST_LEVELS:
            raise failure(
                self._raw, start, f"more than {MOST_LEVELS} levels of mappings and lists", self._path
            )
        parent = self._open[-1][0] if self._open else None
        is_object = isinstance(event, self._yaml.MappingStartEvent)
        repeated = repeated or (parent is not None and parent.repeated)
        group = Group(len(self.tree.groups), parent, name, is_object, repeated)
        self.tree.groups.append(group)
        self._open.append((group, None))

    def _is_repeated(self, group: Group, name: str, start: int) -> bool:
        first = group.names.setdefault(name, start) if group.is_object else start
        if first != start and not group.repeated and name != "<<":
            self._report(self._keys.repeated(name, first, start))
        return first != start

    def _scalar(self, event: Any, group: Group, name: str, place: int) -> None:
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._resolver.resolve(self._yaml.ScalarNode, event.value, event.implicit)
        if tag not in (_TEXT, _NULL):
            return
        text = Text(group, name, place, self._span(event), tag == _NULL, event.style or "")
        text.value = event.value
        self.tree.texts.append(text)

    def _span(self, event: Any) -> Span:
        """The raw span of a scalar, inside quotes and below the mark of a block."""
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self._raw, start, end)
        start = properties.end() if properties else start
        style = event.style or ""
        if style in ("|", ">"):
            start = next(_LINE.finditer(self._raw, start, end)).end()
        elif style:
            start, end = start + 1, end - 1
        return Span(start, max(start, end))
