"""Walk directories for texts to check, and say which files are none.

A file is a text by its ending, by `include`, by `formats`, or because `pairs` names it or its ending.
`exclude` outweighs all of them, and so does what git ignores. A glossary or a config file is never a text.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config_file import CONFIG_NAMES
from termcheck.globs import absolute_path, display_path, name_of, relative_path
from termcheck.messages import file_error, listing
from termcheck.model import TermcheckError
from termcheck.plain_files import folders_below, join, special_kind
from termcheck.readers import WALKED_ENDINGS, is_keyed, is_readable
from termcheck.readers.unread_kinds import may_hold_texts
from termcheck.scope import Choice, Scope, ScopeAt, files_below

if TYPE_CHECKING:
    from termcheck.counterparts import Counterparts

# Of more links than these, the rest are counted. Chosen by hand.
_MOST_LINKS = 5

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")


class Search(Struct):
    """What a search for files needs.

    `unread` collects the absolute paths of files that may hold texts, but that no reader reads, and `linked`
    those of links to directories, which are not followed. `dangling` collects links to files that are not
    there, and `special` pipes, sockets and devices. `errors` are the faults of configurations inside of
    directories, by their text. `scopes` are the settings that were asked for, by their `config`, and `walked`
    the absolute directories that the user named.
    """

    scope_at: ScopeAt
    unread: dict[str, None] = field(default_factory=dict)
    linked: dict[str, None] = field(default_factory=dict)
    dangling: dict[str, None] = field(default_factory=dict)
    special: dict[str, None] = field(default_factory=dict)
    errors: dict[str, TermcheckError] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    walked: dict[str, None] = field(default_factory=dict)
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
        for name in _texts(folder, names, choice, search):
            count += 1
            yield name_of(join(folder, name))
    for error in failed:
        raise file_error("cannot be opened", error, name_of(str(error.filename)))
    if not count and len(search.errors) == lost:
        raise NoFilesError.at(top, search)


def _texts(folder: str, names: Sequence[str], choice: Choice, search: Search) -> Iterator[str]:
    """The names in a directory that are to be checked; the search notes the others."""
    absolute = absolute_path(folder)
    scope = search.scope_in(absolute)
    for name in names:
        path = join(absolute, name)
        wanted = _wanted(path, scope, search) and choice.has(path)
        if wanted and _leads_nowhere(path):
            search.dangling[path] = None
        elif wanted and special_kind(path):  # it might never end
            search.special[path] = None
        elif wanted:
            yield name
        elif not scope.include and may_hold_texts(path) and choice.has(path):
            search.unread[path] = None


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
            found = (path for path in files_below(top, more) if not special_kind(path))
            if any(_wanted(path, search.scope_of(path), search) for path in found):
                return cls(problem, path=name_of(top), advice=advice)
        endings = ", ".join(WALKED_ENDINGS)
        usual = f"files ending in {endings} are checked, unless `exclude` leaves them out"
        advice = _unpaired_texts(top, search) or usual
        return cls("no files to check in this directory", path=name_of(top), advice=advice)


def _unpaired_texts(top: str, search: Search) -> str:
    """How to check the texts of apps in a directory; empty if there are none in several languages.

    Their endings belong to many other files, so `pairs` has to name them.
    """
    paths = [path for path in files_below(top, search.scope_at) if is_keyed(path)]
    if not paths:
        return ""
    from termcheck.language_layout import language_layouts

    config = search.scope_in(absolute_path(top)).config
    here = absolute_path(".")
    root = absolute_path(config).rpartition("/")[0] if config else here
    layouts = language_layouts((relative_path(path, root) for path in paths), f"{root.rstrip('/')}/")
    if not layouts:
        return ""
    files = [display_path(f"{root.rstrip('/')}/{path}", here) for path in layouts[0].pairs[0]]
    entries = ", ".join(f'"{entry}"' for layout in layouts[:_MOST_LINKS] for entry in layout.entries)
    where = display_path(absolute_path(config), here) if config else "termcheck.toml"
    return f"{files[0]} and {files[1]} are read in pairs: write pairs = [{entries}] into {where}"


def _leads_nowhere(path: str) -> bool:
    """Whether a path is a link to a file that is not there. Editors and package managers leave such links."""
    if not os.path.islink(path):  # noqa: PTH114
        return False
    try:
        os.stat(path)  # noqa: PTH116
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
    return False


def lead_nowhere(links: Sequence[str]) -> str:
    """`not read: 2 links to files that are not there (a.md and b.md)`; empty if there are none."""
    if not links:
        return ""
    what = "1 link to a file that is" if len(links) == 1 else f"{len(links)} links to files that are"
    return f"not read: {what} not there ({_shown(links)})"


def no_files(paths: Sequence[str]) -> str:
    """`not read: a.md is a pipe`, or `not read: 2 pipes, sockets or devices (a.md and b.md)`; else empty."""
    if len(paths) == 1:
        return f"not read: {_shown(paths)} is {special_kind(paths[0]) or 'no file'}"
    return f"not read: {len(paths)} pipes, sockets or devices ({_shown(paths)})" if paths else ""


def not_followed(links: Sequence[str]) -> str:
    """`not followed: 2 links to directories (docs/en and docs/zh)`; empty if there are none."""
    if not links:
        return ""
    what = "1 link to a directory" if len(links) == 1 else f"{len(links)} links to directories"
    return f"not followed: {what} ({_shown(links)})"


def _shown(links: Sequence[str]) -> str:
    here = absolute_path(".")
    return listing([display_path(link, here) for link in links], _MOST_LINKS)


def _wanted(path: str, scope: Scope, search: Search) -> bool:
    return is_chosen(path, scope, search) and not is_ours(path, scope)


def is_chosen(path: str, scope: Scope, search: Search) -> bool:
    """Whether a file at an absolute path is a text by its ending or by the settings."""
    if any(glob.matches(path) for glob in scope.include):
        return True
    counterparts = search.counterparts(scope)
    if counterparts is not None and counterparts.is_named(path):
        return True
    if scope.include:
        return False
    return is_readable(path, scope.formats) or (counterparts is not None and counterparts.fits_ending(path))


def is_ours(path: str, scope: Scope) -> bool:
    """Whether a file is a glossary or a config file, and so no text."""
    if path.replace(os.sep, "/").rpartition("/")[2] in (*GLOSSARY_NAMES, *CONFIG_NAMES):
        return True
    return bool(scope.glossaries) and absolute_path(path) in map(absolute_path, scope.glossaries)
