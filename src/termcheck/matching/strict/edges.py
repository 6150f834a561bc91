"""Word edges: which characters may stand next to a term.

Alphabetic scripts separate words, so a letter or digit beside a term's own letter makes it another word. Han,
kana, Hangul and the scripts of South-East Asia do not separate words, so any neighbour may stand there;
`segmentation` takes a closer look at Chinese. Katakana is the exception: a run of it is a word.
"""

from __future__ import annotations

import functools
import re

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.text.fold import HYPHEN
from termcheck.text.scripts import script_of

# Blocks of scripts that do not separate words. As a class of a regular expression they would take longer to
# compile than a short text takes to check.
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1100", "\u11ff"),
    ("\u1780", "\u17ff"),
    ("\u2e80", "\u9fff"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
_KATAKANA = compile_later("[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]")

_FIRST_KATAKANA = "\u30a1"

# Letters before this one belong to scripts that join nothing to the front of a word.
_FIRST_HEBREW = "\u0590"
_LONGEST_CLITIC = 4

# Marks that glue a word to its neighbour when letters stand on both sides: user-agent, node.js, can't.
_GLUE = frozenset(HYPHEN + ".'@\\")


@functools.cache
def is_alphabetic(char: str) -> bool:
    """Whether a character is a letter or digit of a script that writes words apart, or `_`."""
    return char == "_" or (char.isalnum() and not any(first <= char <= last for first, last in _UNSPACED))


@functools.cache
def is_katakana(char: str) -> bool:
    """Whether a character is katakana or its length mark."""
    return _KATAKANA.match(char) is not None


def fits(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is bounded like a word; `text` is folded."""
    joined = start and is_alphabetic(text[start]) and is_alphabetic(text[start - 1])
    if joined and not _follows_clitic(text, start):
        return False
    return not (end < len(text) and is_alphabetic(text[end - 1]) and is_alphabetic(text[end]))


def _follows_clitic(text: str, start: int) -> bool:
    """Whether an article or the like is joined to the front of the word that begins at `start`."""
    if text[start] < _FIRST_HEBREW:
        return False
    clitics = _clitics(script_of(text[start]) or "")
    return clitics is not None and clitics.search(text, max(0, start - _LONGEST_CLITIC), start) is not None


@functools.cache
def _clitics(script: str) -> re.Pattern[str] | None:
    """The clitics at the end of a text; all languages of a script have those of its main one."""
    clitics = languages.get(languages.main_language(script)).clitics
    return re.compile(rf"(?<!\w)(?:{clitics})\Z") if clitics else None


def glued(text: str, start: int, end: int) -> bool:
    """Whether the span is only part of a longer word: `agent` in `user-agent`, `C` in `C++`."""
    return _glued_left(text, start) or _glued_right(text, end)


def _glued_left(text: str, start: int) -> bool:
    if not start:
        return False
    before = text[start - 1]
    if before in _GLUE and before != "'":
        return start > 1 and is_alphabetic(text[start - 2]) and is_alphabetic(text[start])
    return before >= _FIRST_KATAKANA and is_katakana(before) and is_katakana(text[start])


def _glued_right(text: str, end: int) -> bool:
    if end >= len(text):
        return False
    after = text[end]
    if after in _GLUE:
        possessive = (
            after == "'"
            and text[end + 1 : end + 2] == "s"
            and not is_alphabetic(text[end + 2 : end + 3] or " ")
        )
        return (
            not possessive and is_alphabetic(text[end + 1 : end + 2] or " ") and is_alphabetic(text[end - 1])
        )
    if after in "+#":
        return is_alphabetic(text[end - 1])
    return is_katakana(after) and is_katakana(text[end - 1])
