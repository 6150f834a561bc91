"""Glossaries in JSON: the same structure as in YAML, or nothing but terms with their renderings.

JSON is nearly YAML, but not quite: tabs may indent it, and pairs of surrogates are escapes. So it is cut into
tokens here, without recursion, and read as the same nodes with their places.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import Struct, field

from termcheck.glossary.decoding import text_of
from termcheck.glossary.formats import GlossaryOptions, Written
from termcheck.glossary.loader import glossary_of_nodes
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake
from termcheck.glossary.plain_data import plain_data
from termcheck.lazy import compile_later
from termcheck.model import Glossary, TermcheckError
from termcheck.text.positions import line_starts, position

_TOKEN = compile_later(
    r"""[ \t\r\n]*+(?:
      (?P<text>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+")
    | (?P<mark>[{}\[\],:])
    | (?P<word>-?[0-9][0-9.eE+-]*+|true|false|null)
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_MOST_LEVELS = 12
_ADVICE = 'write JSON such as {"上合组织": "SCO"}'


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError with all errors of the file."""
    mistakes = Mistakes()
    root = _Scanner(text_of(data, path), path, mistakes).root()
    return glossary_of_nodes(root, path, options.languages, mistakes)


def write(glossary: Glossary) -> Written:
    """The glossary as JSON in the full form."""
    whole, lost = plain_data(glossary)
    return Written(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n", lost)


class _Open(Struct):
    """A list or an object that has not ended; `key` still lacks its value."""

    closing: str
    line: int
    column: int
    items: list[Any] = field(default_factory=list)
    keys: dict[str, ScalarNode] = field(default_factory=dict)
    key: ScalarNode | None = None


class _Scanner:
    """Makes nodes of a text, token by token."""

    def __init__(self, raw: str, path: str, mistakes: Mistakes) -> None:
        self.raw, self.path, self.mistakes = raw, path, mistakes
        self._starts = line_starts(raw)
        self._stack: list[_Open] = []
        self._expected = "value"
        self._at = 0
        self._root: Node | None = None

    def root(self) -> Node | None:
        """The root of the text. Raises TermcheckError at the first place that is no JSON."""
        while True:
            token = _TOKEN.match(self.raw, self._at)
            if token is None:
                raise self._error(
                    len(self.raw) - len(self.raw[self._at :].lstrip(" \t\r\n")), "this is no JSON"
                )
            start = token.start(token.lastgroup or "end")
            if token.lastgroup == "end":
                if self._stack or self._expected != "end":
                    raise self._error(start, "the text ends too early")
                return self._root
            self._take(token, start)
            self._at = token.end()

    def _take(self, token: re.Match[str], start: int) -> None:
        if token["mark"]:
            self._mark(token["mark"], start)
            return
        node = self._scalar(token, start)
        if self._expected in ("key", "key or end") and token["text"]:
            self._key(node)
        elif self._expected in ("value", "value or end"):
            self._add(node)
        else:
            raise self._error(start, f"expected {_NAMES[self._expected]}")

    def _scalar(self, token: re.Match[str], start: int) -> ScalarNode:
        line, column = position(self._starts, start)
        end = column + token.end() - start
        if token["word"]:
            return ScalarNode(token["word"], line, column, line, end)
        try:
            text = msgspec.json.decode(token["text"], type=str)
        except msgspec.DecodeError:
            raise self._error(start, "this text has half of a surrogate pair") from None
        return ScalarNode(text, line, column, line, end, plain=False)

    def _mark(self, mark: str, start: int) -> None:
        top = self._stack[-1] if self._stack else None
        if mark in "{[" and self._expected in ("value", "value or end"):
            if len(self._stack) == _MOST_LEVELS:
                raise self._error(start, f"more than {_MOST_LEVELS} levels")
            self._stack.append(_Open("}" if mark == "{" else "]", *position(self._starts, start)))
            self._expected = "key or end" if mark == "{" else "value or end"
        elif top and mark == top.closing and (self._expected == "comma" or self._expected.endswith("or end")):
            self._stack.pop()
            self._add(_closed(top))
        elif mark == "," and top and self._expected == "comma":
            self._expected = "key" if top.closing == "}" else "value"
        elif mark == ":" and self._expected == "colon":
            self._expected = "value"
        else:
            raise self._error(start, f"expected {_NAMES[self._expected]}, found `{mark}`")

    def _key(self, node: ScalarNode) -> None:
        top = self._stack[-1]
        first = top.keys.setdefault(node.text, node)
        if first is not node:
            message = f"duplicate key `{node.text}`, first written in line {first.line}"
            self.mistakes.add(mistake(node, self.path, message, "merge the two entries into one"))
        top.key = node
        self._expected = "colon"

    def _add(self, node: Node) -> None:
        if not self._stack:
            self._root, self._expected = node, "end"
            return
        top = self._stack[-1]
        top.items.append((top.key, node) if top.closing == "}" else node)
        self._expected = "comma"

    def _error(self, offset: int, message: str) -> TermcheckError:
        line, column = position(self._starts, min(offset, len(self.raw)))
        return TermcheckError(message, path=self.path, line=line, column=column, advice=_ADVICE)


_NAMES = {
    "value": "a value",
    "value or end": "a value or `]`",
    "key": "a key in double quotes",
    "key or end": "a key in double quotes or `}`",
    "colon": "a colon",
    "comma": "a comma or the end of what is open",
    "end": "the end of the text",
}


def _closed(opened: _Open) -> Node:
    if opened.closing == "}":
        return MappingNode(tuple(opened.items), opened.line, opened.column)
    return SequenceNode(tuple(opened.items), opened.line, opened.column)
