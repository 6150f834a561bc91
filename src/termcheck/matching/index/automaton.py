"""Finds all words of a large set in texts, with an automaton no larger than the texts call for.

To build an automaton (Aho and Corasick 1975) of a hundred thousand terms takes longer than to check most
texts. So the first texts get one each, of those words only whose beginning occurs in them; when that has cost
about as much as the automaton of all words, this one is built, and used from then on.

pyahocorasick goes from a node to the next by trying all that follow it, of which the first nodes of Chinese
words have thousands. So it is given bytes in place of characters: the UTF-8 of a text, read as Latin-1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

# Characters of a word's beginning that are looked for in a text.
_BEGINNING = 5
# What it costs to look for the beginning of a word, or at a place in a text, in characters of words that
# an automaton is built of.
_COST = 3


def utf8_as_latin1(text: str) -> str:
    """The bytes of a text in UTF-8 as characters."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


class AhoCorasick:
    """A set of words, given by their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._left = sum(map(len, words))

    def __bool__(self) -> bool:
        return bool(self._words)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(offset of the last character, number of the word) of all occurrences, by their ends."""
        if not text or not self._words:
            return iter(())
        self._left -= _COST * (len(self._words) + len(text))
        automaton = self._whole if self._left < 0 else _automaton(self._possible(text))
        if automaton is None:
            return iter(())
        found: Iterator[tuple[int, int]] = automaton.iter(utf8_as_latin1(text))
        return found if text.isascii() else _by_characters(found, text)

    def find_narrow(self, text: str) -> Iterator[tuple[int, int]]:
        """(offset of the last byte, number of the word) of all occurrences in a long, narrowed text."""
        # It pays from here on, for single texts too.
        self._left = -1
        found: Iterator[tuple[int, int]] = self._whole.iter(text) if text and self._words else iter(())
        return found

    @cached_property
    def _whole(self) -> Any:
        return _automaton(enumerate(self._words))

    def _possible(self, text: str) -> Iterator[tuple[int, str]]:
        lengths = set(map(len, self._beginnings))
        there = {text[at : at + length] for length in lengths for at in range(len(text))}
        found = (number for number, beginning in enumerate(self._beginnings) if beginning in there)
        return ((number, self._words[number]) for number in found)

    @cached_property
    def _beginnings(self) -> list[str]:
        return [word[:_BEGINNING] for word in self._words]


def _by_characters(found: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """The same places in characters."""
    data = text.encode("utf-8", "surrogatepass")
    byte = character = 0
    for last, word in found:
        character += len(data[byte : last + 1].decode("utf-8", "surrogatepass"))
        byte = last + 1
        yield character - 1, word


def _automaton(words: Iterable[tuple[int, str]]) -> Any:
    """An automaton of words with their numbers; None without any."""
    import ahocorasick

    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, word in words:
        automaton.add_word(utf8_as_latin1(word), number)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
