"""Path patterns: which files an `exclude`, an `include` or a `per-file-ignores` entry means.

Written once so that every option that takes a pattern reads it the same way: a pattern without a
slash names a file or directory at any depth, one with a slash is relative to the directory of the
config it stands in, and a pattern that matches a directory covers all that is in it.
"""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[!^]?[^\[\]/\\]+\]|\{[^{}]*,[^{}]*\}|.", re.DOTALL)
_WILDCARDS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True)
class PathGlob:
    """A pattern and the absolute directory it is relative to (with forward slashes)."""

    pattern: str
    root: str

    def matches(self, path: str) -> bool:
        """Whether an absolute path with forward slashes, or a directory it lies in, is meant.

        A pattern that begins with a slash is an absolute path itself.
        """
        pattern = self.pattern.removeprefix("./").rstrip("/")
        if pattern.startswith("/"):
            return _covers(pattern, path)
        relative = relative_path(path, self.root)
        if "/" in pattern:
            return _covers(pattern, relative)
        expression = _compile(pattern)
        return any(expression.fullmatch(part) for part in relative.split("/") if part != "..")


def absolute_path(path: str | os.PathLike[str]) -> str:
    """The absolute path with forward slashes and without `..`; symbolic links are left as they are."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - Path.absolute() keeps `..`


def relative_path(path: str, root: str) -> str:
    """An absolute path as seen from `root`, with forward slashes; unchanged on another drive."""
    prefix = root.rstrip("/") + "/"
    if path.startswith(prefix):
        return path[len(prefix) :]
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return path


def display_path(path: str, root: str) -> str:
    """How to print an absolute path: relative when it is in `root` or in a directory above it."""
    parent = path.rpartition("/")[0]
    above = root == parent or root.startswith(parent.rstrip("/") + "/")
    if above or path.startswith(root.rstrip("/") + "/"):
        return relative_path(path, root)
    return path


def _covers(pattern: str, path: str) -> bool:
    return _compile(pattern + "{,/**}").fullmatch(path) is not None


@functools.lru_cache(maxsize=512)
def _compile(pattern: str) -> re.Pattern[str]:
    """`*` and `?` stay within a part, `**` crosses parts, `[ab]`, `[!ab]` and `{a,b}` choose."""
    try:
        return re.compile(_translate(pattern), re.DOTALL)
    except re.error:  # a range written backwards: no file is meant but the one of that very name
        return re.compile(re.escape(pattern))


def _translate(pattern: str) -> str:
    return "".join(map(_translate_token, _TOKEN.findall(pattern)))


def _translate_token(token: str) -> str:
    if token in _WILDCARDS:
        return _WILDCARDS[token]
    if len(token) == 1:
        return re.escape(token)
    inner = token[1:-1]
    if token[0] == "{":
        return "(?:" + "|".join(map(_translate, inner.split(","))) + ")"
    negated = inner[0] in "!^"
    members = re.sub(r"([&~|^])", r"\\\1", inner[1:] if negated else inner)
    return f"[^/{members}]" if negated else f"[{members}]"
