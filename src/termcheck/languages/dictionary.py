"""Which words of a language are forms of one another, from simplemma's tables.

The tables are turned into an index (`lemma_index`) in the user's cache, once for each language and version of
simplemma. All words here are folded.

simplemma gives each form one lemma. Folding, and forms that are lemmas too, add others.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING
from zlib import crc32

from termcheck import languages
from termcheck.cachedir import alone, cache_directory, delete, opened, own_files, private_directory, replacing
from termcheck.languages.lemma_endings import ENDING, FORM_ENDING, FORM_LENGTHS, LENGTHS
from termcheck.languages.simplemma_files import tables_directory

if TYPE_CHECKING:
    from termcheck.languages.lemma_index import LemmaIndex

# Nouns have up to four forms for each form of another noun, with diminutives, and verbs have more.
_FAR_MORE = 5

_REMEMBERED = 65_536
# The ending of an index's file name.
_ENDING = ".forms"
# The shortest known word that may end an unknown one (muistikortti), and the shortest rest before it.
_SHORTEST_KNOWN = 4
_SHORTEST_REST = 2

announce: list[Callable[[str], None]] = []
"""What is told the name of a table before its index is made, which takes seconds."""


def spelled(word: str) -> str:
    """A folded word as an index has it: in the Swiss spelling of German, which knows no ß."""
    return word.replace("ß", "ss")


class Dictionary:
    """The words of one language and their forms."""

    def __init__(self, index: LemmaIndex) -> None:
        self._index = index
        self._lemma_endings = functools.lru_cache(_REMEMBERED)(self._lemma_endings_of)
        self.lemmas = functools.lru_cache(_REMEMBERED)(self._lemmas)
        self.usual_lemmas = functools.lru_cache(_REMEMBERED)(self._usual_lemmas)

    def _lemmas(self, word: str) -> frozenset[str]:
        """The lemmas that a word may be a form of; none if it is unknown."""
        return self._index.lemmas(spelled(word))

    def possible_lemmas(self, word: str) -> frozenset[str]:
        """The lemmas of a word and those of its lemmas: nevek leads to neve, and that to név."""
        lemmas = self.lemmas(word)
        return lemmas.union(*map(self.lemmas, lemmas - {word}))

    def derived_lemmas(self, word: str) -> frozenset[str]:
        """The lemmas of a word, such as a compound, that ends in a known one.

        The longest known ending decides: kortin makes muistikortin a form of muistikortti.
        """
        word = spelled(word)
        for cut in range(_SHORTEST_REST, len(word) - _SHORTEST_KNOWN + 1):
            lemmas = self.possible_lemmas(word[cut:])
            if lemmas:
                return frozenset([word[:cut] + lemma for lemma in lemmas])
        return frozenset()

    def forms(self, word: str) -> frozenset[str]:
        """The forms of a word, and itself; nothing if it is unknown.

        A word that is a lemma has its own forms only: `Vertrag` is not meant as a form of `vertragen`.
        """
        word = spelled(word)
        own = self._index.forms(word)
        if own:
            return own
        return frozenset().union(*map(self._index.forms, self._index.lemmas(word)))

    def is_lemma(self, word: str) -> bool:
        """Whether a word has forms of its own."""
        return self._index.count_forms(spelled(word)) > 1

    def _usual_lemmas(self, word: str, shortest: int = 1) -> tuple[str, ...]:
        """The known lemmas that usually have a form like this word, though it may be known as another word.

        simplemma gives pliki one lemma, which is not plik. A word with forms of its own is a form of another
        lemma only if that has far more forms, as a verb has: banca is not a form of banco.

        `shortest` is the least number of letters of an ending that shows the lemma.
        """
        word = spelled(word)
        own = self._index.count_forms(word)
        least = _FAR_MORE * own if own > 1 else 1
        return tuple(
            lemma
            for length in FORM_LENGTHS
            if shortest <= length < len(word)
            for ending in self._lemma_endings(word[-length:])
            if self._index.count_forms(lemma := word[:-length] + ending) >= least
        )

    def _lemma_endings_of(self, ending: str) -> tuple[str, ...]:
        endings = self._index.forms(FORM_ENDING + ending)
        return tuple(ending for ending in endings if not ending.startswith(FORM_ENDING))

    def expected_forms(self, word: str) -> Iterator[tuple[str, str]]:
        """(form, `LIKELY` or `USUAL`) by the ending of a lemma; a usual form is likely too."""
        word = spelled(word)
        for length in LENGTHS:
            endings = self._index.forms(ENDING + word[-length:]) if len(word) > length else ()
            for ending in endings:
                if not ending.startswith(ENDING):
                    yield word[:-length] + ending[1:], ending[0]
            if endings:
                return


def dictionary_of(tag: str) -> Dictionary | None:
    """The dictionary of a language; None if it has none."""
    table = languages.get(tag).dictionary
    return _dictionary(table) if table else None


@functools.cache
def _dictionary(table: str) -> Dictionary:
    """The dictionary made from a table of simplemma, whose index is made if there is none yet."""
    directory, name = private_directory(cache_directory(), "forms"), f"{table}-{_state(table):08x}{_ENDING}"
    path = directory and f"{directory}{os.sep}{name}"
    index = _kept(path)
    if index is not None:
        return Dictionary(index)
    for tell in announce:
        tell(table)
    if not path:
        return Dictionary(_made(table))
    # Of several first runs at the same time, one makes the index for all.
    with alone(f"{directory}{os.sep}{table}.lock"):
        return Dictionary(_kept(path) or _keep(_made(table), table, path))


def _kept(path: str) -> LemmaIndex | None:
    from termcheck.languages.lemma_index import LemmaIndex

    if path:
        with suppress(OSError, ValueError), opened(path) as file:
            return LemmaIndex.mapped(file)
    return None


def _made(table: str) -> LemmaIndex:
    from io import BytesIO

    from termcheck.languages.lemma_index import LemmaIndex, write_index
    from termcheck.languages.simplemma_table import records

    file = BytesIO()
    write_index(file, *records(table))
    return LemmaIndex(file.getvalue())


def _keep(index: LemmaIndex, table: str, path: str) -> LemmaIndex:
    """Put an index into its file if that is possible, and delete the indexes made from older data."""
    from termcheck.languages.lemma_index import MAGIC

    try:
        with replacing(path) as file:
            file.write(index.data)
        for former in own_files(os.path.dirname(path), rf"{table}-[0-9a-f]{{8}}{re.escape(_ENDING)}", MAGIC):  # noqa: PTH120
            if former.path != path:
                delete(former.path)
    except OSError:
        return index
    # Mapped, it takes no memory of ours.
    return _kept(path) or index


def _state(table: str) -> int:
    """A checksum of what an index is made from: simplemma's table, and our ways to fold and to store it."""
    here = os.path.dirname(__file__)  # noqa: PTH120
    paths = (
        f"{tables_directory()}/{table}.plzma",
        f"{here}/lemma_index.py",
        f"{here}/lemma_endings.py",
        f"{here}/simplemma_table.py",
        f"{here}/../text/fold.py",
        f"{here}/../text/letters.py",
        f"{here}/../text/compatibility.py",
    )
    states = []
    for path in paths:
        with suppress(OSError):
            state = os.stat(path)  # noqa: PTH116
            states.append((path, state.st_mtime_ns, state.st_size))
    return crc32(repr(states).encode())
