"""The user's cache directory, private directories in it, and files whose damage shows.

Whoever can write to a cache controls what its readers believe. So a directory is not used if it belongs to
another user or if others can write to it, and a file is not read if a checkout may have brought it.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from termcheck.interrupts import catch_signals
from termcheck.lazy import compile_later

ENVIRONMENT = "TERMCHECK_CACHE_DIR"
# A cached file begins with these bytes and a checksum.
_MAGIC = b"termcheck cache 1\n"
_CHECKSUM = 4
_HEAD = len(_MAGIC) + _CHECKSUM
# git and unpacked archives make files that their owner may write to, so a checkout brings none of these.
_MODE = stat.S_IRUSR
_PERMISSIONS = hasattr(os, "getuid")  # Windows separates the directories of users
# What follows the name of a file that is not complete: the number of the process and the time.
_TEMPORARY = compile_later(r"\.\d+-\d+")
_HOUR = 3600
# Nobody waits longer than this for another process, which may have been stopped.
_LONGEST_WAIT = 120
_MOMENT = 0.05

_chosen = ""


def use_cache(directory: str) -> None:
    """Keep everything in this directory from now on; if it is empty, in the user's own."""
    global _chosen
    _chosen = directory


def cache_directory() -> str:
    """The cache directory, which may not exist: the chosen one, that of the environment, or the platform's.

    Empty if there is none, as for a user without a home directory.
    """
    chosen = _chosen or os.environ.get(ENVIRONMENT, "")
    if chosen:
        return chosen
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        directory = platformdirs.user_cache_dir("termcheck", appauthor=False)
    else:
        # The default of platformdirs, whose import takes as long as checking a short text.
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        home = os.path.expanduser("~")  # noqa: PTH111 - it works even without a home directory
        # Its specification says that a relative path is not valid.
        directory = f"{base if base.startswith('/') else f'{home}/.cache'}/termcheck"
    # Below the working directory, a repository could ship it.
    return directory if os.path.isabs(directory) else ""  # noqa: PTH117


def private_directory(*parts: str) -> str:
    """A directory that only this user can write to, created if needed; empty if that is not possible."""
    if not all(parts):
        return ""
    path = os.path.join(*parts)  # noqa: PTH118 - pathlib would slow down the start
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103
        status = os.lstat(path)
    except OSError:
        return ""
    return path if stat.S_ISDIR(status.st_mode) and _is_private(status) else ""


def _is_private(status: os.stat_result) -> bool:
    open_to_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return not _PERMISSIONS or (not open_to_others and status.st_uid == os.getuid())


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """A file that `replacing` wrote; raises OSError for any other, for a link, and if there is none."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # a platform has some of them
        flags |= getattr(os, name, 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        status = os.fstat(file.fileno())
        ours = stat.S_ISREG(status.st_mode) and _is_private(status)
        if not ours or (_PERMISSIONS and stat.S_IMODE(status.st_mode) != _MODE):
            raise PermissionError(path)
        yield file


def read_cached(path: str) -> memoryview:
    """What `write_cached` wrote; empty if there is nothing, or if it is damaged or not ours."""
    try:
        with opened(path) as file:
            data = memoryview(file.read())
    except OSError:
        return memoryview(b"")
    head, content = bytes(data[:_HEAD]), data[_HEAD:]
    whole = head == _MAGIC + zlib.crc32(content).to_bytes(_CHECKSUM)
    return content if whole else memoryview(b"")


def write_cached(path: str, data: bytes) -> None:
    """Replace a file by data with a checksum. Raises OSError."""
    with replacing(path) as file:
        file.write(_MAGIC + zlib.crc32(data).to_bytes(_CHECKSUM))
        file.write(data)


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A new file that takes the place of the one at a path when it is complete. Raises OSError.

    A process that reads meanwhile sees all of the old file or all of the new one.
    """
    temporary = f"{path}.{os.getpid()}-{time.time_ns()}"
    catch_signals()
    try:
        with open(temporary, "x+b") as file:  # noqa: PTH123
            yield file
            if _PERMISSIONS:
                file.flush()
                os.fchmod(file.fileno(), _MODE)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def own_files(directory: str, names: str, magic: bytes = _MAGIC) -> list[os.DirEntry[str]]:
    """The files in a directory whose names match an expression, and whose contents begin with a magic.

    Files that a process left unfinished long ago are deleted. Raises OSError.
    """
    ours: list[os.DirEntry[str]] = []
    name = re.compile(names)
    with os.scandir(directory) as entries:
        for entry in entries:
            match = name.match(entry.name)
            if not match or not entry.is_file(follow_symlinks=False):
                continue
            if match.end() == len(entry.name):
                if _begins_with(entry.path, magic):
                    ours.append(entry)
            elif _TEMPORARY.fullmatch(entry.name, match.end()):
                _delete_old(entry, magic)
    return ours


def _begins_with(path: str, magic: bytes) -> bool:
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        return file.read(len(magic)) == magic
    return False


def _delete_old(entry: os.DirEntry[str], magic: bytes) -> None:
    status = entry.stat(follow_symlinks=False)
    if abs(time.time() - status.st_mtime) > _HOUR and (not status.st_size or _begins_with(entry.path, magic)):
        delete(entry.path)


def delete(path: str) -> None:
    """Delete a file, if that is possible."""
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Wait, at most two minutes, until no other process holds the lock at this path."""
    try:
        import fcntl
    except ModuleNotFoundError:
        yield
        return
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield
        return
    try:
        end = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < end:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_MOMENT)
                continue
            except OSError:  # some file systems have no locks
                pass
            break
        yield
    finally:
        os.close(lock)
