"""Word edges: which characters may stand next to a term.

Alphabetic scripts separate words, so a letter or digit beside a term's own letter makes it another word, and
so does a mark that combines with it. Han, kana, Hangul and the scripts of South-East Asia do not separate
words, so any neighbour may stand there; `segmentation` takes a closer look at Chinese. There are exceptions:
a run of katakana is a word, and a Korean word has only particles behind it. Signs may make another word too:
C++ is not C, and no emoji is a part of another.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.text.compatibility import SUPERSCRIPT_DIGITS
from termcheck.text.letters import HYPHEN
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
# A raised digit that folding leaves is the mark of a footnote or a power.
_RAISED = compile_later(f"[{SUPERSCRIPT_DIGITS}]")
_KATAKANA = compile_later("[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]")
_HANGUL = "\uac00-\ud7a3"
# A verb in its stem form before another verb makes a compound: 繰り in 繰り返す. Particles are no stem.
_STEM = compile_later("[\u3400-\u9fff][いきぎしじちにびみりえけげせぜてでねべめれ]?\\Z")
_ONE_CHARACTER_VERB = compile_later("[\u3400-\u9fff][ぁ-ゖ]+")
_PARTICLES = frozenset("にでて")

_FIRST_KANA, _LAST_HIRAGANA, _FIRST_KATAKANA = "\u3041", "\u3096", "\u30a1"

# Letters before this one belong to scripts that join nothing to the front of a word.
_FIRST_HEBREW = "\u0590"
_LONGEST_CLITIC = 4
# With one letter in front of it, a shorter word is too often another one: وكيل is no كيل.
_SHORT_AFTER_LETTER = 4
# Writers exchange these letters at the end of Arabic words, where they also make other words.
_FOLDED_ENDINGS = ("ي", "ه")
_AMBIGUOUS_ENDINGS = ({"ى": 1, "ي": 2, "ی": 2, "ئ": 2}, {"ة": 1, "ه": 2, "ہ": 2})

# The last word of a sentence and the first one of the next.
_LAST_WORD = compile_later(r"(?:^|[\s(])[a-z]{3,}\Z")
_FIRST_WORD = compile_later(r"[A-Z][a-z]*,? [A-Za-z\d]")
_WORD = compile_later(r"[^\W\d_]+(?![\w'-])")
_REACH = 30

# Marks that glue a word to its neighbour when letters stand on both sides: user-agent, node.js, can't.
_GLUE = frozenset(HYPHEN + ".'@\\")
SIGNS_BEFORE = "@$€£¥"
"""Signs that make another word of the one behind them: @ada, $5."""
SIGNS_AFTER = "+#%‰"
"""Signs that make another word of the one in front of them: C++, C#, 50 %."""
SIGN_AFTER = r"\+{2,}|[+#](?![a-z\d])|(?: (?<=\d ))?[%‰]"
"""Such signs in folded text, as a regular expression; a single plus before another word joins the two."""
_SIGN_AFTER = compile_later(SIGN_AFTER)
_BEGIN_OF_SIGN = SIGNS_AFTER + " "

# The joiner, the skin tones and the frame of keys, which belong to the emoji or digit in front of them.
_JOINER = "\u200d"
_FIRST_SKIN_TONE, _LAST_SKIN_TONE, _KEY = "\U0001f3fb", "\U0001f3ff", "\u20e3"
_FIRST_REGIONAL, _LAST_REGIONAL = "\U0001f1e6", "\U0001f1ff"


@functools.cache
def is_alphabetic(char: str) -> bool:
    """Whether a character is a letter, mark or digit of a script that writes words apart, or `_`."""
    if char == "_":
        return True
    in_word = char.isalnum() or unicodedata.category(char)[0] == "M"
    return in_word and not _RAISED.match(char) and not any(first <= char <= last for first, last in _UNSPACED)


@functools.cache
def is_free(char: str) -> bool:
    """Whether nothing beside a term with this character at its edge makes another word of it."""
    return not (
        is_alphabetic(char)
        or is_katakana(char)
        or is_hangul(char)
        or char in "@.+#"
        or char >= _FIRST_REGIONAL
    )


@functools.cache
def is_katakana(char: str) -> bool:
    """Whether a character is katakana or its length mark."""
    return _KATAKANA.match(char) is not None


def is_hangul(char: str) -> bool:
    """Whether a character is a Korean syllable."""
    return _HANGUL[0] <= char <= _HANGUL[-1]


def fits(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is bounded like a word; `text` is folded."""
    joined = start and is_alphabetic(text[start]) and is_alphabetic(text[start - 1])
    if joined and not _follows_clitic(text, start):
        return False
    if end < len(text) and is_alphabetic(text[end - 1]) and is_alphabetic(text[end]):
        return False
    return not _lacks_sign(text, start, end) and (text.isascii() or not _cuts_emoji(text, start, end))


def _lacks_sign(text: str, start: int, end: int) -> bool:
    """Whether a sign beside the span makes another word of it: C in C++, 50 in 50 %, ada in @ada."""
    if start and text[start - 1] in SIGNS_BEFORE and is_alphabetic(text[start]):
        return True
    return (
        end < len(text)
        and text[end] in _BEGIN_OF_SIGN
        and _SIGN_AFTER.match(text, end) is not None
        and (is_alphabetic(text[end - 1]) or text[end - 1] in "+#")
    )


def _cuts_emoji(text: str, start: int, end: int) -> bool:
    """Whether a sign that shows as one goes on across either end of the span."""
    after = text[end : end + 1]
    if after in {_JOINER, _KEY} or _FIRST_SKIN_TONE <= after <= _LAST_SKIN_TONE:
        return True
    if start and text[start - 1] == _JOINER:
        return True
    # Two letters make a flag, and a run of flags is read from its beginning.
    if not _FIRST_REGIONAL <= text[start] <= _LAST_REGIONAL:
        return False
    before = start
    while before and _FIRST_REGIONAL <= text[before - 1] <= _LAST_REGIONAL:
        before -= 1
    return (start - before) % 2 == 1


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
    """Whether the span is only part of a longer word: `agent` in `user-agent`, 정부 in 수정부분."""
    return _glued_left(text, start, end) or _glued_right(text, end)


def is_part(text: str, span: Span, language: str, folded: str, start: int, end: int) -> bool:
    """Whether the span of a text is only part of a longer word; `start` and `end` are its folded offsets.

    Unlike `glued`, it sees a full stop without its blank, and an ending that suits any noun: `agent-based`.
    """
    if _glued_left(folded, start, end) and not _lacks_blank(text, span.start - 1):
        return True
    return (
        _glued_right(folded, end)
        and not _lacks_blank(text, span.end)
        and not _precedes_ending(folded, end, language)
    )


def _lacks_blank(text: str, at: int) -> bool:
    """Whether a full stop ends a sentence and its blank is missing: `no symptoms.South Korea said …`."""
    return (
        text[at] == "."
        and _LAST_WORD.search(text[max(0, at - _REACH) : at]) is not None
        and _FIRST_WORD.match(text, at + 1) is not None
    )


def _precedes_ending(text: str, at: int, language: str) -> bool:
    """Whether a hyphen joins a word to the one before it that says nothing about its sense: `-based`."""
    if text[at] != HYPHEN:
        return False
    word = _WORD.match(text, at + 1)
    return word is not None and word[0] in languages.get(language).joined_endings


def _glued_left(text: str, start: int, end: int) -> bool:
    if not start:
        return False
    before = text[start - 1]
    if text[start] in "@." and is_alphabetic(before):
        return True
    if before in _GLUE and before != "'":
        # A dot in front of a word belongs to it (.NET), but not the last one of several.
        further = text[start - 2] if start > 1 else " "
        joins = is_alphabetic(further) or (before == "." and further.isspace())
        return joins and is_alphabetic(text[start])
    if before < _FIRST_HEBREW:
        return False
    if before < _FIRST_KANA:
        alone = start == 1 or not is_alphabetic(text[start - 2])
        return (
            end - start < _SHORT_AFTER_LETTER
            and alone
            and is_alphabetic(before)
            and is_alphabetic(text[start])
        )
    if is_hangul(before):
        return is_hangul(text[start])
    if before >= _FIRST_KATAKANA and is_katakana(before):
        return is_katakana(text[start])
    return _continues_stem(text, start, end)


def _continues_stem(text: str, start: int, end: int) -> bool:
    """Whether a Japanese verb of one Chinese character is the second part of a compound: 繰り返す."""
    if text[start - 1] in _PARTICLES or not is_one_character_verb(text[start:end]):
        return False
    return _STEM.search(text, max(0, start - 2), start) is not None


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
    if is_hangul(after):
        return is_hangul(text[end - 1]) and not _precedes_particle(text, end)
    return is_katakana(after) and is_katakana(text[end - 1])


def _precedes_particle(text: str, end: int) -> bool:
    """Whether nothing but particles is joined to the back of the Korean word that ends at `end`."""
    particles = _enclitics("hangul")
    return particles is not None and particles.match(text, end) is not None


@functools.cache
def _enclitics(script: str) -> re.Pattern[str] | None:
    """The particles in front of something else than a letter of the script."""
    enclitics = languages.get(languages.main_language(script)).enclitics
    return re.compile(rf"(?:{enclitics})(?![{_HANGUL}])") if enclitics else None


def is_one_character_verb(form: str) -> bool:
    """Whether a form is one Chinese character and kana, which may be the second part of a compound verb."""
    # Nearly all forms are settled by their last character, before the pattern is compiled.
    return _FIRST_KANA <= form[-1] <= _LAST_HIRAGANA and _ONE_CHARACTER_VERB.fullmatch(form) is not None


def ends_ambiguously(form: str) -> bool:
    """Whether a folded form ends in a letter for which writers use several that make other words."""
    return form.endswith(_FOLDED_ENDINGS)


def is_ambiguous(written: str, listed: str) -> bool:
    """Whether a text that folds to a term ends in another letter, which may make it another word."""
    # The letters in question are Arabic, and most texts have none.
    return written[-1:] >= _FIRST_HEBREW and any(
        {classes.get(written[-1:]), classes.get(listed[-1:])} == {1, 2} for classes in _AMBIGUOUS_ENDINGS
    )
