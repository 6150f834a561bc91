"""jieba's dictionary of Chinese words, looked up in the file that jieba brings along.

Importing jieba and loading its dictionary takes several times as long as checking a short text, which needs a
few dozen of the words. So the file is mapped into memory. An index tells where the words with a certain first
character are; it is made once and kept in the user's cache.
"""

from __future__ import annotations

import mmap
import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec

from msgspec import MsgspecError, Struct, msgpack

from termcheck.cachedir import cache_directory, private_directory, read_cached, write_cached
from termcheck.typed_data import decoder

# Consecutive lines with the same first character.
_STRETCH = rb"(.[\x80-\xbf]*).*\n?(?:\1.*\n?)*"
# The bytes of a number of the index.
_SIZE = array("I").itemsize
# So many answers are remembered, in about 30 MB; a large corpus asks for more.
_MOST_COUNTS = 1 << 18


class WordDictionary:
    """Words with their counts, one a line, as in `外交 6143 n`; the lines may have any order.

    Looking up a word is quick if most words with the same two first characters are close to each other.
    """

    def __init__(self, path: str, index_path: str = "") -> None:
        """Map a dictionary; its index is kept under `index_path` if that is not empty."""
        with open(path, "rb") as file:  # noqa: PTH123
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._index = _kept_index(self._lines, index_path)
        self._begins = memoryview(self._index.begins).cast("I")
        self._counts = _Counts(self._read)

    @classmethod
    def installed(cls) -> WordDictionary:
        """The dictionary of the jieba that is installed; raises ModuleNotFoundError."""
        spec = find_spec("jieba")
        if spec is None or not spec.origin:
            raise ModuleNotFoundError("No module named 'jieba'", name="jieba")
        path = os.path.join(os.path.dirname(spec.origin), "dict.txt")  # noqa: PTH118, PTH120
        directory = private_directory(cache_directory(), "jieba")
        return cls(path, directory and f"{directory}/words.index")

    @property
    def total(self) -> int:
        """The sum of all counts."""
        return self._index.total

    def count(self, text: str) -> int | None:
        """The count of a word, 0 for the beginning of a word that is none itself, None for anything else."""
        return self._counts[text]

    def part_of_speech(self, word: str) -> str:
        """The part of speech of a word as jieba calls it; empty if the dictionary does not have it."""
        head = f"\n{word} ".encode(errors="replace")
        for lines in self._stretches(word[:1]):
            first = lines.find(head)
            if first >= 0:
                fields = lines[first + len(head) : lines.index(b"\n", first + 1)].decode().split(" ")
                return fields[-1].strip()
        return ""

    def _read(self, beginning: str) -> dict[str, int | None]:
        """The words with two given characters at the beginning, or the word of one character."""
        head = f"\n{beginning:<2}".encode(errors="replace")
        counts: dict[str, int | None] = {}
        for lines in self._stretches(beginning[:1]):
            first = lines.find(head)
            if first >= 0:
                after = lines.index(b"\n", lines.rfind(head) + 1)
                for line in lines[first + 1 : after].decode().split("\n"):
                    word, _, rest = line.partition(" ")
                    # Where lines are in no order, others lie in between.
                    if word[:2] == beginning:
                        counts[word] = int(rest.partition(" ")[0])
            if counts or len(beginning) == 1:
                counts.setdefault(beginning, 0)
        for word in list(counts):
            for end in range(3, len(word)):
                counts.setdefault(word[:end], 0)
        return counts

    def _stretches(self, character: str) -> Iterator[bytes]:
        """The lines that begin with a character, with a line break before and after each."""
        number = self._index.characters.find(character)
        while character and number >= 0:
            begin, end = self._begins[number : number + 2]
            yield b"\n%b\n" % self._lines[begin:end]
            number = self._index.characters.find(character, number + 1)


class _Counts(dict[str, int | None]):
    """Counts asked for, and those of all words with the same first two characters."""

    def __init__(self, read: Callable[[str], Mapping[str, int | None]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> int | None:
        if len(self) >= _MOST_COUNTS:
            self.clear()
        beginning = text[:2]
        if beginning not in self:
            self.update({beginning: None, **self._read(beginning)})
        return self.setdefault(text, None)


class _Index(Struct, frozen=True, array_like=True):
    """Where the stretches of a dictionary begin, as the machine has numbers; the end comes last."""

    key: tuple[str, int, int]
    total: int
    characters: str
    begins: bytes


def _kept_index(lines: mmap.mmap, path: str) -> _Index:
    """The index under a path, which is made if it is missing, damaged or of another dictionary."""
    key = (sys.byteorder, len(lines), zlib.crc32(lines))
    if path:
        with suppress(MsgspecError):
            index: _Index = decoder(_Index).decode(read_cached(path))
            if index.key == key and len(index.begins) == _SIZE * (len(index.characters) + 1):
                return index
    index = _index(lines, key)
    if path:
        with suppress(OSError):
            write_cached(path, msgpack.encode(index))
    return index


def _index(lines: mmap.mmap, key: tuple[str, int, int]) -> _Index:
    total = sum(int(line.split(b" ", 2)[1]) for line in lines[:].split(b"\n") if line)
    stretches = [(match[1], match.start()) for match in re.finditer(_STRETCH, lines)]
    # Exactly one character for each stretch, even if a file is no UTF-8.
    characters = "".join(first.decode(errors="replace")[:1] for first, _ in stretches)
    begins = array("I", [*(begin for _, begin in stretches), len(lines)])
    return _Index(key, total, characters, begins.tobytes())
