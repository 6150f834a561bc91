"""Derived words: demonyms that stand for a place name, and endings that are not misspellings."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck import languages
from termcheck.matching.lenient.words import Phrase, WordView
from termcheck.model import Span
from termcheck.text.search import shared_prefix

# Two words with fewer letters in common are not derived from one another.
_SHORTEST_STEM = 3


def is_derived(word: str, derived: str, language: str) -> bool:
    """Whether two words differ only in endings that make one word out of another."""
    endings = languages.get(language).deriving_endings
    stem = shared_prefix(word, derived)
    return stem >= _SHORTEST_STEM and all(
        not rest or rest in endings for rest in (word[stem:], derived[stem:])
    )


def find_demonym(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A capitalised rendering whose last word stands as an adjective: the Russian delegation."""
    is_demonym = languages.get(language).is_demonym
    if is_demonym is None or not sought.name or sought.fixed[-1]:
        return
    size = len(sought.words)
    for start in range(len(view.words) - size + 1):
        last = start + size - 1
        before = zip(sought.words[:-1], view.words[start:last], strict=True)
        if (
            is_demonym(view.words[last].text, sought.words[-1].text)
            and view.written(last)[0].isupper()
            and not any(word.keys.isdisjoint(other.keys) for word, other in before)
        ):
            yield view.origin(start, last)
