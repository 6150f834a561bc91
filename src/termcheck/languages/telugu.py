"""Telugu.

Sources: Bhadriraju Krishnamurti and J. P. L. Gwynn, "A Grammar of Modern Telugu".
"""

from __future__ import annotations

from termcheck.languages.language import Keys, Language, words
from termcheck.lazy import compile_later

# The plural and what marks the case behind it; marks of vowels count as characters.
_ENDING = compile_later(r"(?<=.{3})(?:ల|లు|ాల|ాలు)?(?:ను|ని|కు|కి|లో|తో|న్ని|ం|ు)?\Z")


def keys(word: str) -> Keys:
    """A word with and without its endings."""
    return frozenset((word, _ENDING.sub("", word, count=1)))


LANGUAGE = Language(
    coordinators=words("మరియు లేదా"),
    keys=keys,
    one_sided="an ending is also the end of other words, and no dictionary of inflected forms is at hand",
)
