"""Whether files can be written, as far as can be told without trying: before a long run, not after it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from termcheck.model import TermcheckError


def require_none_read(paths: Sequence[str], read: Iterable[str]) -> None:
    """Raise TermcheckError if a file to be written would take the place of one that is read."""
    written = {name for path in paths for name in _names(path)}
    for path in read:
        if os.path.abspath(path) in written:  # noqa: PTH100 - Path.absolute() keeps `..`
            raise TermcheckError(
                "is read in this run, and findings would be written over it",
                path=path,
                advice="name another file to write them into, or leave this one out with --extend-exclude",
            )


def require_all_writable(paths: Sequence[str]) -> None:
    """Raise TermcheckError if one of the files surely cannot be written, or is named twice."""
    seen: set[Path] = set()
    for path in paths:
        require_writable(path)
        place = Path(path).resolve()
        if place in seen and not _is_special(place):
            raise TermcheckError(
                "two formats cannot go to one file", path=path, advice="give each a file of its own"
            )
        seen.add(place)


def require_writable(path: str) -> None:
    """Raise TermcheckError if a file surely cannot be written, as far as can be told without trying."""
    place = Path(path)
    problem, advice = _malformed(place), ""
    if not problem and not _is_special(place):
        # A new file takes the place of an old one, so that both must be allowed: the file and its directory.
        file = place.resolve()
        shown = file.parent if place.is_symlink() else place.parent
        if not file.parent.exists():
            problem = f"there is no directory '{shown}'"
            advice = f"make it first: mkdir -p '{shown}'"
        elif not file.parent.is_dir():
            problem = f"'{shown}' is no directory"
        elif not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
            problem = "permission denied"
    elif not problem and place.is_dir():
        problem = "is a directory"
    if problem:
        raise TermcheckError(f"cannot be written: {problem}", path=path, advice=advice)


def _malformed(place: Path) -> str:
    """Why no file can have this path at all; empty if one can."""
    try:
        place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:  # ValueError: a NUL character
        return (getattr(error, "strerror", None) or str(error)).lower()
    return ""


def _is_special(place: Path) -> bool:
    """Whether a path is a directory, or a device or a pipe, which takes what comes."""
    return place.exists() and not place.is_file()


def _names(path: str) -> tuple[str, str]:
    return os.path.abspath(path), os.path.realpath(path)  # noqa: PTH100 - Path.absolute() keeps `..`
