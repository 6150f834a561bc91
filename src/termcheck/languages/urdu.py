"""Urdu.

Sources: Ruth Laila Schmidt, "Urdu: An Essential Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Keys, Language, words
from termcheck.lazy import compile_later

_ENDING = compile_later(r"(?<=\w\w)(?:يوں|ياں|يں|وں|ات|ے|ي|ا|ه)\Z")


def keys(word: str) -> Keys:
    """A word with and without its ending."""
    return frozenset((word, _ENDING.sub("", word)))


LANGUAGE = Language(
    coordinators=words("اور يا"),
    keys=keys,
    one_sided="an ending is also the end of other words, and no dictionary of inflected forms is at hand",
)
