"""Which files version control keeps for itself: nothing is written there because a repository says so.

Some of them are programs that git and other tools run. A directory is known by its name, by what it holds, or
because a `.git` names it: that may be a file, in a worktree, in a submodule or with `--separate-git-dir`.
"""

from __future__ import annotations

import os

from termcheck.git_directory import git_directories

# Each is in a directory that is a working copy; `.fslckout` and `_FOSSIL_` are files.
NAMES = (
    ".git",
    ".hg",
    ".svn",
    ".jj",
    ".bzr",
    ".pijul",
    ".fslckout",
    ".sl",
    ".osc",
    ".repo",
    "_darcs",
    "_FOSSIL_",
    "_MTN",
    "CVS",
    "RCS",
    "SCCS",
)
# A directory of texts may be called `cvs`.
_IN_CAPITALS = {name.casefold() for name in NAMES if name.isalpha()}
_ANY_CASE = {name.casefold() for name in NAMES} - _IN_CAPITALS
# Windows calls `.git` so, too.
_SHORT_NAMES = {f"{name[1:]}~1" for name in NAMES if name.startswith(".")}
# What is in a repository of git, in what git keeps for a worktree, in a repository of Subversion, in a CVS.
_MARKS = (
    ("HEAD", "objects", "refs"),
    ("HEAD", "commondir"),
    ("format", "db", "hooks"),
    ("Entries", "Repository"),
)


def is_private_name(name: str) -> bool:
    """Whether a name is that of a directory such as `.git`, however a file system may spell it."""
    usual = name.isascii() and name[:1] not in "._" and "~" not in name
    if usual and name.casefold().partition(":")[0].rstrip(". ") not in _IN_CAPITALS:
        return False
    from unicodedata import category  # imported here to keep the start-up short

    # File systems ignore capitals, invisible characters and some endings: `.GIT`, `.git.`, `.git::$x`.
    visible = "".join(char for char in name.partition(":")[0] if category(char) != "Cf").rstrip(". ")
    folded = visible.casefold()
    return folded in _ANY_CASE or folded in _SHORT_NAMES or (folded in _IN_CAPITALS and visible.isupper())


def in_version_control(path: str, root: str = "") -> bool:
    """Whether a part of an absolute path below a directory is private to version control.

    Without `root`, only the names of all parts count.
    """
    top = root.rstrip("/")
    inside = f"{path}/".removeprefix(f"{top}/").strip("/")
    if any(map(is_private_name, inside.split("/"))):
        return True
    return bool(root) and _in_repository(path, top, inside)


def _in_repository(path: str, top: str, inside: str) -> bool:
    """Whether a directory on the way to a path is a repository, or one that a `.git` on the way names."""
    real, in_working_tree = os.path.realpath(path), False
    for folder in _upward(top, inside):
        # A repository may hold working trees.
        if folder != top and not in_working_tree and any(_holds_all(folder, names) for names in _MARKS):
            return True
        if os.path.lexists(f"{folder}/.git"):
            here, in_working_tree = os.path.realpath(folder), True
            named = map(os.path.realpath, git_directories(f"{folder}/"))
            if any(_is_in(real, place) and not _is_in(here, place) for place in named):
                return True
    return False


def _upward(top: str, inside: str) -> list[str]:
    """A path in a directory, those around it, and the directory."""
    parts = [part for part in inside.split("/") if part]
    return ["/".join([top, *parts[:count]]) for count in range(len(parts), -1, -1)]


def _holds_all(folder: str, names: tuple[str, ...]) -> bool:
    return all(os.path.lexists(f"{folder}/{name}") for name in names)


def _is_in(path: str, folder: str) -> bool:
    return f"{path}{os.sep}".startswith(f"{folder.rstrip(os.sep)}{os.sep}")
