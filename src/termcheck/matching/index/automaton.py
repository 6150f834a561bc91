"""Finds all words of a large set in texts, with an automaton no larger than the texts need.

Building an automaton (Aho and Corasick 1975) of a hundred thousand words takes longer than checking most
texts. So the first texts get an automaton each, of only the words whose beginning occurs in them. Once that
has cost about as much as the automaton of all words, that one is built and used from then on.

pyahocorasick tries the successors of a node one by one, and the first nodes of Chinese words have thousands
of them. So the automaton works on UTF-8 bytes, given as the characters of Latin-1, which leaves a node at
most 256 successors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

# Characters at the beginning of a word that are looked for in a text.
_BEGINNING = 5
# The cost of looking up a word's beginning, or a place in a text, in characters of words added to an
# automaton.
_LOOKUP_COST = 3


def utf8_as_latin1(text: str) -> str:
    """The UTF-8 bytes of a text, each as one character."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def latin1_as_utf8(text: str) -> str:
    """Undo `utf8_as_latin1`; a character cut at either end becomes U+FFFD, which is not a letter."""
    return text.encode("latin-1").decode("utf-8", "replace")


class AhoCorasick:
    """A set of words, identified by their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        # What small automata may still cost before the automaton of all words is built.
        self._budget = sum(map(len, words))

    def __bool__(self) -> bool:
        return bool(self._words)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(offset of the last character, number of the word) of each occurrence, by offset."""
        hits = self.find_in(text, utf8_as_latin1(text))
        return hits if text.isascii() else _in_characters(hits, text)

    def find_in(self, text: str, data: str) -> Iterator[tuple[int, int]]:
        """(offset of the last byte, number of the word) of each occurrence in a text.

        `data` is the text's `utf8_as_latin1`.
        """
        if not text or not self._words:
            return iter(())
        self._budget -= _LOOKUP_COST * (len(self._words) + len(text))
        automaton = self._of_all if self._budget < 0 else _automaton(self._possible(text))
        if automaton is None:
            return iter(())
        hits: Iterator[tuple[int, int]] = automaton.iter(data)
        return hits

    def find_bytes(self, text: str) -> Iterator[tuple[int, int]]:
        """(offset of the last byte, number of the word) of each occurrence in a `utf8_as_latin1` text."""
        # A long text is worth the automaton of all words, which then serves short texts too.
        self._budget = -1
        hits: Iterator[tuple[int, int]] = self._of_all.iter(text) if text and self._words else iter(())
        return hits

    @cached_property
    def _of_all(self) -> Any:
        return _automaton(enumerate(self._words))

    def _possible(self, text: str) -> Iterator[tuple[int, str]]:
        """The words whose beginning occurs in a text."""
        lengths = set(map(len, self._beginnings))
        present = {text[start : start + length] for length in lengths for start in range(len(text))}
        for number, beginning in enumerate(self._beginnings):
            if beginning in present:
                yield number, self._words[number]

    @cached_property
    def _beginnings(self) -> list[str]:
        return [word[:_BEGINNING] for word in self._words]


def _in_characters(hits: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Occurrences with byte offsets, with offsets in characters instead."""
    data = text.encode("utf-8", "surrogatepass")
    byte = character = 0
    for last, word in hits:
        character += len(data[byte : last + 1].decode("utf-8", "surrogatepass"))
        byte = last + 1
        yield character - 1, word


def _automaton(words: Iterable[tuple[int, str]]) -> Any:
    """The automaton of some words with their numbers; None if there are none."""
    import ahocorasick

    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, word in words:
        automaton.add_word(utf8_as_latin1(word), number)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
