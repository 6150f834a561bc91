"""A segment as words that can be compared: the lenient side's view of text in alphabetic scripts."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from msgspec import Struct

from termcheck import languages
from termcheck.languages.language import Keys
from termcheck.languages.word_keys import keys_of
from termcheck.lazy import compile_later
from termcheck.matching.lenient.bare_capitals import sought_keys, text_keys
from termcheck.matching.strict import casing
from termcheck.matching.strict.edges import SIGN_AFTER, SIGNS_AFTER, SIGNS_BEFORE
from termcheck.model import Segment, Span
from termcheck.text.fold import Folded, fold
from termcheck.text.scripts import MARK_CLASS

# An acronym with dots is one word (u.s., ph.d.), and so is the sign for `and`.
_DOTTED = r"(?<![^\W_])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+(?![^\W_])\.?|&"
# Letters and the marks that belong to them.
_LETTERS = rf"[^\W_]+(?:[{MARK_CLASS}]+[^\W_]*)*"
# Signs make another word: @ada, $5, C++, 50 %.
_BEFORE = rf"(?:(?<![^\W_])[{SIGNS_BEFORE}] ?)?"
# What the rest of the pattern would find too, at half the speed: most words in Latin letters.
_PLAIN = r"[a-z]{3,}(?=[ ,.;:!?])"
_WORD = compile_later(rf"{_PLAIN}|{_DOTTED}|{_BEFORE}{_LETTERS}(?:'{_LETTERS})*(?:{SIGN_AFTER})?")
_ELIDED_WORD = compile_later(rf"{_PLAIN}|{_DOTTED}|{_BEFORE}{_LETTERS}(?:{SIGN_AFTER})?")
_SENTENCE_END = compile_later(r"[.!?;:](?:\s|$)|[。！？；：।॥۔]")
# The sign & is read as this word in every language.
_AMPERSAND = "and"
# How many words of a text are remembered with their keys.
_REMEMBERED = 65_536
# Longer capitals are as often shouting as acronyms.
_LONGEST_ACRONYM = 5


PREPOSITION = "<"
"""The key of all prepositions that may replace one another."""


class Word(Struct, frozen=True, gc=False):
    """A word at `span` of the folded text; it may be the same as a sought word if their `keys` meet."""

    text: str
    span: Span
    keys: Keys


def split(text: str, language: str, *, sought: bool = False) -> Iterator[Word]:
    """The words of a folded text, or of a term that is `sought` in one."""
    read = _reader(language, sought=sought)
    pattern = _ELIDED_WORD if languages.get(language).elides else _WORD
    for match in pattern.finditer(text):
        word, keys = read(match[0])
        yield Word(word, Span(*match.span()), keys)


@functools.cache
def _reader(language: str, *, sought: bool) -> Callable[[str], tuple[str, Keys]]:
    """The function from a word as a text has it to the word without dots or blanks, and its keys."""
    keys = keys_of(language, sought=sought)

    @functools.lru_cache(_REMEMBERED)
    def read(written: str) -> tuple[str, Keys]:
        word = written
        if not word.isalnum():
            word = _AMPERSAND if word == "&" else undotted(word).replace(" ", "")
        return word, frozenset((word,)) if has_sign(word) else keys(word)

    return read


def has_sign(word: str) -> bool:
    """Whether a sign at one end of a word makes it another word than it is without."""
    return word[0] in SIGNS_BEFORE or word[-1] in SIGNS_AFTER


@functools.cache
def articles(language: str) -> frozenset[str]:
    """Words that may come or go in a rendering of a language."""
    known = languages.get(language)
    return known.articles | known.reflexives


@functools.cache
def coordinators(language: str) -> frozenset[str]:
    """Words for `and` and `or` in a language; the sign & is one in all."""
    return languages.get(language).coordinators | {_AMPERSAND}


class Compact(Struct, frozen=True):
    """Words run together; `starts` and `ends` map offsets at the edges of words to the words' numbers."""

    text: str
    starts: dict[int, int]
    ends: dict[int, int]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """The words run together."""
        starts, ends, offset = {}, {}, 0
        for number, word in enumerate(words):
            starts[offset] = number
            offset += len(word.text)
            ends[offset] = number
        return cls("".join([word.text for word in words]), starts, ends)


class WordView(Struct):
    """A segment's words, without protected ones, and the places of each key in them."""

    segment: Segment
    folded: Folded
    words: tuple[Word, ...]
    places: dict[str, list[int]]
    _compact: Compact | None = None
    _without: tuple[str, list[int]] | None = None

    @property
    def compact(self) -> Compact:
        """The words run together."""
        if self._compact is None:
            self._compact = Compact.of(self.words)
        return self._compact

    def without(self, skipped: str, table: dict[int, str]) -> tuple[str, list[int]]:
        """The folded text without some characters, translated, and the offset of each one that is left.

        Both arguments must be those of the segment's language.
        """
        if self._without is None:
            whole = self.folded.text.translate(table)
            kept = [index for index, char in enumerate(whole) if char not in skipped]
            self._without = "".join([whole[index] for index in kept]), kept
        return self._without

    def lacking(self, sought: Phrase) -> int:
        """How many words of a phrase the segment does not have."""
        there = self.places.keys()
        return sum([there.isdisjoint(word.keys) for word in sought.words])

    def origin(self, first: int, last: int) -> Span:
        """The span of the segment's text from word `first` to word `last`, inclusive."""
        return self.folded.origin(Span(self.words[first].span.start, self.words[last].span.end))

    def written(self, number: int) -> str:
        """A word as the segment has it."""
        span = self.origin(number, number)
        return self.segment.text[span.start : span.end]

    def between(self, first: int, second: int) -> str:
        """The folded text between two words."""
        return self.folded.text[self.words[first].span.end : self.words[second].span.start]

    def starts_sentence(self, number: int) -> bool:
        """Whether a sentence ends between a word and the one in front of it."""
        return _SENTENCE_END.search(self.between(number - 1, number)) is not None


def word_view(segment: Segment, language: str) -> WordView:
    """Split a segment for the lenient look."""
    folded = fold(segment.text, language)
    words = tuple(split(folded.text, language))
    if languages.get(language).bare_capitals:
        written = (folded.origin(word.span) for word in words)
        words = tuple(
            Word(word.text, word.span, text_keys(word.keys, segment.text[span.start : span.end]))
            for word, span in zip(words, written, strict=True)
        )
    if segment.protected:
        words = tuple(word for word in words if not segment.protects(folded.origin(word.span)))
    if prepositions := languages.get(language).prepositions:
        words = tuple(_with_preposition(word, prepositions) for word in words)
    places: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        for key in word.keys:
            places[key].append(number)
    return WordView(segment, folded, words, places)


def _with_preposition(word: Word, prepositions: frozenset[str]) -> Word:
    """A word with the key that all prepositions share, if it is one."""
    if word.text not in prepositions:
        return word
    return Word(word.text, word.span, word.keys | {PREPOSITION})


class Phrase(Struct, frozen=True):
    """A rendering as words; `fixed[i]` is how word i must be written if it is an acronym, else empty.

    Acronyms are compared without their dots. `name`: the last word begins with a capital.
    """

    words: tuple[Word, ...]
    fixed: tuple[str, ...]
    name: bool = False


def is_same(sought: Phrase, number: int, view: WordView, index: int) -> bool:
    """Whether word `index` of a segment may be word `number` of a phrase."""
    if sought.words[number].keys.isdisjoint(view.words[index].keys):
        return False
    fixed = sought.fixed[number]
    return not fixed or undotted(view.written(index)).startswith(fixed)


@functools.lru_cache(maxsize=65536)
def phrase(text: str, language: str) -> Phrase:
    """A term's words without its articles, unless it has nothing else. `Party A` keeps its A.

    The reflexive pronoun of a verb in the infinitive is left out too.
    """
    known = languages.get(language)
    folded, free = fold(text, language), known.articles
    placed = [(word, folded.origin(word.span)) for word in split(folded.text, language, sought=True)]
    every = [(word, text[span.start : span.end], span.start) for word, span in placed]
    content = [
        (word, written)
        for word, written, start in every
        if word.text not in free or (start and casing.is_capitals(written))
    ] or [(word, written) for word, written, _ in every]
    if len(content) > 1 and content[0][0].text in known.reflexives:
        del content[0]
    fixed = tuple(
        _singular(undotted(written))
        if (casing.is_capitals(written) and not text.isupper()) or _is_acronym(written)
        else ""
        for _, written in content
    )
    words = tuple(_acronym(word) if must else word for (word, _), must in zip(content, fixed, strict=True))
    if known.bare_capitals:
        words = tuple(Word(word.text, word.span, sought_keys(word.keys)) for word in words)
    if known.prepositions and len(words) > 2:
        inner = (_with_preposition(word, known.prepositions) for word in words[1:-1])
        words = (words[0], *inner, words[-1])
    return Phrase(words, fixed, bool(content) and content[-1][1][0].isupper())


def undotted(written: str) -> str:
    """An acronym without dots: U.S. is US."""
    return written.replace(".", "")


def _acronym(word: Word) -> Word:
    """An acronym with its singular among its keys: ordinary endings do not tell MOUs from bus."""
    return Word(word.text, word.span, word.keys | {_singular(word.text)})


def _singular(acronym: str) -> str:
    return acronym.removesuffix("s") if len(acronym) > 2 else acronym


def _is_acronym(written: str) -> bool:
    return casing.is_capitals(written) and len(written) <= _LONGEST_ACRONYM
