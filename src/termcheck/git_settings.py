"""Finds the list of ignored files that git applies everywhere, `core.excludesFile`, without git.

The system's configuration is read first and the user's last, and the last one that names a list decides. A
configuration may include other files. That of a repository is not read: whoever sends it may name any file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from termcheck.git_directory import text_of
from termcheck.lazy import compile_later

_LINE = compile_later(
    r"^[ \t]*(?:\[[ \t]*(?P<section>[\w.-]+)[ \t]*(?P<part>\"[^\"\n]*\")?[ \t]*\][ \t]*)?"
    r"(?:(?P<key>[A-Za-z][\w-]*)[ \t]*=[ \t]*(?P<value>(?:\\\n|[^\n])*))?",
    re.MULTILINE,
)
_VALUE = compile_later(r'"(?:\\.|[^"\\])*"?|\\.|[^"\\#;]', re.DOTALL)
_ESCAPE = compile_later(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "b": "\b", "\n": ""}
_YES = ("1", "true", "yes", "on")
# As deep as git follows files that include one another.
_DEEPEST = 10

# Without pathlib, which would be one more import in every walk.
_below, _home = os.path.join, os.path.expanduser


def users_list() -> str:
    """The file of patterns that git applies everywhere; empty if there is none.

    A relative path counts from the root of each repository.
    """
    home = os.environ.get("XDG_CONFIG_HOME") or f"{_home('~')}/.config"
    named = [path for file in _configurations(home) for path in _named_in(file)]
    return _home(named[-1]) if named else f"{home}/git/ignore"


def _configurations(home: str) -> Iterator[str]:
    """The configurations of git, the most important last."""
    if os.environ.get("GIT_CONFIG_NOSYSTEM", "").lower() not in _YES:
        system = os.environ.get("GIT_CONFIG_SYSTEM")
        yield _of_system() if system is None else system
    own = os.environ.get("GIT_CONFIG_GLOBAL")
    yield from (f"{home}/git/config", _home("~/.gitconfig")) if own is None else (own,)


def _of_system() -> str:
    """The system's configuration, which belongs to the place where git is installed."""
    folders = filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep))
    for folder in folders:
        if any(os.path.isfile(_below(folder, name)) for name in ("git", "git.exe")):  # noqa: PTH113
            prefix = os.path.dirname(folder.rstrip("/\\"))  # noqa: PTH120
            return "/etc/gitconfig" if prefix in ("", "/", "/usr") else f"{prefix}/etc/gitconfig"
    return "/etc/gitconfig"


def _named_in(path: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """The lists that a configuration names, and the files that it includes, in their order."""
    section = ""
    for line in _LINE.finditer(text_of(path).replace("\r\n", "\n")):
        if line["section"]:
            section = line["section"].lower() + (line["part"] or "")
        setting = (section, (line["key"] or "").lower())
        if setting == ("core", "excludesfile"):
            yield _value(line["value"])
        elif setting == ("include", "path") and len(above) < _DEEPEST:
            included = _below(os.path.dirname(path), _home(_value(line["value"])))  # noqa: PTH120
            if included not in (path, *above):
                yield from _named_in(included, (*above, path))


def _value(text: str) -> str:
    """A value without its quotes, escapes and comment."""
    parts = [match[0] for match in _pieces(text)]
    while parts and parts[-1].isspace():
        parts.pop()
    return "".join(_unescaped(part[1:].removesuffix('"') if part[:1] == '"' else part) for part in parts)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while piece := _VALUE.match(text, at):
        yield piece
        at = piece.end()


def _unescaped(part: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), part)
