"""How a phrase is written: with which letters, in which number, small or with capitals."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from termcheck import languages
from termcheck.extract.phrases import Phrases
from termcheck.extract.tokens import tokens

# So many of a phrase's texts show how it is written.
_MOST_TEXTS = 12
# The singular is preferred if it is in this share of the occurrences of the plural.
_SINGULAR_SHARE = 0.34


class Surfaces:
    """The spellings of the phrases of one side."""

    def __init__(self, texts: Sequence[str], phrases: Phrases) -> None:
        self._texts, self._phrases = texts, phrases
        self._words = functools.lru_cache(maxsize=1 << 14)(self._words_of)
        self._known: dict[int, str] = {}

    def base_form(self, phrase: int) -> str:
        """A phrase as it is written most often, in the singular if the texts have it."""
        if phrase not in self._known:
            self._known[phrase] = self._base_form(phrase)
        return self._known[phrase]

    def _base_form(self, phrase: int) -> str:
        counts: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for number in self._phrases.texts_of[phrase][:_MOST_TEXTS]:
            text, words = self._texts[number], self._words(number)
            for start, end in words.spans([self._phrases.keys[word] for word in self._phrases[phrase].words]):
                written = " ".join(text[start:end].split())
                counts[written] += 1
                # Capitals tell nothing at the beginning of a sentence, nor in a title.
                if start and not words.is_title:
                    inside[written] += 1
        return self._singular(inside or counts)

    def _words_of(self, number: int) -> _Words:
        text = self._texts[number]
        found = list(tokens(text, self._phrases.language))
        return _Words(
            [token.key if token else "" for token in found],
            [(token.span.start, token.span.end) if token else (0, 0) for token in found],
            _is_title(text),
        )

    def _singular(self, counts: Counter[str]) -> str:
        """The most frequent spelling, or its singular if that is not much rarer."""
        best, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        singulars = languages.get(self._phrases.language).singulars
        if singulars is not None:
            before, _, last = best.rpartition(" ")
            for singular in sorted(singulars(last)):
                written = f"{before} {singular}".strip()
                if counts.get(written, 0) >= count * _SINGULAR_SHARE:
                    return written
        return best


class _Words(Struct):
    """The words of a text: their keys, with empty ones for breaks, and where they stand."""

    keys: list[str]
    places: list[tuple[int, int]]
    is_title: bool

    def spans(self, keys: list[str]) -> Iterator[tuple[int, int]]:
        """Where consecutive words are in the text."""
        size, start = len(keys), -1
        with suppress(ValueError):
            while True:
                start = self.keys.index(keys[0], start + 1)
                if self.keys[start : start + size] == keys:
                    yield self.places[start][0], self.places[start + size - 1][1]


def _is_title(text: str) -> bool:
    """Whether most words of a text begin with a capital."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 4 > len(words) * 3
