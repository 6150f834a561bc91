"""What a checked repository is not trusted with: where its settings make us write, and whose settings count.

A repository brings its own configuration, glossary and links, and its author may be anybody. So a
configuration names only files below its own directory to be written, and a configuration or glossary that
nobody named is obeyed only if the user, the administrator or the owner of the texts wrote it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress

from termcheck.globs import absolute_path, display_path, nearest_with, relative_path, upward
from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.plain_files import kind_of
from termcheck.version_control import NAMES, in_version_control


def is_below(path: str, root: str) -> bool:
    """Whether an absolute path is inside an absolute directory, or the directory itself."""
    return f"{path}/".startswith(f"{root.rstrip('/')}/")


def first_link(path: str, root: str) -> str:
    """The first symbolic link on the way from a directory to a path below it; empty if there is none."""
    place = root.rstrip("/")
    for part in relative_path(path, root).split("/"):
        place = f"{place}/{part}"
        if os.path.islink(place):  # noqa: PTH114 - pathlib would be one more import at start-up
            return place
    return ""


def write_obstacle(path: str, root: str) -> str:
    """Why a configuration in a directory may not name a file or directory to be written; empty if it may.

    Both paths are absolute. Only what is below the directory may be written, neither through a link nor where
    a version control system keeps its own files.
    """
    if not is_below(path, root):
        return "is outside the directory of the configuration"
    if in_version_control(path, root):
        return "is where version control keeps its own files"
    link = first_link(path, root)
    return f"is behind a symbolic link, {relative_path(link, root)}" if link else ""


def target_obstacle(path: str, root: str) -> str:
    """Why the file that a path leads to may not be changed for a configuration; empty if it may.

    Links may lead to any other file below the directory.
    """
    real, top = real_path(path), real_path(root)
    if not is_below(real, top):
        return "is outside the directory of the configuration"
    return "is where version control keeps its own files" if in_version_control(real, top) else ""


def real_path(path: str) -> str:
    """The absolute path with forward slashes and without links."""
    return absolute_path(os.path.realpath(path))


def checkout_of(path: str) -> str:
    """The nearest directory above an absolute path that holds a repository; empty if there is none."""
    return nearest_with(path.rpartition("/")[0], *NAMES).rstrip("/")


def require_no_link(path: str, root: str = "") -> None:
    """Raise TermcheckError if the way to a file that the user names leads through a link in a checkout.

    The checkout is the directory `root`, or else the nearest one with a repository. Whoever wrote the
    repository made its links, and would choose the file that is overwritten.
    """
    absolute = absolute_path(path)
    top = root if root and is_below(absolute, root) else checkout_of(absolute)
    link = first_link(absolute, top) if top else ""
    if link:
        here = absolute_path(".")
        raise TermcheckError(
            f"is not written through a symbolic link in the checkout, {display_path(link, here)}",
            path=path,
            advice=f"remove the link, or name the file it leads to: {display_path(real_path(path), here)}",
        )


def is_there(path: str) -> bool:
    """Whether there is a file to obey at an absolute path.

    Raises TermcheckError if something is there that cannot be read as a file: a link that leads nowhere, a
    pipe or a device.
    """
    if not os.path.lexists(path):
        return False
    name = display_path(path, absolute_path("."))
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except FileNotFoundError:
        advice = "correct the link, or remove it"
        raise TermcheckError("is a link to a file that is not there", path=name, advice=advice) from None
    except OSError as error:
        raise file_error("cannot be opened", error, name) from None
    if stat.S_ISDIR(mode):
        return False
    if kind := kind_of(mode):
        raise TermcheckError(f"is {kind}, not a file", path=name, advice="only the command line can name one")
    return True


def nearest_own(directory: str, look: Callable[[str], str], flag: str) -> str:
    """The nearest file in a directory or above it, as an absolute path; empty if there is none.

    `look` gives the file in a directory, which has a slash at its end, or nothing; `flag` names such files.
    Raises TermcheckError if the file belongs to somebody else, and what `look` raises.
    """
    for folder in upward(absolute_path(directory)):
        path = look(folder)
        if path:
            require_own(path, directory, flag)
            return path
    return ""


def require_own(path: str, start: str, flag: str) -> None:
    """Raise TermcheckError if a file that was found upward of a directory is somebody else's.

    Whoever may write to a directory above, such as `/tmp`, could otherwise choose the settings of everybody
    who works below it. The user, root and the owner of `start` are trusted. `flag` names files.
    """
    if not hasattr(os, "getuid"):  # Windows, where directories above are not open to all
        return
    trusted = {os.getuid(), 0}
    with suppress(OSError):  # standard input may be called anything
        trusted.add(owner(start))
    # Whoever ran sudo is the user.
    if os.getuid() == 0 and os.environ.get("SUDO_UID", "").isdecimal():
        trusted.add(int(os.environ["SUDO_UID"]))
    owners = {owner(path), owner(path, link=True)} - trusted
    if owners:
        raise TermcheckError(
            f"belongs to another user (number {min(owners)}), so it is not used",
            path=display_path(path, absolute_path(".")),
            advice=f"if you trust it, name it with {flag}",
        )


def owner(path: str, *, link: bool = False) -> int:
    """The number of the user who owns a file, or who owns the link itself."""
    return os.stat(path, follow_symlinks=not link).st_uid  # noqa: PTH116
