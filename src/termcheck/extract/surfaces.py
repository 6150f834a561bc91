"""How a phrase is written: with which letters, in which number, small or with capitals."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence

from termcheck import languages
from termcheck.extract.phrases import Phrases
from termcheck.extract.tokens import Token, tokens

# So many of a phrase's texts show how it is written.
_MOST_TEXTS = 24
# The singular is preferred if it is in this share of the occurrences of the plural.
_SINGULAR_SHARE = 0.34


class Surfaces:
    """The spellings of the phrases of one side."""

    def __init__(self, texts: Sequence[str], phrases: Phrases) -> None:
        self._texts, self._phrases = texts, phrases
        self._tokens = functools.lru_cache(maxsize=1 << 13)(self._tokens_of)

    def base_form(self, phrase: int) -> str:
        """A phrase as it is written most often, in the singular if the texts have it."""
        counts: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for text in self._phrases.texts_of[phrase][:_MOST_TEXTS]:
            for start, end in self.spans(phrase, text):
                written = " ".join(self._texts[text][start:end].split())
                counts[written] += 1
                # Capitals tell nothing at the beginning of a sentence, nor in a title.
                if start and not _is_title(self._texts[text]):
                    inside[written] += 1
        return self._singular(inside or counts)

    def spans(self, phrase: int, text: int) -> Iterator[tuple[int, int]]:
        """Where a phrase is in a text."""
        keys = [self._phrases.keys[word] for word in self._phrases.phrases[phrase].words]
        found, size = self._tokens(text), len(keys)
        for start in range(len(found) - size + 1):
            part = found[start : start + size]
            if [token and token.key for token in part] == keys:
                first, last = part[0], part[-1]
                assert first is not None and last is not None
                yield first.span.start, last.span.end

    def _tokens_of(self, text: int) -> list[Token | None]:
        return list(tokens(self._texts[text], self._phrases.language))

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


def _is_title(text: str) -> bool:
    """Whether most words of a text begin with a capital."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 4 > len(words) * 3
