"""The node tree a glossary file is read into: texts, lists and mappings that know their places.

It is smaller than PyYAML's own node graph on purpose: no tags, no aliases, everything is text, so that
what reads it needs no second thoughts about `NO`, `012` or `2025-12-25`.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from termcheck.model import Origin, TermcheckError

# The spellings YAML reads as "nothing here" when they are not in quotes.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class ScalarNode(Struct, frozen=True):
    """A text as written, from `line`:`column` to `end_line`:`end_column` (1-based, end exclusive).

    `plain` says that it stood there without quotes.
    """

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing is written here: no text, `~` or `null`, or blanks in quotes."""
        return self.text in _NULLS if self.plain else not self.text.strip()


class SequenceNode(Struct, frozen=True):
    """A list and the place where it begins."""

    items: tuple[Node, ...]
    line: int
    column: int


class MappingNode(Struct, frozen=True):
    """A mapping in file order and the place where it begins; `flow`: written in `{ }`."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    line: int
    column: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value of a key, the first one if it is there twice; None where it is missing."""
        return next((value for node, value in self.entries if node.text == key), None)

    def keys(self) -> tuple[str, ...]:
        """The texts of all keys, in file order."""
        return tuple(node.text for node, _ in self.entries)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode

_KINDS: dict[type, str] = {ScalarNode: "a text", SequenceNode: "a list", MappingNode: "a mapping"}


def kind_of(node: Node) -> str:
    """What a node is, as messages say it: `a text`, `a list`, `a mapping`."""
    return _KINDS[type(node)]


def origin_of(node: Node, path: str) -> Origin:
    """Where a node stands."""
    return Origin(path, node.line, node.column)


def mistake(node: Node, path: str, message: str, advice: str = "") -> TermcheckError:
    """The error to raise for what is written at a node."""
    return TermcheckError(message, path=path, line=node.line, column=node.column, advice=advice)
