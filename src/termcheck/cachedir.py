"""The user's cache directory, private directories in it, and files whose damage shows.

Whoever can write to a cache controls what its readers believe. So a directory is not used if it belongs to
another user or if others can write to it.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from termcheck.interrupts import catch_signals

ENVIRONMENT = "TERMCHECK_CACHE_DIR"
# A cached file begins with so many bytes of checksum.
_CHECKSUM = 4


def cache_directory() -> str:
    """The user's cache directory, which may not exist: from the environment, or the platform's default."""
    chosen = os.environ.get(ENVIRONMENT, "")
    if chosen:
        return chosen
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        return platformdirs.user_cache_dir("termcheck", appauthor=False)
    # The default of platformdirs, whose import takes as long as checking a short text.
    base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.join(_home(), ".cache")  # noqa: PTH118
    return f"{base}/termcheck"


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - it works even without a home directory


def private_directory(*parts: str) -> str:
    """A directory that only this user can write to, created if needed; empty if that is not possible."""
    path = os.path.join(*parts)  # noqa: PTH118 - pathlib would slow down the start
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return ""
    if not hasattr(os, "getuid"):  # Windows separates the directories of users
        return path
    open_to_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return "" if open_to_others or status.st_uid != os.getuid() else path


def read_cached(path: str) -> memoryview:
    """What `write_cached` wrote; empty if there is nothing or if it is damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = memoryview(file.read())
    except OSError:
        return memoryview(b"")
    whole = zlib.crc32(data[_CHECKSUM:]) == int.from_bytes(data[:_CHECKSUM])
    return data[_CHECKSUM:] if whole else memoryview(b"")


def write_cached(path: str, data: bytes) -> None:
    """Replace a file by data with a checksum. Raises OSError."""
    with replacing(path) as file:
        file.write(zlib.crc32(data).to_bytes(_CHECKSUM))
        file.write(data)


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A new file that takes the place of the one at a path when it is complete. Raises OSError.

    A process that reads meanwhile sees all of the old file or all of the new one.
    """
    temporary = f"{path}.{os.getpid()}"
    catch_signals()
    try:
        with open(temporary, "x+b") as file:  # noqa: PTH123
            yield file
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
