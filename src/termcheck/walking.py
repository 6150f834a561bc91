"""Walk directories for texts to check, and say which files are none.

A file is a text by its ending, by `include`, by `formats`, or because `pairs` names it. `exclude` outweighs
all of them, and so does what git ignores. A glossary or a config file is never a text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config_file import CONFIG_NAMES
from termcheck.globs import PathGlob, absolute_path, display_path, name_of
from termcheck.messages import file_error, listing
from termcheck.model import TermcheckError
from termcheck.plain_files import folders_below
from termcheck.readers import ENDINGS, is_readable
from termcheck.readers.unread_kinds import may_hold_texts
from termcheck.trust import in_version_control

if TYPE_CHECKING:
    from termcheck.counterparts import Counterparts
    from termcheck.file_pairs import PairPattern
    from termcheck.ignore_files import IgnoreFiles

# Of more links than these, the rest are counted. Chosen by hand.
_MOST_LINKS = 5

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")


class Scope(Struct, frozen=True):
    """The settings about files; see `Settings` for the fields."""

    glossaries: tuple[str, ...] = ()
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    pairs: tuple[PairPattern, ...] = ()
    formats: tuple[tuple[PathGlob, str], ...] = ()
    respect_gitignore: bool = True
    hidden: bool = False


class Search(Struct):
    """What a search for files needs.

    `unread` collects the absolute paths of files that may hold texts, but that no reader reads, and `linked`
    those of links to directories, which are not followed.
    """

    scope: Scope
    counterparts: Counterparts | None
    unread: dict[str, None] = field(default_factory=dict)
    linked: dict[str, None] = field(default_factory=dict)


# Unlike the methods of Path, these return False for a path that is too long, forbidden or malformed.
_exists, _is_file = os.path.exists, os.path.isfile


def walk(top: str, search: Search) -> Iterator[str]:
    """The names of the files to check in a directory, sorted; NoFilesError if there are none."""
    scope, choice = search.scope, Choice.below(top, search.scope)
    failed: list[OSError] = []
    count = 0

    def enters(path: str) -> bool:
        if not choice.has(path, directory=True):
            return False
        if os.path.islink(path):  # noqa: PTH114
            search.linked[absolute_path(path)] = None
        return True

    for folder, names in folders_below(top, enters, failed.append):
        for name in names:
            path = _join(folder, name)
            if _wanted(path, search) and choice.has(path):
                count += 1
                yield name_of(path)
            elif not scope.include and may_hold_texts(path) and choice.has(path):
                search.unread[absolute_path(path)] = None
    for error in failed:
        raise file_error("cannot be opened", error, name_of(str(error.filename)))
    if not count:
        raise NoFilesError.at(top, search)


def files_below(top: str, scope: Scope) -> Iterator[str]:
    """The paths of all files that a walk through a directory goes to, whether they are texts or not."""
    choice = Choice.below(top, scope)
    for folder, names in folders_below(top, lambda path: choice.has(path, directory=True)):
        yield from filter(choice.has, (_join(folder, name) for name in names))


def is_reached(path: str, top: str, scope: Scope) -> bool:
    """Whether a walk through a directory goes to a file below it; both paths are absolute."""
    choice, folders = Choice.below(top, scope), top.rstrip("/")
    for part in path.removeprefix(f"{folders}/").split("/")[:-1]:
        folders = f"{folders}/{part}"
        if not choice.has(folders, directory=True):
            return False
    return choice.has(path)


class Choice(Struct, frozen=True):
    """Which files and directories a walk goes to: none that is hidden, excluded or ignored."""

    scope: Scope
    ignoring: IgnoreFiles | None

    @classmethod
    def below(cls, top: str, scope: Scope) -> Choice:
        """The choice for a walk that begins in a directory."""
        if not scope.respect_gitignore:
            return cls(scope, None)
        # Only walks need it, and each module takes its time at start-up.
        from termcheck.ignore_files import IgnoreFiles

        return cls(scope, IgnoreFiles.below(absolute_path(top)))

    def has(self, path: str, *, directory: bool = False) -> bool:
        """Whether the walk goes to a file or a directory, if it goes to the directories around it."""
        absolute = absolute_path(path)
        if absolute.rpartition("/")[2].startswith(".") and not _is_shown(absolute, self.scope):
            return False
        if any(glob.names(absolute) for glob in self.scope.exclude):
            return False
        return self.ignoring is None or not self.ignoring.ignores(absolute, directory=directory)


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
                replace(search.scope, respect_gitignore=False),
            ),
            (
                "all files to check in this directory are hidden: a name begins with a dot",
                "--hidden checks them, and a file that is named is always checked",
                replace(search.scope, hidden=True),
            ),
        ):
            if more != search.scope and any(_wanted(path, search) for path in files_below(top, more)):
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


def _wanted(path: str, search: Search) -> bool:
    absolute, scope, counterparts = absolute_path(path), search.scope, search.counterparts
    included = any(glob.matches(absolute) for glob in scope.include)
    chosen = included if scope.include else is_readable(path, scope.formats)
    chosen = chosen or (counterparts is not None and counterparts.is_named(absolute))
    # A dangling link is included so that it is reported as unreadable; a pipe or device might never end.
    return chosen and not is_ours(path, scope) and (_is_file(path) or not _exists(path))


def is_ours(path: str, scope: Scope) -> bool:
    """Whether a file is a glossary or a config file, and so no text."""
    if path.replace(os.sep, "/").rpartition("/")[2] in (*GLOSSARY_NAMES, *CONFIG_NAMES):
        return True
    return absolute_path(path) in map(absolute_path, scope.glossaries)


def excluded(path: str, scope: Scope) -> bool:
    """Whether `exclude` matches a file, or a directory around it."""
    absolute = absolute_path(path)
    return any(glob.matches(absolute) for glob in scope.exclude)
