"""The strings of a JSON text with their exact places and the names that lead to them.

The standard decoder gives values without places, and it recurses. This scanner takes the members one after
another, in time that grows with the text alone, and refuses a text that is nested too deeply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NoReturn

from termcheck.lazy import compile_later
from termcheck.model import Span, TermcheckError
from termcheck.readers.base import RowError, failure
from termcheck.readers.keyed import MOST_LEVELS, UniqueKeys
from termcheck.readers.tree import Group, Text, Tree

_STRING = r'"([^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*+)"'
_BLANKS = r"[ \t\r\n]*+"
_NAME = compile_later(rf"{_BLANKS}{_STRING}{_BLANKS}:")
_VALUE = compile_later(
    rf"{_BLANKS}(?:{_STRING}|([\{{\[])|(null)\b|(?:true|false|NaN|-?Infinity)\b"
    r"|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
)
_NEXT = compile_later(rf"{_BLANKS}([,\]}}])")
_BLANK = compile_later(_BLANKS)
_STRING_KIND, _GROUP_KIND, _NULL_KIND = 1, 2, 3


def read_tree(raw: str, path: str, report: Callable[[RowError], None]) -> Tree:
    """Read a text whose value is an object or an array; `report` takes each repeated name.

    Of members with one name the first counts. Raises TermcheckError for what is no JSON.
    """
    return _Scanner(raw, path, report).tree()


class _Scanner:
    def __init__(self, raw: str, path: str, report: Callable[[RowError], None]) -> None:
        self._raw, self._path, self._report = raw, path, report
        self._keys = UniqueKeys(raw)
        self._open: list[Group] = []
        self._tree = Tree()

    def tree(self) -> Tree:
        raw, offset = self._raw, 0
        match = _VALUE.match(raw)
        if match is None or match.lastindex != _GROUP_KIND:
            self._fail(self._skip(0), "a file of texts is a JSON object or array")
        offset = self._enter(match, "", match.start(_GROUP_KIND))
        while self._open:
            offset = self._member(self._open[-1], offset)
        if (end := self._skip(offset)) < len(raw):
            self._fail(end, "unexpected text after the JSON")
        return self._tree

    def _member(self, group: Group, offset: int) -> int:
        """Take a member and what follows it, or the end of an empty group; gives the offset after it."""
        raw = self._raw
        closing = "}" if group.is_object else "]"
        if not group.count and raw.startswith(closing, end := self._skip(offset)):
            self._open.pop()
            return self._after(end + 1)
        name, start, offset = self._name(group, offset)
        group.count += 1
        match = _VALUE.match(raw, offset)
        if match is None:
            self._fail_at_value(offset)
        kind = match.lastindex
        if kind == _GROUP_KIND:
            return self._enter(match, name, start)
        if not self._is_repeated(group, name, start):
            if kind is not None:
                span = Span(*match.span(kind))
                self._tree.texts.append(Text(group, name, start, span, kind == _NULL_KIND))
            elif match[0].endswith("false"):
                group.refused.append(name)
        return self._after(match.end())

    def _name(self, group: Group, offset: int) -> tuple[str, int, int]:
        """The name of the next member, its offset, and the offset after it."""
        if not group.is_object:
            return str(group.count), self._skip(offset), offset
        match = _NAME.match(self._raw, offset)
        if match is None:
            self._fail(self._skip(offset), "expected a name in double quotes and “:”")
        name = match[1]
        return json.loads(f'"{name}"') if "\\" in name else name, match.start(1) - 1, match.end()

    def _enter(self, match: re.Match[str], name: str, start: int) -> int:
        """Open a group; gives the offset after its bracket."""
        parent = self._open[-1] if self._open else None
        if len(self._open) >= MOST_LEVELS:
            self._fail(match.start(_GROUP_KIND), f"more than {MOST_LEVELS} levels of objects and arrays")
        repeated = parent is not None and (parent.repeated or self._is_repeated(parent, name, start))
        group = Group(len(self._tree.groups), parent, name, match[_GROUP_KIND] == "{", repeated)
        self._open.append(group)
        self._tree.groups.append(group)
        return match.end()

    def _is_repeated(self, group: Group, name: str, start: int) -> bool:
        """Note the name of a member; whether the group has it already."""
        first = group.names.setdefault(name, start) if group.is_object else start
        if first != start and not group.repeated:
            self._report(self._keys.repeated(name, first, start))
        return first != start

    def _after(self, offset: int) -> int:
        """Take what follows a member, and the ends of the groups that end with it."""
        while self._open:
            group = self._open[-1]
            match = _NEXT.match(self._raw, offset)
            mark = match[1] if match else ""
            if match is None or mark not in (",", "}" if group.is_object else "]"):
                self._fail(self._skip(offset), f"expected “,” or “{'}' if group.is_object else ']'}”")
            offset = match.end()
            if mark == ",":
                return offset
            self._open.pop()
        return offset

    def _skip(self, offset: int) -> int:
        match = _BLANK.match(self._raw, offset)
        return match.end() if match else offset

    def _fail_at_value(self, offset: int) -> NoReturn:
        offset = self._skip(offset)
        if self._raw.startswith('"', offset):
            self._fail(offset, "this string does not end, or has a character or an escape that JSON has not")
        if self._raw.startswith(("}", "]"), offset):
            self._fail(offset, "expected a value after “,”")
        self._fail(offset, "expected a value")

    def _fail(self, offset: int, message: str) -> NoReturn:
        if offset >= len(self._raw):
            message = "the JSON ends too early"
        raise _error(self._raw, offset, message, self._path)


def _error(raw: str, offset: int, message: str, path: str) -> TermcheckError:
    advice = "correct it; JSON has no comments, and no comma after the last member"
    return failure(raw, min(offset, len(raw)), f"malformed JSON: {message}", path, advice)
