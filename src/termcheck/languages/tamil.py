"""Tamil.

Sources: Snowball (https://snowballstem.org/algorithms/tamil/stemmer.html).
"""

from __future__ import annotations

import functools

from termcheck.languages.language import NO_DICTIONARY, Keys, Language, stemmer
from termcheck.lazy import compile_later

# The plural and what marks the case, with the short vowel at the end of a word that gives way to it.
_ENDING = compile_later(r"(?<=.{3})(?:ு?(?:களை|களின்|களில்|களுக்கு|கள்)|ை|ில்|ின்|ுக்கு|ால்|ுடன்|ு)\Z")


@functools.lru_cache(maxsize=65_536)
def keys(word: str) -> Keys:
    """A word with and without its endings."""
    return frozenset((word, _ENDING.sub("", word), stemmer("tamil")(word)))


LANGUAGE = Language(
    keys=keys,
    stemmer="tamil",
    one_sided=NO_DICTIONARY,
)
