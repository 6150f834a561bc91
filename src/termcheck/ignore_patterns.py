"""The patterns of `.gitignore` and files like it, as git reads them.

The rules are those of gitignore(5) and of git's wildmatch.c. A pattern decides about one file or directory
by itself, not about what is in it, because a walk does not enter an ignored directory. Matching takes a
time that grows with the length of the pattern times that of the path, whatever the pattern is: a checked
repository must not be able to stop a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

_TOKEN = re.compile(
    r"\\(?P<escaped>.)"
    r"|\[(?P<negated>[!^]?+)(?P<members>\]?+(?:\\.|\[:[a-z]*:\]|[^\]\\])*)\]"
    r"|(?P<stars>\*+)|(?P<any>\?)|(?P<slash>/)|(?P<literal>[^\\\[])",
    re.DOTALL,
)
_MEMBER = re.compile(r"\[:(?P<named>[a-z]*):\]|(?P<from>\\.|.)-(?P<to>\\.|.)|(?P<one>\\.|.)", re.DOTALL)
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
# In place of the expression of a part: any number of parts.
_PARTS = None


class IgnorePattern(Struct, frozen=True):
    """A line of a file: what it matches, and whether it takes back what an earlier line says.

    `parts` has an expression for each part of a path; None stands for any number of parts.
    """

    parts: tuple[re.Pattern[str] | None, ...]
    negated: bool
    directories_only: bool

    def matches(self, parts: Sequence[str], *, directory: bool) -> bool:
        """Whether it matches a file or directory; `parts` is its path from the directory of the file."""
        if self.directories_only and not directory:
            return False
        # The numbers of parts of the path that the beginning of the pattern can match.
        reached = {0}
        for expression in self.parts:
            if expression is _PARTS:
                reached = set(range(min(reached), len(parts) + 1))
            else:
                reached = {n + 1 for n in reached if n < len(parts) and expression.fullmatch(parts[n])}
            if not reached:
                return False
        return len(parts) in reached


def ignored(patterns: Sequence[IgnorePattern], path: str, *, directory: bool) -> bool | None:
    """What patterns say of a path, the last one first; None if none matches."""
    parts = path.split("/")
    for pattern in reversed(patterns):
        if pattern.matches(parts, directory=directory):
            return not pattern.negated
    return None


def read_patterns(text: str) -> tuple[IgnorePattern, ...]:
    """The patterns of a file; a line that can match nothing has none."""
    read = map(_read, text.removeprefix("\ufeff").split("\n"))
    return tuple(pattern for pattern in read if pattern is not None)


def _read(line: str) -> IgnorePattern | None:
    line = re.sub(r"(?<!\\) +$", "", line.removesuffix("\r"))
    if line.startswith("#"):
        return None
    negated = line.startswith("!")
    line = line[negated:]
    directories_only = line.endswith("/") and line != "/"
    line = line[: len(line) - directories_only]
    tokens = _tokens(line)
    if not tokens:
        return None
    slashes = [token.lastgroup == "slash" for token in tokens]
    parts = list(_split(tokens[1:] if slashes[0] else tokens))
    if not any(slashes):
        # Two stars are special only between slashes.
        return IgnorePattern((_PARTS, _expression(parts[0])), negated, directories_only)
    if not all(parts):
        return None
    return IgnorePattern(tuple(_anchored(parts)), negated, directories_only)


def _tokens(line: str) -> list[re.Match[str]]:
    """The tokens of a pattern; none if it cannot be understood, as with a bracket that nothing closes."""
    tokens = list(_TOKEN.finditer(line))
    return tokens if sum(len(token[0]) for token in tokens) == len(line) else []


def _split(tokens: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    part: list[re.Match[str]] = []
    for token in tokens:
        if token.lastgroup == "slash":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _anchored(parts: Sequence[Sequence[re.Match[str]]]) -> Iterator[re.Pattern[str] | None]:
    for number, part in enumerate(parts):
        if [token[0] for token in part] != ["**"]:
            yield _expression(part)
            continue
        yield _PARTS
        if number == len(parts) - 1:
            # At the end it matches what is in a directory, not the directory.
            yield re.compile(".*", re.DOTALL)


def _expression(part: Iterable[re.Match[str]]) -> re.Pattern[str]:
    """A part of a pattern. What is between two stars is found at its first place, and never again."""
    between = [""]
    for token in part:
        if token.lastgroup == "stars":
            between.append("")
        else:
            between[-1] += _one_character(token)
    first, *others = between
    if not others:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{one})" for one in others[:-1])
    return re.compile(f"{first}{middle}.*{others[-1]}", re.DOTALL)


def _one_character(token: re.Match[str]) -> str:
    if token.lastgroup == "any":
        return "."
    if token["members"] is None:
        return re.escape(token["escaped"] or token["literal"])
    members = "".join(map(_members, _MEMBER.finditer(token["members"])))
    if not members:
        return "." if token["negated"] else "(?!)"
    return f"[{'^' if token['negated'] else ''}{members}]"


def _members(member: re.Match[str]) -> str:
    if member["named"] is not None:
        return _CLASSES.get(member["named"], "")
    if member["one"]:
        return _character(member["one"])
    begin, end = _character(member["from"]), _character(member["to"])
    return f"{begin}-{end}" if member["from"][-1] <= member["to"][-1] else begin


def _character(written: str) -> str:
    return re.escape(written[-1]).replace("/", "\\/")
