"""A segment as words that can be compared: the lenient side's view of text in alphabetic scripts."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

from msgspec import Struct

from termcheck.languages import english
from termcheck.lazy import compile_later
from termcheck.matching.strict import casing
from termcheck.model import Segment, Span
from termcheck.text.fold import Folded, fold

# An acronym with dots is one word (u.s., ph.d.), and so is the sign for `and`.
_DOTTED = r"(?<![^\W_])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+(?![^\W_])\.?|&"
_WORD = compile_later(rf"{_DOTTED}|[^\W_]+(?:'[^\W_]+)*")
_PART = compile_later(rf"{_DOTTED}|[^\W_]+")
# Languages whose articles are elided before a vowel: `l'assemblée` is two words.
_ELIDING = frozenset({"ca", "fr", "it"})

Keys = frozenset[str]

# Snowball's algorithms by language tag (https://snowballstem.org/algorithms/). Its Indonesian one is left
# out: it takes derived words (perbatasan, frontier) for their root (batas, limit).
_ALGORITHMS = """
    ar arabic ca catalan da danish de german el greek es spanish et estonian eu basque fi finnish fr
    french ga irish hi hindi hu hungarian hy armenian it italian lt lithuanian nb norwegian ne
    nepali nl dutch nn norwegian no norwegian pt portuguese gl portuguese ro romanian ru russian sr
    serbian sv swedish ta tamil tr turkish yi yiddish
"""
_SNOWBALL = dict(zip(_ALGORITHMS.split()[::2], _ALGORITHMS.split()[1::2], strict=True))


class Word(Struct, frozen=True, gc=False):
    """A word at `span` of the folded text; two words may be the same if their `keys` meet."""

    text: str
    span: Span
    keys: Keys


@functools.cache
def keys_of(language: str) -> Callable[[str], Keys]:
    """How words of a language are compared: by morphy's bases, by Snowball stem, or as they are."""
    primary = language.split("-", 1)[0].casefold()
    if primary == "en":
        return _english_keys
    if primary in _SNOWBALL:
        return functools.lru_cache(maxsize=65536)(_stem_keys(_SNOWBALL[primary]))
    return lambda word: frozenset((word,))


@functools.lru_cache(maxsize=65536)
def _english_keys(word: str) -> Keys:
    if not word.isascii():  # communiqué is communique
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    return english.bases(word) | english.bases(english.british(word))


# Snowball takes planifier and planification for one word. Nouns made from verbs keep to themselves.
_NOMINAL = compile_later(
    r"(?:[stx]ions?|ments?|ci[óo]n|ciones|mientos?|mentos?|ç[ãõ]o|ções|zion[ei]|menti|ung(?:en|s)?|[hk]eit(?:en)?)$"
)


# Plurals that Snowball leaves with a stem of their own: virtuais, papéis, regiões, imagens; essais, tuyaux.
_PLURALS = {
    "portuguese": (
        compile_later(r"(?<=\w\w)(ais|éis|óis|[õã]es|ns)$"),
        {"ais": "al", "éis": "el", "óis": "ol", "ões": "ão", "ães": "ão", "ns": "m"},
    ),
    "french": (
        compile_later(r"(?<=\w)(ais|ois|uis|aux)$"),
        {"ais": "ai", "ois": "oi", "uis": "ui", "aux": "al"},
    ),
}


def _stem_keys(algorithm: str) -> Callable[[str], Keys]:
    import Stemmer

    stemmer: Any = Stemmer.Stemmer(algorithm)
    plural, singulars = _PLURALS.get(algorithm, (None, {}))

    def keys(word: str) -> Keys:
        word = word.rpartition("'")[2]
        stems = {stemmer.stemWord(word)}
        if plural is not None:
            stems.add(stemmer.stemWord(plural.sub(lambda found: singulars[found[1]], word)))
        return frozenset((word, *(f"{stem}-" if _NOMINAL.search(word) else stem for stem in stems)))

    return keys


def split(text: str, language: str) -> Iterator[Word]:
    """The words of a folded text."""
    keys = keys_of(language)
    pattern = _PART if language.split("-", 1)[0].casefold() in _ELIDING else _WORD
    for found in pattern.finditer(text):
        word = found[0]
        if not word.isalnum():
            word = "and" if word == "&" else word.replace(".", "")
        start, end = found.span()
        yield Word(word, Span(start, end), keys(word))


class Compact(Struct, frozen=True):
    """Words run together; `starts` and `ends` map offsets at the edges of words to their numbers."""

    text: str
    starts: dict[int, int]
    ends: dict[int, int]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """Some words run together."""
        starts, ends, offset = {}, {}, 0
        for number, word in enumerate(words):
            starts[offset] = number
            offset += len(word.text)
            ends[offset] = number
        return cls("".join([word.text for word in words]), starts, ends)


class WordView(Struct):
    """A segment's words, protected ones left out, and where each key stands."""

    segment: Segment
    folded: Folded
    words: tuple[Word, ...]
    places: dict[str, list[int]]
    _compact: Compact | None = None

    @property
    def compact(self) -> Compact:
        """The words run together."""
        if self._compact is None:
            self._compact = Compact.of(self.words)
        return self._compact

    def lacking(self, sought: Phrase) -> int:
        """How many words of a phrase stand nowhere here."""
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


def word_view(segment: Segment, language: str) -> WordView:
    """Split a segment for the lenient look."""
    folded = fold(segment.text, language)
    words = tuple(split(folded.text, language))
    if segment.protected:
        words = tuple(
            word
            for word in words
            if not any(folded.origin(word.span).overlaps(span) for span in segment.protected)
        )
    places: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        for key in word.keys:
            places[key].append(number)
    return WordView(segment, folded, words, places)


class Phrase(Struct, frozen=True):
    """A rendering as words; `fixed[i]` is how word i must be written, if it is an acronym.

    Acronyms are compared without their dots. `name`: the last word begins with a capital.
    """

    words: tuple[Word, ...]
    fixed: tuple[str, ...]
    name: bool = False


@functools.lru_cache(maxsize=65536)
def phrase(text: str, language: str, articles: frozenset[str]) -> Phrase:
    """A term's words without its articles (unless it has nothing else); the A of `Party A` is none."""
    folded = fold(text, language)
    placed = [(word, folded.origin(word.span)) for word in split(folded.text, language)]
    content = [
        (word, text[span.start : span.end])
        for word, span in placed
        if word.text not in articles or (span.start and casing.is_capitals(text[span.start : span.end]))
    ] or [(word, text[span.start : span.end]) for word, span in placed]
    fixed = tuple(
        _singular(undotted(written))
        if (casing.is_capitals(written) and not text.isupper()) or _is_acronym(written)
        else ""
        for _, written in content
    )
    words = tuple(_acronym(word) if must else word for (word, _), must in zip(content, fixed, strict=True))
    return Phrase(words, fixed, bool(content) and content[-1][1][0].isupper())


def undotted(written: str) -> str:
    """An acronym without dots: U.S. is US."""
    return written.replace(".", "")


def _acronym(word: Word) -> Word:
    """An acronym's word, which knows its singular: endings of words in general do not tell MOUs from bus."""
    return Word(word.text, word.span, word.keys | {_singular(word.text)})


def _singular(acronym: str) -> str:
    return acronym.removesuffix("s") if len(acronym) > 2 else acronym


def _is_acronym(written: str) -> bool:
    # Five letters: longer capitals are as often shouting as they are acronyms.
    return casing.is_capitals(written) and len(written) <= 5
