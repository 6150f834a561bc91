"""Walk directories for texts to check, and say which files are none.

A file is a text by its ending, by `include`, by `formats`, or because `pairs` names it. `exclude` outweighs
all of them, and so does what git ignores. A glossary or a config file is never a text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config_file import CONFIG_NAMES
from termcheck.globs import NameTest, PathGlob, absolute_path, display_path, name_of, names_any
from termcheck.messages import file_error, listing
from termcheck.model import TermcheckError
from termcheck.plain_files import folders_below
from termcheck.readers import ENDINGS, is_readable
from termcheck.readers.unread_kinds import may_hold_texts
from termcheck.trust import in_version_control, is_below

if TYPE_CHECKING:
    from termcheck.counterparts import Counterparts
    from termcheck.file_pairs import PairPattern
    from termcheck.ignore_files import IgnoreFiles

# Of more links than these, the rest are counted. Chosen by hand.
_MOST_LINKS = 5

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")


class Scope(Struct, frozen=True):
    """The settings about files; see `Settings` for the fields.

    `config` is the path of the config file that they come from. `root` is its absolute directory if it was
    found there, and holds for what is below; otherwise it is empty.
    """

    glossaries: tuple[str, ...] = ()
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    pairs: tuple[PairPattern, ...] = ()
    formats: tuple[tuple[PathGlob, str], ...] = ()
    respect_gitignore: bool = True
    hidden: bool = False
    config: str = ""
    root: str = ""


ScopeAt = Callable[[str], Scope]
"""Gives the settings about the files in an absolute directory; raises TermcheckError if they are faulty."""


class Search(Struct):
    """What a search for files needs.

    `unread` collects the absolute paths of files that may hold texts, but that no reader reads, and `linked`
    those of links to directories, which are not followed. `errors` are the faults of configurations inside of
    directories, by their text. `scopes` are the settings that were asked for, by their `config`.
    """

    scope_at: ScopeAt
    unread: dict[str, None] = field(default_factory=dict)
    linked: dict[str, None] = field(default_factory=dict)
    errors: dict[str, TermcheckError] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    _counterparts: dict[str, Counterparts] = field(default_factory=dict)

    def scope_of(self, path: str) -> Scope:
        """The settings for a file."""
        return self.scope_in(absolute_path(path).rpartition("/")[0] or "/")

    def scope_in(self, directory: str) -> Scope:
        """The settings for the files in an absolute directory."""
        scope = self.scope_at(directory)
        self.scopes[scope.config] = scope
        return scope

    def is_sound(self, directory: str) -> bool:
        """Whether the settings for an absolute directory are without faults; otherwise keeps the error."""
        try:
            self.scope_in(directory)
        except TermcheckError as error:
            self.errors[str(error)] = error
            return False
        return True

    def counterparts(self, scope: Scope) -> Counterparts | None:
        """The pairs of files that a configuration names; None if it names none."""
        if scope.pairs and scope.config not in self._counterparts:
            from termcheck.counterparts import Counterparts

            self._counterparts[scope.config] = Counterparts(scope.pairs, self._files_below)
        return self._counterparts.get(scope.config)

    def all_counterparts(self) -> Iterable[Counterparts]:
        """The pairs of all configurations that were met."""
        return self._counterparts.values()

    def _files_below(self, top: str) -> Iterator[str]:
        return files_below(top, self.scope_at)


# Unlike the methods of Path, these return False for a path that is too long, forbidden or malformed.
_exists, _is_file = os.path.exists, os.path.isfile


def walk(top: str, search: Search) -> Iterator[str]:
    """The names of the files to check in a directory, sorted; NoFilesError if there are none."""
    choice = Choice(top, search.scope_at)
    failed: list[OSError] = []
    count, lost = 0, len(search.errors)

    def enters(path: str) -> bool:
        absolute = absolute_path(path)
        if not choice.has(absolute, directory=True):
            return False
        if os.path.islink(path):  # noqa: PTH114
            search.linked[absolute] = None
            return True
        return search.is_sound(absolute)

    for folder, names in folders_below(top, enters, failed.append):
        absolute = absolute_path(folder)
        scope = search.scope_in(absolute)
        for name in names:
            path = _join(absolute, name)
            if _wanted(path, scope, search) and choice.has(path):
                count += 1
                yield name_of(_join(folder, name))
            elif not scope.include and may_hold_texts(path) and choice.has(path):
                search.unread[path] = None
    for error in failed:
        raise file_error("cannot be opened", error, name_of(str(error.filename)))
    if not count and len(search.errors) == lost:
        raise NoFilesError.at(top, search)


def files_below(top: str, scope_at: ScopeAt) -> Iterator[str]:
    """The absolute paths of all files that a walk through a directory goes to, texts or not."""
    choice = Choice(top, scope_at)
    for folder, names in folders_below(absolute_path(top), lambda path: choice.has(path, directory=True)):
        yield from filter(choice.has, (_join(folder, name) for name in names))


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
        if name.startswith(".") and not _is_shown(path, scope):
            return False
        if scope.config not in self._excluding:
            self._excluding[scope.config] = names_any(scope.exclude)
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
    if in_version_control(path.rpartition("/")[2]):
        return False
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


class NoFilesError(TermcheckError):
    """A directory has no files to check."""

    @classmethod
    def at(cls, top: str, search: Search) -> NoFilesError:
        """The error about a directory; it says what would find some."""
        for problem, advice, more in (
            (
                "all files to check in this directory are ignored, as .gitignore or a file like it says",
                "--no-respect-gitignore checks them, and a file that is named is always checked",
                lambda directory: replace(search.scope_at(directory), respect_gitignore=False),
            ),
            (
                "all files to check in this directory are hidden: a name begins with a dot",
                "--hidden checks them, and a file that is named is always checked",
                lambda directory: replace(search.scope_at(directory), hidden=True),
            ),
        ):
            if any(_wanted(path, search.scope_of(path), search) for path in files_below(top, more)):
                return cls(problem, path=name_of(top), advice=advice)
        return cls(
            "no files to check in this directory",
            path=name_of(top),
            advice=f"files ending in {', '.join(ENDINGS)} are checked, unless `exclude` leaves them out",
        )


def not_followed(links: Sequence[str]) -> str:
    """`not followed: 2 links to directories (docs/en, docs/zh)`; empty if there are none."""
    if not links:
        return ""
    here, many = absolute_path("."), "" if len(links) == 1 else "s"
    named = listing([display_path(link, here) for link in links], _MOST_LINKS)
    return f"not followed: {len(links)} link{many} to {'directories' if many else 'a directory'} ({named})"


def _join(folder: str, name: str) -> str:
    return f"{folder.replace(os.sep, '/').rstrip('/')}/{name}"


def _wanted(path: str, scope: Scope, search: Search) -> bool:
    counterparts = search.counterparts(scope)
    included = any(glob.matches(path) for glob in scope.include)
    chosen = included if scope.include else is_readable(path, scope.formats)
    chosen = chosen or (counterparts is not None and counterparts.is_named(path))
    # A dangling link is included so that it is reported as unreadable; a pipe or device might never end.
    return chosen and not is_ours(path, scope) and (_is_file(path) or not _exists(path))


def is_ours(path: str, scope: Scope) -> bool:
    """Whether a file is a glossary or a config file, and so no text."""
    if path.replace(os.sep, "/").rpartition("/")[2] in (*GLOSSARY_NAMES, *CONFIG_NAMES):
        return True
    return bool(scope.glossaries) and absolute_path(path) in map(absolute_path, scope.glossaries)


def excluded(path: str, scope_at: ScopeAt) -> bool:
    """Whether `exclude` matches a file, or a directory around it.

    A walk would not come to a nested configuration if the one around it excludes its directory.
    """
    here, place = absolute_path("."), absolute_path(path)
    while True:
        scope = scope_at(place.rpartition("/")[0] or "/")
        if any(glob.matches(place) for glob in scope.exclude):
            return True
        if not scope.root or scope.root == here or not is_below(scope.root, here):
            return False
        place = scope.root
