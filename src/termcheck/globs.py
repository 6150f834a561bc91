"""Path patterns: globs for `exclude` and `per-file-ignores`, and patterns of files that form pairs.

Every option that takes a pattern reads it in the same way. A pattern without a slash matches a file or
directory at any depth. A pattern with a slash is relative to the directory of its config file. A pattern
that matches a directory covers everything in it. The functions on paths are the basis of the patterns.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Side, TermcheckError

_TOKEN = compile_later(r"\*\*/|\*\*|\*|\?|\[[!^]?[^\[\]/\\]+\]|\{[^{}]*,[^{}]*\}|.", re.DOTALL)
_PLACEHOLDER = compile_later(r"\{([A-Za-z_]\w*)(:\*\*)?\}", re.ASCII)
_WILDCARDS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


class PathGlob(Struct, frozen=True):
    """A pattern and the absolute directory it is relative to (with forward slashes)."""

    pattern: str
    root: str

    def matches(self, path: str) -> bool:
        """Whether the pattern matches an absolute path with forward slashes, or a directory that contains it.

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

    def names(self, path: str) -> bool:
        """Whether the pattern matches this file or directory itself, and not only a directory around it."""
        pattern = self.pattern.removeprefix("./").rstrip("/")
        if "/" not in pattern:
            return _compile(pattern).fullmatch(path.rpartition("/")[2]) is not None
        subject = path if pattern.startswith("/") else relative_path(path, self.root)
        return _compile(pattern).fullmatch(subject) is not None


class Half(Struct, frozen=True):
    """A path as one half of a pair: its side, the absolute path of the other half, and how exactly it fits.

    `literals` counts the characters of the pattern outside its placeholders.
    """

    side: Side
    other: str
    literals: int


class PairPattern(Struct, frozen=True):
    """Path patterns of a source and a target file, relative to the absolute directory `root`.

    `{name}` stands for one part of a path or a piece of it, and `{name:**}` for any number of parts. Both
    patterns have the same names.
    """

    source: str
    target: str
    root: str

    def __post_init__(self) -> None:
        """Raise TermcheckError if the path of one half does not determine that of the other."""
        names = [{name for name, _ in _PLACEHOLDER.findall(half)} for half in (self.source, self.target)]
        problem = ""
        if "*" in _PLACEHOLDER.sub("", self.source + self.target):
            problem = "has a `*`, which does not say what to put into the other half"
        elif not names[0]:
            problem = "has no {name}"
        elif names[0] != names[1]:
            problem = f"has {_braced(names[0] ^ names[1])} in one half only"
        elif self.source == self.target:
            problem = "pairs each file with itself"
        if problem:
            raise TermcheckError(
                f"the pair '{self.source} : {self.target}' {problem}",
                advice="write a {name} (or {name:**} across directories) in both halves, "
                "as in 'docs/zh/{name}.md : docs/en/{name}.md'",
            )

    def halves(self, path: str) -> Iterator[Half]:
        """Each way in which the file at an absolute path is one half of a pair."""
        relative = relative_path(path, self.root)
        for side, own, other in (
            (Side.SOURCE, self.source, self.target),
            (Side.TARGET, self.target, self.source),
        ):
            match = _compile_half(own).fullmatch(relative)
            if match:
                filled = _fill(other.removeprefix("./"), match.groupdict())
                literals = len(_PLACEHOLDER.sub("", own))
                yield Half(side, absolute_path(f"{self.root}/{filled}"), literals)


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda placeholder: values[placeholder[1]], pattern)


def _braced(names: set[str]) -> str:
    return ", ".join("{" + name + "}" for name in sorted(names))


@functools.lru_cache(maxsize=64)
def _compile_half(pattern: str) -> re.Pattern[str]:
    expression, end, seen = "", 0, set[str]()
    for placeholder in _PLACEHOLDER.finditer(pattern.removeprefix("./")):
        name, parts = placeholder.groups()
        expression += re.escape(placeholder.string[end : placeholder.start()])
        kind = ".+" if parts else "[^/]+"
        expression += f"(?P={name})" if name in seen else f"(?P<{name}>{kind})"
        seen.add(name)
        end = placeholder.end()
    return re.compile(expression + re.escape(pattern.removeprefix("./")[end:]))


def absolute_path(path: str | os.PathLike[str]) -> str:
    """The absolute path with forward slashes and without `..`; symbolic links are not resolved."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - Path.absolute() keeps `..`


def upward(directory: str) -> Iterator[str]:
    """A directory and the directories above it, nearest first, as prefixes that end in a slash.

    `directory` is an absolute path with forward slashes.
    """
    prefix = f"{directory.rstrip('/')}/"
    while prefix:
        yield prefix
        prefix = prefix[: prefix.rfind("/", 0, -1) + 1]


def relative_path(path: str, root: str) -> str:
    """An absolute path relative to `root`, with forward slashes; unchanged on another drive."""
    prefix = root.rstrip("/") + "/"
    if path.startswith(prefix):
        return path[len(prefix) :]
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return path


def project_path(path: str, root: str) -> str:
    """The name of a file that is the same on every machine: its path from the absolute directory `root`.

    Standard input without a name stays `-`. Without a root, paths do not change.
    """
    if not root or path == "-":
        return path
    from unicodedata import normalize

    return normalize("NFC", relative_path(absolute_path(path), root))


def display_path(path: str, root: str) -> str:
    """An absolute path as it is printed: relative to `root` if it is in `root` or in a directory above it."""
    parent = path.rpartition("/")[0]
    above = root == parent or root.startswith(parent.rstrip("/") + "/")
    if above or path.startswith(root.rstrip("/") + "/"):
        return relative_path(path, root)
    return path


def _covers(pattern: str, path: str) -> bool:
    return _compile(pattern + "{,/**}").fullmatch(path) is not None


@functools.lru_cache(maxsize=512)
def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern: `*` and `?` stay within a part, `**` crosses parts, `[ab]`, `[!ab]` and `{a,b}` choose."""
    try:
        return re.compile(_translate(pattern), re.DOTALL)
    except re.error:  # a range written backwards, so that the pattern can only be a literal name
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
