"""Keys and stems of words: two words of a language are the same if they share a key.

A language declares its own keys, or a Snowball algorithm (https://snowballstem.org/algorithms/) that gives
stems. Without either, a word is only the same as itself.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from termcheck import languages
from termcheck.languages.language import Keys, Language
from termcheck.lazy import compile_later

_REMEMBERED = 65_536

# Snowball gives planifier and planification one stem. Nouns made from verbs get a key of their own, in the
# Romance and Germanic languages and wherever their endings were borrowed.
_DEVERBAL = compile_later(
    r"(?:[stx]ions?|ments?|ci[óo]n|ciones|mientos?|mentos?|ç[ãõ]o|ções|zion[ei]|menti|ung(?:en|s)?|[hk]eit(?:en)?)$"
)


@functools.cache
def keys_of(tag: str) -> Callable[[str], Keys]:
    """The function from a folded word to its keys in the language of a tag."""
    language = languages.get(tag)
    if language.keys is not None:
        return language.keys
    if language.stemmer:
        return functools.lru_cache(_REMEMBERED)(_stem_keys(language))
    return lambda word: frozenset((word,))


@functools.cache
def stem_of(tag: str) -> Callable[[str], str]:
    """The function from a folded word to one stem, so that forms of a word can be counted together."""
    language = languages.get(tag)
    if language.keys is not None and language.stemmer:
        return functools.lru_cache(_REMEMBERED)(_stem(language.stemmer))
    keys = keys_of(tag)
    return functools.lru_cache(_REMEMBERED)(lambda word: min(keys(word), key=lambda key: (len(key), key)))


def _stem(algorithm: str) -> Callable[[str], str]:
    import Stemmer

    stemmer: Any = Stemmer.Stemmer(algorithm)
    stem: Callable[[str], str] = stemmer.stemWord
    return stem


def _stem_keys(language: Language) -> Callable[[str], Keys]:
    stem, singular = _stem(language.stemmer), _singular(language)

    def keys(word: str) -> Keys:
        word = word.rpartition("'")[2]
        stems = {stem(form) for form in {word, singular(word)}}
        return frozenset((word, *(f"{stem}-" if _DEVERBAL.search(word) else stem for stem in stems)))

    return keys


def _singular(language: Language) -> Callable[[str], str]:
    """The function that replaces a plural ending by that of the singular."""
    endings = language.plural_endings
    if not endings:
        return lambda word: word
    pattern = re.compile(rf"(?<=\w{{{language.plural_stem}}})({'|'.join(endings)})$")
    return lambda word: pattern.sub(lambda ending: endings[ending[1]], word)
