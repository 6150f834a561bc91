"""The words of a text: what terms are made of.

Words are separated by blanks where a language has them. Chinese is cut into the words of its dictionary, and
long words of it into shorter ones, so that a term consists of the same words wherever it stands. Japanese is
cut where the script changes, and the particles at the end of a Korean word are left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from termcheck import languages
from termcheck.languages.dictionary import dictionary_of
from termcheck.languages.language import Language
from termcheck.lazy import compile_later
from termcheck.matching.strict.segmentation import word_spans
from termcheck.model import Span
from termcheck.text.fold import fold
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS

_KATAKANA, _HIRAGANA = "\u30a1-\u30ff", "\u3041-\u309f"
_OTHER = f"[^\\W_{HAN_CLASS}{_KATAKANA}{_HIRAGANA}]"
# A run of Han, of either kana, a number, or a word of any other script; the 's of a genitive belongs to it.
_WORD = compile_later(
    f"[{HAN_CLASS}]+|[{_KATAKANA}]+|[{_HIRAGANA}]+|\\d+(?:[.,]\\d+)*(?![^\\W\\d_{HAN_CLASS}])"
    f"|({_OTHER}+(?:'(?!s\\b){_OTHER}+)*)(?:'s\\b)?"
)
_HAN_WORD = compile_later(f"[{HAN_CLASS}]")
_HANGUL_WORD = compile_later(f"[{HANGUL_CLASS}]+\\Z")
_HIRAGANA_WORD = compile_later(f"[{_HIRAGANA}]+\\Z")
# The small word of l'eau and d'eau, which joins the words of a term but begins none.
_ELIDED = compile_later(r"[^\W\d_]{1,2}'(?=\w)")
_ELIDED_BETWEEN = compile_later(r" ?[^\W\d_]{1,2}'")
_JOINING = "-/"
# What may stand between two words of a term.
_BETWEEN = frozenset(("", " ", "'s ", "·", *_JOINING))
_REMEMBERED = 65_536


class Token(Struct, frozen=True, gc=False):
    """A word of a text, with its span in the text.

    `key` is the same for the forms of a word. `joined`: a hyphen joins the word to the one before it.
    """

    key: str
    span: Span
    joined: bool


def tokens(text: str, language: str) -> Iterator[Token | None]:
    """The words of a text in order; None where a term must end, at punctuation."""
    folded = fold(text, language)
    key_of, elides = _keys(language), languages.get(language).elides
    last = 0
    for start, end in _word_spans(folded.text, language):
        gap, last = folded.text[last:start], end
        if gap not in _BETWEEN and not (elides and _ELIDED_BETWEEN.fullmatch(gap)):
            yield None
        span = folded.origin(Span(start, end))
        yield Token(key_of(folded.text[start:end]), span, bool(gap) and gap in _JOINING)


def _word_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The bounds of the words of a folded text."""
    known = languages.get(language)
    for match in _WORD.finditer(text):
        start, end = match.span(1) if match[1] else match.span()
        if known.segmenter and _HAN_WORD.match(match[0]):
            yield from ((start + first, start + last) for first, last in word_spans(match[0]))
        elif known.enclitics and _HANGUL_WORD.match(match[0]):
            yield start, start + len(_without_particle(match[0], known))
        else:
            elided = _ELIDED.match(match[0]) if known.elides else None
            yield start + elided.end() if elided else start, end


def _without_particle(word: str, language: Language) -> str:
    """A Korean word without the particle at its end, if two syllables are left."""
    found = re.search(f"(?<=..)(?:{language.enclitics})\\Z", word)
    return word[: found.start()] if found else word


@functools.cache
def smallness(language: str) -> Callable[[str], bool]:
    """The function that tells of a key whether it is a function word, which begins and ends no term.

    In Japanese that is what is written in hiragana.
    """
    known = languages.get(language)
    small = known.function_words | known.closed_words | known.articles | known.links | known.coordinators

    def is_small(word: str) -> bool:
        return word in small or _HIRAGANA_WORD.match(word) is not None

    return is_small


@functools.cache
def _keys(language: str) -> Callable[[str], str]:
    """The function from a folded word to its key: its singular, or its lemma."""
    known = languages.get(language)
    small, dictionary, singulars = known.function_words, dictionary_of(known.tag), known.singulars

    def key(word: str) -> str:
        if word in small or not word.isalpha():
            return word
        if dictionary is not None:
            lemmas = dictionary.lemmas(word)
            return word if not lemmas or word in lemmas else min(lemmas)
        singular = singulars(word) if singulars is not None and len(word) > _SHORTEST else ()
        return min(singular, key=lambda form: (len(form), form), default=word)

    return functools.lru_cache(_REMEMBERED)(key)


# Shorter words that end like a plural are seldom one: gas, his, AIs.
_SHORTEST = 3


def key_of_text(text: str, language: str) -> str:
    """The keys of the words of a text, separated by blanks: the same for the forms of a term."""
    return " ".join(token.key for token in tokens(text, language) if token is not None)
