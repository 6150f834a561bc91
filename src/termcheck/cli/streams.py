"""Files are written whole or not at all, and a file that somebody else has changed is left alone."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from termcheck.messages import file_error
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: str, pieces: Iterable[str]) -> None:
    """Write a file through a temporary one beside it, so that nobody ever sees half of it.

    Links stay links, and a device or pipe is written to as it is. Raises TermcheckError if the file cannot
    be written.
    """
    from pathlib import Path

    target = Path(path)
    data = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    try:
        # The name of a pipe resolves to no path.
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                file.writelines(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise file_error("cannot be written", error, path) from None


def replace_file(path: str, data: bytes, *, expected: bytes) -> None:
    """Replace the bytes of a file, unless it has changed in the meantime.

    Links, owner and permissions stay. Other processes that do the same have to wait. Raises TermcheckError
    if the file no longer holds `expected`, or cannot be written; it is then unchanged.
    """
    from pathlib import Path

    target = Path(os.path.realpath(path))
    try:
        with target.open("rb") as file:
            # A new file could replace a write-protected one, but nobody would want that.
            if not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, "permission denied")
            _lock(file.fileno())
            # The lock holds the file that was opened, and another one may have replaced it since.
            if target.read_bytes() != expected:
                raise TermcheckError(
                    "was changed by somebody else meanwhile, so nothing was fixed",
                    path=path,
                    advice="run it again",
                )
            _replace(target, [data])
    except OSError as error:
        raise file_error("cannot be written", error, path) from None


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows, which itself refuses to replace an open file
        return
    # Some file systems have no locks; comparing the bytes helps there too.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _replace(target: Path, data: Iterable[bytes]) -> None:
    import tempfile
    from pathlib import Path

    descriptor, name = tempfile.mkstemp(prefix=".termcheck-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            # Without this a power cut soon afterwards could leave an empty file.
            os.fsync(file.fileno())
        _keep_owner(temporary, target)
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep_owner(temporary: Path, target: Path) -> None:
    """Give the new file the owner and group of the old one, where that is allowed."""
    if not target.exists() or not hasattr(os, "chown"):
        return
    ours, theirs = temporary.stat(), target.stat()
    for owner, group in ((theirs.st_uid, -1), (-1, theirs.st_gid)):
        if owner not in (-1, ours.st_uid) or group not in (-1, ours.st_gid):
            with contextlib.suppress(OSError):
                os.chown(temporary, owner, group)


def _mode(target: Path) -> int:
    """The permissions that the file has, or that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
