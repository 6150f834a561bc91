"""Compiled glossaries on disk, so that a glossary is read and worked out once and not in every run.

An entry is a file of plain data that is looked up by the very content of the glossary files, by version and
languages; what cannot be read, or is damaged, is as good as not there and is written anew. Concepts are read
one by one, when a text has their terms, so that a short text hardly feels the size of a glossary.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import MsgspecError, msgpack

from termcheck import __version__
from termcheck.cachedir import cache_directory, private_directory
from termcheck.engine.glossary_record import GlossaryRecord
from termcheck.matching.index.compiled_glossary import GlossaryIndex

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.glossary.merge import Loaded

# All entries together; beyond it those go that have not been used for longest.
MOST_BYTES = 256 * 1024 * 1024
MOST_ENTRIES = 200
_ENDING = ".glossary"
# Bytes at the beginning of an entry that tell damage.
_CHECKSUM = 4


class GlossaryCache:
    """The entries in one directory. Nothing here raises: without a directory it is simply empty."""

    def __init__(self, directory: str) -> None:
        self._directory = directory

    @classmethod
    def of(cls, settings: Settings) -> GlossaryCache:
        """The store that the settings ask for."""
        if not settings.cache:
            return cls("")
        return cls(private_directory(settings.cache_dir or cache_directory(), "glossaries"))

    def key(self, paths: Sequence[str], languages: Sequence[str]) -> bytes:
        """All that a compiled glossary depends on; empty where nothing can be looked up.

        `paths` are the glossary files, the less important ones first; `languages` those that are asked for.
        """
        if not self._directory:
            return b""
        try:
            contents = [_bytes(path) for path in paths]
        except OSError:
            return b""
        return msgpack.encode([__version__, _code(), sys.version, sys.byteorder, languages, paths, contents])

    def read(self, key: bytes) -> tuple[Loaded, GlossaryIndex] | None:
        """What was written under a key; None if there is nothing."""
        if not key:
            return None
        path = self._path(key)
        try:
            data = memoryview(_bytes(path))
            if zlib.crc32(data[_CHECKSUM:]) != int.from_bytes(data[:_CHECKSUM]):
                return None
            record = msgpack.decode(data[_CHECKSUM:], type=GlossaryRecord)
            os.utime(path)
        except (OSError, MsgspecError):
            return None
        return (record.loaded(), record.blueprint()) if record.key == key else None

    def write(self, key: bytes, loaded: Loaded, blueprint: GlossaryIndex) -> None:
        """Keep a compiled glossary; those who read at the same time see the whole of it or nothing."""
        if not key:
            return
        path = self._path(key)
        temporary = f"{path}.{os.getpid()}"
        try:
            data = msgpack.encode(GlossaryRecord.of(key, loaded, blueprint))
            with open(temporary, "xb") as file:  # noqa: PTH123
                file.write(zlib.crc32(data).to_bytes(_CHECKSUM))
                file.write(data)
            os.replace(temporary, path)  # noqa: PTH105
            self._make_room()
        except (OSError, ValueError):  # ValueError: a lone surrogate, which is no text to keep
            _remove(temporary)

    def _path(self, key: bytes) -> str:
        # Two keys may share a name; the key in the file says whose it is.
        return f"{self._directory}{os.sep}{zlib.crc32(key):08x}{_ENDING}"

    def _make_room(self) -> None:
        with os.scandir(self._directory) as files:
            found = [(file.stat().st_mtime, file.stat().st_size, file.path) for file in files]
        total = 0
        for number, (_, size, path) in enumerate(sorted(found, reverse=True)):
            total += size
            if number >= MOST_ENTRIES or total > MOST_BYTES:
                _remove(path)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
        return file.read()


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108


def _code() -> int:
    """What tells one state of our code from another: in a checkout it changes more often than the version."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    found = []
    for name in ("glossary", "matching", "text"):
        with os.scandir(os.path.join(package, name)) as files:  # noqa: PTH118
            found += [
                (file.name, file.stat().st_mtime_ns, file.stat().st_size)
                for file in files
                if file.name.endswith(".py")
            ]
    return zlib.crc32(repr(sorted(found)).encode())
