"""Walk directories for texts to check, and say which files are none.

A file is a text by its ending, by `include`, by `formats`, or because `pairs` names it. `exclude` outweighs
all of them, and a glossary or a config file is never a text.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from termcheck.config_file import CONFIG_NAMES
from termcheck.globs import PathGlob, absolute_path, display_path, is_in_left_out, is_left_out, name_of
from termcheck.messages import file_error, listing
from termcheck.model import TermcheckError
from termcheck.plain_files import folders_below
from termcheck.readers import ENDINGS, is_readable
from termcheck.readers.unread_kinds import may_hold_texts

if TYPE_CHECKING:
    from termcheck.counterparts import Counterparts
    from termcheck.file_pairs import PairPattern

# Of more links than these, the rest are counted. Chosen by hand.
_MOST_LINKS = 5

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")


class NoFilesError(TermcheckError):
    """A directory holds no files to check."""


class Scope(Struct, frozen=True):
    """The settings about files; see `Settings` for the fields.

    `dependents`: a glossary or config file that is named stands for all texts below the working directory.
    """

    glossaries: tuple[str, ...] = ()
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    dependents: bool = False
    pairs: tuple[PairPattern, ...] = ()
    formats: tuple[tuple[PathGlob, str], ...] = ()


class Search(Struct):
    """What a search for files needs.

    `unread` collects the absolute paths of files that may hold texts, but that no reader reads, and `linked`
    those of links to directories, which are not followed. `dangling` collects links to files that are not
    there.
    """

    scope: Scope
    counterparts: Counterparts | None
    unread: dict[str, None] = field(default_factory=dict)
    linked: dict[str, None] = field(default_factory=dict)
    dangling: dict[str, None] = field(default_factory=dict)


# Unlike the methods of Path, these return False for a path that is too long, forbidden or malformed.
_exists, _is_file = os.path.exists, os.path.isfile


def walk(top: str, search: Search) -> Iterator[str]:
    """The names of the files to check in a directory, sorted; TermcheckError if there are none."""
    scope = search.scope
    failed: list[OSError] = []
    count = 0

    def enters(path: str) -> bool:
        if not walked(path, scope):
            return False
        if os.path.islink(path):  # noqa: PTH114
            search.linked[absolute_path(path)] = None
        return True

    for folder, names in folders_below(top, enters, failed.append):
        for path in _texts([_join(folder, name) for name in names], search):
            count += 1
            yield path
    for error in failed:
        raise file_error("cannot be opened", error, name_of(str(error.filename)))
    if not count:
        raise NoFilesError(
            "no files to check in this directory",
            path=name_of(top),
            advice=f"files ending in {', '.join(ENDINGS)} are checked, unless `exclude` leaves them out",
        )


def _texts(paths: Sequence[str], search: Search) -> Iterator[str]:
    """The names of the files in a directory that are to be checked; the others are noted in the search."""
    for path in paths:
        wanted = _wanted(path, search) and walked(path, search.scope)
        if wanted and _leads_nowhere(path):
            search.dangling[absolute_path(path)] = None
        elif wanted:
            yield name_of(path)
        elif not search.scope.include and may_hold_texts(path) and walked(path, search.scope):
            search.unread[absolute_path(path)] = None


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
    here = absolute_path(".")
    named = listing([display_path(link, here) for link in links], _MOST_LINKS)
    what = "1 link to a file that is" if len(links) == 1 else f"{len(links)} links to files that are"
    return f"not read: {what} not there ({named})"


def not_followed(links: Sequence[str]) -> str:
    """`not followed: 2 links to directories (docs/en, docs/zh)`; empty if there are none."""
    if not links:
        return ""
    here, many = absolute_path("."), "" if len(links) == 1 else "s"
    named = listing([display_path(link, here) for link in links], _MOST_LINKS)
    return f"not followed: {len(links)} link{many} to {'directories' if many else 'a directory'} ({named})"


def _join(folder: str, name: str) -> str:
    return f"{folder.replace(os.sep, '/').rstrip('/')}/{name}"


def walked(path: str, scope: Scope) -> bool:
    """Whether a walk goes to a file or directory: it is neither hidden nor excluded."""
    if path.rpartition("/")[2].startswith("."):
        return False
    return not is_left_out(absolute_path(path), scope.exclude)


def _wanted(path: str, search: Search) -> bool:
    absolute, scope, counterparts = absolute_path(path), search.scope, search.counterparts
    included = any(glob.matches(absolute) for glob in scope.include)
    chosen = included if scope.include else is_readable(path, scope.formats)
    chosen = chosen or (counterparts is not None and counterparts.is_named(absolute))
    # What cannot be looked at is included so that it is reported; a pipe or device might never end.
    return chosen and not is_ours(path, scope) and (_is_file(path) or not _exists(path))


def is_ours(path: str, scope: Scope) -> bool:
    """Whether a file is a glossary or a config file, and so no text."""
    if path.replace(os.sep, "/").rpartition("/")[2] in (*GLOSSARY_NAMES, *CONFIG_NAMES):
        return True
    return absolute_path(path) in map(absolute_path, scope.glossaries)


def excluded(path: str, scope: Scope) -> bool:
    """Whether `exclude` matches a file, or a directory around it."""
    return is_in_left_out(absolute_path(path), scope.exclude)
