"""Capitals without their accents, as French writes them: ETAT and Etat for État, A for À.

A word in capitals may stand for one with accents, and a capital may stand for one with an accent. Both get
extra keys, which can match only the keys of a sought word.
"""

from __future__ import annotations

import unicodedata

from termcheck.languages.language import Keys
from termcheck.lazy import compile_later

_ACCENTS = compile_later("[\u0300-\u036f]")
# Ends a key of a word in capitals, and of one with an initial capital.
_ALL, _INITIAL = "^", "'"


def text_keys(keys: Keys, written: str) -> Keys:
    """The keys of a word in a text, with the keys that its capitals add."""
    if written.isupper():
        return keys.union(key + _ALL for key in keys)
    if written[:1].isupper() and written[0].isascii():
        return keys.union(key + _INITIAL for key in keys)
    return keys


def sought_keys(keys: Keys) -> Keys:
    """The keys of a sought word, and those of its spellings in bare capitals."""
    return keys.union(
        (_bare(key) + _ALL for key in keys), (_bare(key[:1]) + key[1:] + _INITIAL for key in keys)
    )


def _bare(key: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFD", key))
