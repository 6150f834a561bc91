"""Which words of a language are forms of one another, from simplemma's tables.

The tables are turned into an index (`lemma_index`) in the user's cache, once for each language and version of
simplemma. All words here are folded.

simplemma gives each form one lemma. Folding, and forms that are lemmas too, add others.
"""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from typing import IO
from zlib import crc32

from termcheck import languages
from termcheck.cachedir import cache_directory, private_directory
from termcheck.languages.lemma_index import LemmaIndex, is_indexable, write_index
from termcheck.text.fold import fold, fold_in_place

_REMEMBERED = 65_536
# So many forms are folded at once.
_FOLDED_AT_ONCE = 8_192
_SEPARATOR = "\0"
# The shortest known word that may end an unknown one (muistikortti), and the shortest rest before it.
_SHORTEST_KNOWN = 4
_SHORTEST_REST = 2

announce: list[Callable[[str], None]] = []
"""Functions that are called with the name of a table before its index is made, which takes seconds."""


class Dictionary:
    """The words of one language and their forms."""

    def __init__(self, index: LemmaIndex) -> None:
        self._index = index
        self.lemmas = functools.lru_cache(_REMEMBERED)(self._lemmas)

    def _lemmas(self, word: str) -> frozenset[str]:
        """The lemmas that a word may be a form of; none if it is unknown."""
        lemmas = self._index.lemmas(word)
        # Some lemmas are forms themselves: nevek leads to neve, and that to név.
        return lemmas.union(*map(self._index.lemmas, lemmas - {word}))

    def derived_lemma(self, word: str) -> str:
        """The lemma of an unknown word that ends in a known one, or an empty string.

        The longest known ending decides: kortin makes muistikortin a form of muistikortti.
        """
        for cut in range(_SHORTEST_REST, len(word) - _SHORTEST_KNOWN + 1):
            lemmas = self.lemmas(word[cut:])
            if lemmas:
                return word[:cut] + min(lemmas, key=lambda lemma: (len(lemma), lemma))
        return ""

    def forms(self, word: str) -> frozenset[str]:
        """The forms of a word, and itself; nothing if it is unknown.

        A word that is a lemma has its own forms only: `Vertrag` is not meant as a form of `vertragen`.
        """
        own = self._index.forms(word)
        if own:
            return own
        lemmas = self._index.lemmas(word)
        return frozenset().union(*map(self._index.forms, lemmas))


def dictionary_of(tag: str) -> Dictionary | None:
    """The dictionary of a language; None if it has none."""
    table = languages.get(tag).dictionary
    return _dictionary(table) if table else None


@functools.cache
def _dictionary(table: str) -> Dictionary:
    """The dictionary made from a table of simplemma, whose index is made if there is none yet."""
    directory, name = private_directory(cache_directory(), "forms"), f"{table}-{_state(table):08x}.forms"
    with suppress(OSError, ValueError), open(f"{directory}{os.sep}{name}", "rb") as file:  # noqa: PTH123
        return Dictionary(LemmaIndex(file))
    for tell in announce:
        tell(table)
    if directory:
        with suppress(OSError):
            return _kept(table, directory, name)
    with tempfile.TemporaryFile() as file:
        return _made(file, table)


def _kept(table: str, directory: str, name: str) -> Dictionary:
    """Make the index in a directory; a process that reads meanwhile sees all of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=directory, delete=False) as file:
        try:
            dictionary = _made(file, table)
            for former in os.listdir(directory):  # noqa: PTH208
                if former.startswith(f"{table}-"):
                    with suppress(OSError):
                        os.unlink(f"{directory}{os.sep}{former}")  # noqa: PTH108
            os.replace(file.name, f"{directory}{os.sep}{name}")  # noqa: PTH105
        except BaseException:
            os.unlink(file.name)  # noqa: PTH108
            raise
    return dictionary


def _made(file: IO[bytes], table: str) -> Dictionary:
    from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed
    from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

    # The public functions would hold the whole table as a dictionary of Python.
    data = _read_decompressed(table)
    backwards, count, begin = _read_header(data)
    records = ((form, lemma) for _, form, lemma in _iter_records(data, begin))
    write_index(file, _folded(records, table, -1 if backwards else 1), count)
    file.flush()
    return Dictionary(LemmaIndex(file))


def _folded(
    records: Iterator[tuple[bytes, bytes]], table: str, step: int
) -> Iterator[tuple[bytes, bytes]]:
    """Records with both words folded; read backwards if `step` is -1."""
    lemmas: dict[bytes, bytes] = {}
    while chunk := list(islice(records, _FOLDED_AT_ONCE)):
        new = list({lemma for _, lemma in chunk if lemma not in lemmas})
        words = [word[::step] for word in (*new, *[form for form, _ in chunk])]
        folded = _fold_all(words, table)
        lemmas.update(zip(new, folded, strict=False))
        for (_, lemma), form in zip(chunk, folded[len(new) :], strict=True):
            if is_indexable(form) and is_indexable(lemmas[lemma]):
                yield form, lemmas[lemma]


def _fold_all(words: list[bytes], language: str) -> list[bytes]:
    text = _SEPARATOR.join([word.decode() for word in words])
    folded = fold_in_place(text, language)
    if folded is None:
        folded = fold(text, language).text
    return folded.encode().split(_SEPARATOR.encode())


def _state(table: str) -> int:
    """A checksum of what an index is made from: simplemma's table, and our ways to fold and to store it."""
    here = os.path.dirname(__file__)  # noqa: PTH120
    # Importing simplemma takes longer than a look-up.
    package = find_spec("simplemma")
    theirs = next(iter(package.submodule_search_locations or ())) if package else ""
    paths = (
        f"{theirs}/strategies/dictionaries/data/{table}.plzma",
        f"{here}/lemma_index.py",
        f"{here}/../text/fold.py",
    )
    states = []
    for path in paths:
        with suppress(OSError):
            state = os.stat(path)  # noqa: PTH116
            states.append((path, state.st_mtime_ns, state.st_size))
    return crc32(repr(states).encode())
