"""Files are written whole or not at all, and a file that somebody else has changed is left alone."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from termcheck.interrupts import catch_signals, held
from termcheck.messages import file_error
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from pathlib import Path

# What becomes of a file that has several hard links.
OTHER_NAMES = "is now a file of its own; its other hard links keep the old text"


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
            return
        place = Path(os.path.realpath(path))
        with _temporary(place, data) as temporary:
            temporary.replace(place)
    except OSError as error:
        raise file_error("cannot be written", error, path) from None


def replace_file(path: str, data: bytes, *, expected: bytes) -> int:
    """Replace the bytes of a file, unless it has changed in the meantime; gives its number of hard links.

    Links, owner, permissions and attributes stay; other hard links keep the old bytes. Other processes that
    do the same have to wait. Raises TermcheckError if the file no longer holds `expected`, or cannot be
    written; it is then unchanged.
    """
    from pathlib import Path

    target = Path(os.path.realpath(path))
    try:
        # A new file could replace a write-protected one, but nobody would want that.
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "permission denied")
        # Writing takes long and comparing does not, so the file is compared last.
        with _temporary(target, [data]) as temporary, target.open("rb") as file:
            _lock(file.fileno())
            # The lock holds the file that was opened, and another one may have replaced it since.
            if target.read_bytes() != expected:
                raise TermcheckError(
                    "was changed by somebody else meanwhile, so nothing was fixed",
                    path=path,
                    advice="run it again",
                )
            links = target.stat().st_nlink
            temporary.replace(target)
    except OSError as error:
        raise file_error("cannot be written", error, path) from None
    return links


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows, which itself refuses to replace an open file
        return
    # Some file systems have no locks; comparing the bytes helps there too.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def _temporary(target: Path, data: Iterable[bytes]) -> Iterator[Path]:
    """A complete file that can take the place of `target`, with what it has besides its bytes.

    It is removed in the end unless it has taken the place, whatever signal arrives meanwhile.
    """
    import tempfile
    from pathlib import Path

    temporary = None
    catch_signals()
    try:
        with held():
            descriptor, name = tempfile.mkstemp(prefix=".termcheck-", dir=target.parent)
            temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            # Without this a power cut soon afterwards could leave an empty file.
            os.fsync(file.fileno())
        _keep_owner(temporary, target)
        temporary.chmod(_mode(target))
        _keep_attributes(temporary, target)
        yield temporary
    finally:
        with held():
            if temporary is not None:
                temporary.unlink(missing_ok=True)


def _keep_owner(temporary: Path, target: Path) -> None:
    """Give the new file the owner and group of the old one, where that is allowed."""
    if not target.exists() or not hasattr(os, "chown"):
        return
    ours, theirs = temporary.stat(), target.stat()
    for owner, group in ((theirs.st_uid, -1), (-1, theirs.st_gid)):
        if owner not in (-1, ours.st_uid) or group not in (-1, ours.st_gid):
            with contextlib.suppress(OSError):
                os.chown(temporary, owner, group)


def _keep_attributes(temporary: Path, target: Path) -> None:
    """Give the new file the extended attributes of the old one, such as access lists, where allowed."""
    if not target.exists() or not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                os.setxattr(temporary, name, os.getxattr(target, name))


def _mode(target: Path) -> int:
    """The permissions that the file has, or that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
