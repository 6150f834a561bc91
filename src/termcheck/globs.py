"""Path patterns: globs for `exclude`, `per-file-ignores` and the like, and functions on paths.

Every option that takes a pattern reads it in the same way. A pattern without a slash matches a file or
directory at any depth. A pattern with a slash is relative to the directory of its config file. A pattern
that matches a directory covers everything in it. The functions on paths are the basis of the patterns.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.path_patterns import ANY, NO_SLASH, PathPattern, Steps, Text, choice, members, repeated

_TOKEN = compile_later(
    r"\*\*/|\*\*|\*|\?|\[[!^]?\]?(?:\\.|[^\]/\\])+\]|\[[!^]?\]\]|\{[^{}]*,[^{}]*\}"
    r"|\\[][{}*?!,\\]|[^*?\[{\\]+|.",
    re.DOTALL,
)
_WILDCARDS: Mapping[str, Steps] = {
    "**/": repeated((NO_SLASH, *repeated([NO_SLASH]), Text("/"))),
    "**": repeated([ANY]),
    "*": repeated([NO_SLASH]),
    "?": (NO_SLASH,),
}


class PathGlob(Struct, frozen=True):
    """A pattern and the absolute directory it is relative to (with forward slashes).

    In a list of patterns, one that is `negated` takes back what those before it say.
    """

    pattern: str
    root: str
    negated: bool = False

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
        return any(expression.matches(part) for part in relative.split("/") if part != "..")

    def names(self, path: str) -> bool:
        """Whether the pattern matches this file or directory itself, and not only a directory around it."""
        pattern = self.pattern.removeprefix("./").rstrip("/")
        if "/" not in pattern:
            return _compile(pattern).matches(path.rpartition("/")[2])
        subject = path if pattern.startswith("/") else relative_path(path, self.root)
        return _compile(pattern).matches(subject)


NameTest = Callable[[str], bool]
"""Whether something is true of a file or directory itself, given by its absolute path."""


def leaves_out(globs: Sequence[PathGlob]) -> NameTest:
    """The test whether patterns leave something out; plain names, as most are, take no time."""
    if any(glob.negated for glob in globs):
        return lambda path: is_left_out(path, globs)
    plain, others = set[str](), list[PathGlob]()
    for glob in globs:
        name = glob.pattern.rstrip("/")
        if name and not re.search(r"[*?\[{/\\]", name):
            plain.add(name)
        else:
            others.append(glob)
    return lambda path: path.rpartition("/")[2] in plain or any(glob.names(path) for glob in others)


def absolute_path(path: str | os.PathLike[str]) -> str:
    """The absolute path with forward slashes and without `..`; symbolic links are not resolved."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - Path.absolute() keeps `..`


def name_of(path: str) -> str:
    """A path as a file is called in messages: with forward slashes, and without `./` before it."""
    return re.sub(r"^(\./+)+", "", path.replace(os.sep, "/")) or path


def named_like(absolute: str, name: str) -> str:
    """An absolute path as the user wrote `name`: absolute, or relative to the working directory."""
    if os.path.isabs(name):  # noqa: PTH117 - a string goes in and comes out
        return absolute
    try:
        return os.path.relpath(absolute).replace(os.sep, "/")
    except ValueError:  # another drive
        return absolute


def upward(directory: str) -> Iterator[str]:
    """A directory and the directories above it, nearest first, as prefixes that end in a slash.

    `directory` is an absolute path with forward slashes.
    """
    prefix = f"{directory.rstrip('/')}/"
    while prefix:
        yield prefix
        prefix = prefix[: prefix.rfind("/", 0, -1) + 1]


def nearest_with(directory: str, *names: str) -> str:
    """The nearest directory, this or above, with one of some names in it; empty if there is none.

    `directory` is as in `upward`, and the result ends in a slash. A link that leads nowhere counts.
    """
    found = (folder for folder in upward(directory) if any(os.path.lexists(folder + name) for name in names))
    return next(found, "")


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


def is_left_out(path: str, globs: Sequence[PathGlob]) -> bool:
    """Whether the last pattern that matches this file or directory itself leaves it out."""
    last = next((glob for glob in reversed(globs) if glob.names(path)), None)
    return last is not None and not last.negated


def is_in_left_out(path: str, globs: Sequence[PathGlob]) -> bool:
    """Whether an absolute path, or a directory around it, is left out.

    As in git, nothing in a directory that is left out can be taken back.
    """
    if not any(glob.negated for glob in globs):
        return any(glob.matches(path) for glob in globs)
    roots = [f"{glob.root}/" for glob in globs]
    around = (path[: match.start()] for match in re.finditer("/", path + "/") if match.start())
    # A directory around the configuration may have any name.
    below = (one for one in around if not any(root.startswith(f"{one}/") for root in roots))
    return any(is_left_out(one, globs) for one in below)


def _covers(pattern: str, path: str) -> bool:
    return _compile(pattern + "{,/**}").matches(path)


@functools.lru_cache(maxsize=512)
def _compile(pattern: str) -> PathPattern:
    """A pattern: `*` and `?` stay within a part, `**` crosses parts, `[ab]`, `[!ab]` and `{a,b}` choose.

    A backslash makes the character after it an ordinary one.
    """
    try:
        return PathPattern(glob_steps(pattern))
    except re.error:  # a range written backwards, so that the pattern can only be a literal name
        return PathPattern([Text(pattern)])


def glob_steps(pattern: str) -> Steps:
    """A pattern as steps; raises re.error if a range is written backwards."""
    return tuple(chain.from_iterable(map(_steps_of_token, _TOKEN.findall(pattern))))


def _steps_of_token(token: str) -> Steps:
    if token in _WILDCARDS:
        return _WILDCARDS[token]
    if token[0] == "\\" and len(token) == 2:
        return (Text(token[1]),)
    if token[0] not in "[{" or len(token) == 1:
        return (Text(token),)
    inner = token[1:-1]
    if token[0] == "{":
        return choice([glob_steps(branch) for branch in inner.split(",")])
    negated = inner[0] in "!^"
    chars = re.sub(
        r"\\(.)|([&~|^[\]])", lambda match: re.escape(match[1] or match[2]), inner[1:] if negated else inner
    )
    return (members(f"[^/{chars}]" if negated else f"[{chars}]"),)
