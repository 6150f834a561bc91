"""Persian. Folding drops the joiner in front of an ending (فایل‌ها), so endings are a part of their word.

Sources: Wheeler M. Thackston, "An Introduction to Persian".
"""

from __future__ import annotations

from termcheck.languages.arabic import singulars
from termcheck.languages.language import COMMON_ENDINGS, Keys, Language, words
from termcheck.lazy import compile_later

# The plural, and `my`, `of`, `a` behind it or alone.
_OWNER = "م|ت|ش|مان|تان|شان"
_PLURAL = compile_later(rf"(?<=\w\w)ها(?:يي?|{_OWNER})?\Z")
_ENDING = compile_later(rf"(?<=\w{{3}})(?:اي|ي|ان|ات|تر|ترين|{_OWNER})\Z")


def keys(word: str) -> Keys:
    """A word with and without its ending. Arabic words keep their plurals."""
    singular = _PLURAL.sub("", word)
    return singulars(word) | {word, singular, _ENDING.sub("", singular)}


LANGUAGE = Language(
    coordinators=words("و يا"),
    keys=keys,
    one_sided=COMMON_ENDINGS,
)
