"""The nodes of a parsed glossary file: texts, lists and mappings, each with its line and column.

Unlike in PyYAML's own node graph, there are no tags and no aliases, and every scalar is text. So no reader of
the tree has to treat `NO`, `012` or `2025-12-25` as a special case.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from termcheck.model import Origin, TermcheckError

# The spellings that YAML reads as null if they are not in quotes.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class ScalarNode(Struct, frozen=True):
    """A text as written, from `line`:`column` to `end_line`:`end_column` (1-based, end exclusive).

    `plain` means that it is written without quotes.
    """

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Whether there is no value: an empty text, `~` or `null` without quotes, or blanks in quotes."""
        return self.text in _NULLS if self.plain else not self.text.strip()


class SequenceNode(Struct, frozen=True):
    """A list and the position of its beginning."""

    items: tuple[Node, ...]
    line: int
    column: int


class MappingNode(Struct, frozen=True):
    """A mapping in file order and the position of its beginning; `flow` means that it is written in `{ }`."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    line: int
    column: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value of a key, the first if the key is duplicate, or None if it is missing."""
        return next((value for node, value in self.entries if node.text == key), None)

    def keys(self) -> tuple[str, ...]:
        """The texts of all keys, in file order."""
        return tuple(node.text for node, _ in self.entries)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode

_KINDS: dict[type, str] = {ScalarNode: "a text", SequenceNode: "a list", MappingNode: "a mapping"}


def kind_of(node: Node) -> str:
    """The kind of a node in words: `a text`, `a list`, `a mapping`."""
    return _KINDS[type(node)]


def origin_of(node: Node, path: str) -> Origin:
    """The file and position of a node; of a text in quotes, where the text begins."""
    quoted = isinstance(node, ScalarNode) and not node.plain and node.line == node.end_line
    return Origin(path, node.line, node.column + quoted)


def mistake(node: Node, path: str, message: str, advice: str = "") -> TermcheckError:
    """An error at the position of a node."""
    return TermcheckError(message, path=path, line=node.line, column=node.column, advice=advice)
