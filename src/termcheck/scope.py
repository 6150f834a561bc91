"""The settings about files, which may differ from directory to directory, and what a walk goes to.

A walk goes to no file or directory that is hidden, excluded or ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.globs import NameTest, PathGlob, absolute_path, is_in_left_out, leaves_out
from termcheck.plain_files import folders_below, join
from termcheck.trust import is_below
from termcheck.version_control import is_private_name

if TYPE_CHECKING:
    from termcheck.file_pairs import PairPattern
    from termcheck.ignore_files import IgnoreFiles


class Scope(Struct, frozen=True):
    """The settings about files; see `Settings` for the fields.

    `dependents`: a glossary or config file that is named stands for all texts below the working directory.
    `config` is the path of the config file that they come from. `root` is its absolute directory if it was
    found there, and holds for what is below; otherwise it is empty. `without_glossary`: the texts are not
    checked, so they need no glossary.
    """

    glossaries: tuple[str, ...] = ()
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    dependents: bool = False
    pairs: tuple[PairPattern, ...] = ()
    formats: tuple[tuple[PathGlob, str], ...] = ()
    respect_gitignore: bool = True
    hidden: bool = False
    config: str = ""
    root: str = ""
    without_glossary: bool = False


ScopeAt = Callable[[str], Scope]
"""Gives the settings about the files in an absolute directory; raises TermcheckError if they are faulty."""


def files_below(top: str, scope_at: ScopeAt) -> Iterator[str]:
    """The absolute paths of all files that a walk through a directory goes to, texts or not."""
    choice = Choice(top, scope_at)
    for folder, names in folders_below(absolute_path(top), lambda path: choice.has(path, directory=True)):
        yield from filter(choice.has, (join(folder, name) for name in names))


def is_reached(path: str, top: str, scope_at: ScopeAt) -> bool:
    """Whether a walk through a directory goes to a file below it; both paths are absolute."""
    choice, place = Choice(top, scope_at), top.rstrip("/")
    for part in path.removeprefix(f"{place}/").split("/")[:-1]:
        place = f"{place}/{part}"
        if not choice.has(place, directory=True):
            return False
    return choice.has(path)


class Choice:
    """Which files and directories a walk goes to: none that is hidden, excluded or ignored."""

    def __init__(self, top: str, scope_at: ScopeAt) -> None:
        self._top, self._scope_at = absolute_path(top), scope_at
        self._ignoring: IgnoreFiles | None = None
        self._excluding: dict[str, NameTest] = {}

    def has(self, path: str, *, directory: bool = False) -> bool:
        """Whether the walk goes to a file or a directory, if it goes to the directories around it.

        The path is absolute, and so is the one of `_is_shown` and others below.
        """
        folder, _, name = path.rpartition("/")
        scope = self._scope_at(folder or "/")
        if (name[:1] in "._" or name.isupper()) and is_private_name(name):
            return False
        if name.startswith(".") and not _is_shown(path, scope):
            return False
        if scope.config not in self._excluding:
            self._excluding[scope.config] = leaves_out(scope.exclude)
        if self._excluding[scope.config](path):
            return False
        return not (scope.respect_gitignore and self._is_ignored(path, directory=directory))

    def _is_ignored(self, path: str, *, directory: bool) -> bool:
        if self._ignoring is None:
            # Only walks need it, and each module takes its time at start-up.
            from termcheck.ignore_files import IgnoreFiles

            self._ignoring = IgnoreFiles.below(self._top)
        return self._ignoring.ignores(path, directory=directory)


def _is_shown(path: str, scope: Scope) -> bool:
    """Whether a walk goes to a hidden file or directory, because `hidden` or `include` says so."""
    return scope.hidden or any(
        PathGlob(beginning, glob.root).names(path)
        for glob in scope.include
        for beginning in _hidden_beginnings(glob.pattern.removeprefix("./"))
    )


def _hidden_beginnings(pattern: str) -> Iterator[str]:
    """The beginnings of a pattern that end in a part with a dot before it: `.a`, `.a/b/.c` of `.a/b/.c/*`."""
    parts = pattern.split("/")
    for number, part in enumerate(parts, 1):
        if re.search(r"(?:^|[{,])\.(?!\.?$)", part):
            yield "/".join(parts[:number])


def excluded(path: str, scope_at: ScopeAt) -> bool:
    """Whether `exclude` matches a file, or a directory around it.

    A walk would not come to a nested configuration if the one around it excludes its directory.
    """
    here, place = absolute_path("."), absolute_path(path)
    while True:
        scope = scope_at(place.rpartition("/")[0] or "/")
        if is_in_left_out(place, scope.exclude):
            return True
        if not scope.root or scope.root == here or not is_below(scope.root, here):
            return False
        place = scope.root
