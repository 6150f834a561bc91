"""Open and find regular files only.

A repository may hold links to a device that never ends, or a pipe that nobody writes into. Reading one would
fill the memory or wait for ever, so nothing but a regular file is opened, unless the command line names it.
What the kernel shows in `/proc` and `/sys` looks like regular files, and may be secret or endless, too.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO, cast

_KINDS = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
# Where systems show what the kernel knows, as files that have no size.
_OF_KERNEL = ("/proc", "/sys", "/sys/kernel/tracing", "/sys/kernel/debug", "/sys/fs/bpf")
# A file may grow by so many bytes while it is read.
_MOST_GROWTH = 64 << 20


def open_plain(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a regular file to read its bytes. Raises OSError for anything else, and never waits."""
    return cast("BinaryIO", open(path, "rb", opener=_open))


def read_plain(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a regular file. Raises OSError for anything else, and for one that does not end."""
    with open_plain(path) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            data = _read(file, size + 1)
            if len(data) > size:
                data += _read(file, _MOST_GROWTH)
        except (MemoryError, OverflowError):
            raise OSError(errno.ENOMEM, "it does not fit into the memory", path) from None
    if len(data) > size + _MOST_GROWTH:
        raise OSError(errno.EFBIG, "it grows while it is read", path)
    return data


def _read(file: BinaryIO, most: int) -> bytes:
    data: bytes | None = file.read(most)
    if data is None:  # no end, and nothing more for now
        raise OSError(errno.EAGAIN, "it is no ordinary file", file.name)
    return data


def read_piped(path: str) -> bytes | None:
    """The contents of a pipe that the command line names; None for a file. A pipe can be read only once.

    Raises OSError for a device other than a terminal, because it may never end.
    """
    kind = special_kind(path)
    if not kind:
        return None
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
        if kind == "a pipe" or file.isatty():
            return file.read()
    raise OSError(errno.EINVAL, f"it is {kind}, not a file", path)


def special_kind(path: str | os.PathLike[str]) -> str:
    """What a path leads to, as `kind_of` says; empty also if that cannot be told."""
    try:
        return kind_of(os.stat(path).st_mode)  # noqa: PTH116 - pathlib would be one more import at start-up
    except (OSError, ValueError):  # ValueError: a NUL character
        return ""


def kind_of(mode: int) -> str:
    """What has a mode and is no file and no directory: `a pipe`, `a socket`, `a device`; else empty."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "a device")


def _open(path: str, flags: int) -> int:
    # Opening a pipe would wait for its writer; a regular file does not care.
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    status = os.fstat(descriptor)
    kind = kind_of(status.st_mode) or _kind_of_kernel(status)
    if kind:
        os.close(descriptor)
        raise OSError(errno.EINVAL, f"it is {kind}, not a file", path)
    return descriptor


def _kind_of_kernel(status: os.stat_result) -> str:
    """`a part of the system` for a regular file that the kernel makes up; else empty."""
    if getattr(status, "st_blocks", 1):  # it is on a disk
        return ""
    on_disk = os.stat("/").st_dev  # noqa: PTH116 - in a container, such a directory may be an ordinary one
    for place in _OF_KERNEL:
        with suppress(OSError):
            if os.stat(place).st_dev == status.st_dev != on_disk:  # noqa: PTH116
                return "a part of the system"
    return ""


def folders_below(
    top: str, enters: Callable[[str], bool], failed: Callable[[OSError], None] = lambda _: None
) -> Iterator[tuple[str, list[str]]]:
    """A directory and those in it, in order, each with the sorted names of what it holds besides directories.

    Links to directories are not followed. `enters` says whether to go into a directory; `failed` gets the
    error of one that cannot be listed. Unlike `os.walk` before Python 3.12, it goes to any depth.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        folders: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    (folders if _is_folder(entry) else names).append(entry.name)
        except OSError as error:
            failed(error)
            continue
        inside = [join(folder, name) for name in sorted(folders)]
        yield folder, sorted(names)
        entered = [path for path in inside if enters(path) and not os.path.islink(path)]  # noqa: PTH114
        waiting += reversed(entered)


def join(folder: str, name: str) -> str:
    """The path of something in a directory, with forward slashes."""
    return f"{folder.replace(os.sep, '/').rstrip('/')}/{name}"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
