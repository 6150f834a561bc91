"""Bengali.

Sources: Hanne-Ruth Thompson, "Bengali: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Keys, Language, words
from termcheck.lazy import compile_later

# The plural and what marks the case behind it; marks of vowels count as characters.
_ENDING = compile_later(r"(?<=.{3})(?:গুলি|গুলো|টি|টা|দের|রা)?(?:কে|ের|র|তে|ে)?\Z")


def keys(word: str) -> Keys:
    """A word with and without its endings."""
    return frozenset((word, _ENDING.sub("", word, count=1)))


LANGUAGE = Language(
    coordinators=words("এবং ও বা"),
    keys=keys,
    one_sided="an ending is also the end of other words, and no dictionary of inflected forms is at hand",
)
