"""Compiled glossaries on disk, so that a glossary is read and indexed once, not in every run.

An entry is a file of plain MessagePack data; decoding it runs no code, whatever it holds. Its key is the
content of the glossary files with our version and the languages. A damaged or unreadable entry counts as
missing and is written again. Concepts are decoded one by one, when a text has their terms, so that a short
text hardly feels the size of a glossary.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from msgspec import Struct, msgpack

from termcheck import __version__
from termcheck.cachedir import (
    cache_directory,
    delete,
    own_files,
    private_directory,
    read_cached,
    use_cache,
    write_cached,
)
from termcheck.languages.simplemma_files import tables_state
from termcheck.matching.index.compiled_glossary import GlossaryIndex
from termcheck.matching.index.form_index import FormIndex
from termcheck.matching.related_concepts import RelatedConcepts
from termcheck.matching.strict.casing import Capitals
from termcheck.model import Concept, Glossary, Ignore
from termcheck.plain_files import read_plain
from termcheck.typed_data import decoder

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.glossary.merge import Loaded

# All entries together; the least recently used ones beyond that are deleted.
MOST_BYTES = 256 * 1024 * 1024
MOST_ENTRIES = 200
_ENDING = ".glossary"
_NAMES = r"[0-9a-f]{8}\.glossary"
# The clocks of a file system and of a machine may differ by so many seconds.
_CLOCK_ERROR = 60


class GlossaryCache:
    """The entries in one directory. Nothing here raises: without a directory the cache is empty."""

    def __init__(self, directory: str, piped: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._directory = directory
        self._piped = piped

    @classmethod
    def of(cls, settings: Settings) -> GlossaryCache:
        """The cache that the settings ask for."""
        use_cache(settings.cache_dir)
        if not settings.cache:
            return cls("")
        return cls(private_directory(cache_directory(), "glossaries"), settings.piped)

    def key(self, paths: Sequence[str], languages: Sequence[str]) -> bytes:
        """Everything a compiled glossary depends on; empty if it cannot be cached.

        `paths` are the glossary files, the less important ones first; `languages` are those the user asked
        for.
        """
        if not self._directory:
            return b""
        try:
            contents = [self._piped[path] if path in self._piped else read_plain(path) for path in paths]
        except OSError:
            return b""
        # A name that is no UTF-8 holds lone surrogates, which MessagePack refuses.
        names, wanted = (
            [text.encode("utf-8", "surrogatepass") for text in texts] for texts in (paths, languages)
        )
        made_with = __version__, _code_state(), tables_state(), sys.version, sys.byteorder
        return msgpack.encode([made_with, wanted, names, contents])

    def read(self, key: bytes) -> tuple[Loaded, GlossaryIndex] | None:
        """What was written under a key; None if there is nothing."""
        if not key:
            return None
        path = self._path(key)
        try:
            record = decoder(_Record).decode(read_cached(path))
            os.utime(path)
            return (record.loaded(), record.index()) if record.key == key else None
        except (OSError, ValueError):  # MsgspecError is a ValueError
            return None

    def write(self, key: bytes, loaded: Loaded, index: GlossaryIndex) -> None:
        """Keep a compiled glossary if that is possible."""
        if not key:
            return
        # ValueError: a lone surrogate, which UTF-8 cannot hold
        with suppress(OSError, ValueError):
            write_cached(self._path(key), msgpack.encode(_Record.of(key, loaded, index)))
            self._make_room()

    def _path(self, key: bytes) -> str:
        # Two keys may share a file name; the key inside the file tells them apart.
        return f"{self._directory}{os.sep}{zlib.crc32(key):08x}{_ENDING}"

    def _make_room(self) -> None:
        now = time.time()
        cached = []
        for file in own_files(self._directory, _NAMES):
            status = file.stat(follow_symlinks=False)
            # The clock was wrong when an entry from the future was used, so nobody knows when that was.
            used = status.st_mtime if status.st_mtime <= now + _CLOCK_ERROR else 0.0
            cached.append((used, status.st_size, file.path))
        total = 0
        for number, (_, size, path) in enumerate(sorted(cached, reverse=True)):
            total += size
            if number >= MOST_ENTRIES or total > MOST_BYTES:
                delete(path)


def _code_state() -> int:
    """A checksum of the times and sizes of our source files, which change more often than the version."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    states = []
    folders = [os.path.join(package, name) for name in ("glossary", "languages", "matching", "text")]  # noqa: PTH118
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    states.append((entry.path, state.st_mtime_ns, state.st_size))
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return zlib.crc32(repr(sorted(states)).encode())


class _Forms(Struct, frozen=True, array_like=True):
    """A FormIndex as it is stored: forms one a line, numbers as the machine has them."""

    language: str
    forms: str
    ends: bytes
    uses: bytes
    regexes: tuple[tuple[int, int], ...]
    capitals: Capitals
    names_only: bool

    @classmethod
    def of(cls, index: FormIndex) -> _Forms:
        return cls(
            index.language,
            "\n".join(index.forms),
            index.ends.tobytes(),
            index.uses.tobytes(),
            index.regexes,
            index.capitals,
            index.names_only,
        )

    def form_index(self) -> FormIndex:
        return FormIndex(
            self.language,
            self.forms.split("\n") if self.forms else [],
            _numbers(self.ends),
            _numbers(self.uses),
            self.regexes,
            self.capitals,
            self.names_only,
        )


class _Record(Struct, frozen=True, array_like=True):
    """An entry. `concepts` are encoded one after the other; number i ends at `ends[i]`."""

    key: bytes
    languages: tuple[str, ...]
    title: str
    paths: tuple[str, ...]
    conflicts: bytes
    source: _Forms
    target: _Forms
    checked: frozenset[str]
    related: RelatedConcepts
    ignores: dict[str, tuple[Ignore, ...]]
    restricted: tuple[tuple[int, int], ...]
    ends: bytes
    concepts: bytes

    @classmethod
    def of(cls, key: bytes, loaded: Loaded, index: GlossaryIndex) -> _Record:
        """The entry of a glossary; raises ValueError for a lone surrogate in it."""
        glossary = loaded.glossary
        encoded = [msgpack.encode(concept) for concept in glossary.concepts]
        return cls(
            key,
            glossary.languages,
            glossary.title,
            glossary.paths,
            msgpack.encode(loaded.conflicts) if loaded.conflicts else b"",
            _Forms.of(index.source),
            _Forms.of(index.target),
            index.checked,
            index.related,
            dict(index.ignores),
            index.restricted,
            array("Q", accumulate(map(len, encoded))).tobytes(),
            b"".join(encoded),
        )

    def loaded(self) -> Loaded:
        """The glossary, whose concepts are decoded on demand."""
        from termcheck.glossary.merge import Conflict, Loaded

        concepts = _Concepts(_numbers(self.ends), self.concepts)
        conflicts = decoder(tuple[Conflict, ...]).decode(self.conflicts) if self.conflicts else ()
        return Loaded(Glossary(concepts, self.languages, self.title, self.paths), conflicts)

    def index(self) -> GlossaryIndex:
        """The index of the glossary's terms."""
        return GlossaryIndex(
            self.source.form_index(),
            self.target.form_index(),
            self.checked,
            self.related,
            self.ignores,
            self.restricted,
        )


def _numbers(data: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(data)
    return numbers


class _Concepts(Sequence[Concept]):
    """Encoded concepts; each is decoded once, so that its identity never changes."""

    def __init__(self, ends: array[int], data: bytes) -> None:
        self._ends = ends
        self._data = memoryview(data)
        self._known: dict[int, Concept] = {}
        self._decoder = decoder(Concept)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> Concept: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Concept]: ...

    def __getitem__(self, number: int | slice) -> Concept | Sequence[Concept]:
        if isinstance(number, slice):
            return tuple(self[index] for index in range(len(self))[number])
        number = range(len(self))[number]
        if number not in self._known:
            begin = self._ends[number - 1] if number else 0
            self._known[number] = self._decoder.decode(self._data[begin : self._ends[number]])
        return self._known[number]
