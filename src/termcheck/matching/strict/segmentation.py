"""Chinese word segmentation, as a second opinion: does the edge of a hit cut a word of jieba's dictionary?

外交 in 对外交流 is not the term 外交, because the dictionary reads 对外/交流. Only the dictionary counts:
jieba's model for unknown words invents some (中美防长), and jieba itself is not loaded.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.matching.strict import bracket_views
from termcheck.model import MatchMode, Span
from termcheck.text.fold import Folded, fold

if TYPE_CHECKING:
    from termcheck.matching.strict.word_dictionary import WordDictionary

# A hit of more characters than this does not arise by chance where two words meet.
_SHORT_HIT = 3
# A word with at least this count in jieba's dictionary is common; many entries below it are no words (部发).
_COMMON = 200

# What jieba calls a noun; it has other tags for names and for nouns that are verbs too.
_NOUN = "n"

# So many characters around a hit decide how it is cut; nobody writes longer without punctuation.
_MOST_CONTEXT = 200

_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
_HAN_RUN = compile_later(f"[{_FIRST_HAN}-{_LAST_HAN}]+")


def straddled_word(match: Match) -> str:
    """The dictionary word that a match cuts; empty if there is none or the language has no dictionary."""
    if not languages.get(match.term.language).segmenter or match.term.match is MatchMode.REGEX:
        return ""
    text = _opened(match.segment.text, match.term.language)
    return longer_word(text.text, bracket_views.located(text, match.span))


# A text may have thousands of matches, one after the other.
@functools.lru_cache(maxsize=8)
def _opened(text: str, language: str) -> Folded:
    return bracket_views.opened(fold(text, language))


def is_word(text: str) -> bool:
    """Whether folded Chinese is a common word of the dictionary."""
    return bool(_common_word([text]))


def is_noun(text: str) -> bool:
    """Whether the dictionary takes folded Chinese for a noun, or the last word that it ends in."""
    dictionary = _dictionary()
    tags = (dictionary.part_of_speech(text[start:]) for start in range(len(text)))
    return next(filter(None, tags), "") == _NOUN


def part_of_speech(word: str) -> str:
    """What the dictionary calls the part of speech of a folded word; empty if it does not have the word."""
    return _dictionary().part_of_speech(word)


def longer_word(text: str, span: Span) -> str:
    """The dictionary word that keeps `text[span]` from being a term, or an empty string.

    `text` is folded (simplified) Chinese. A hit may lie inside one longer word if the rest of that word,
    segmented again without the word itself, consists of words of two or more characters.
    """
    run = _HAN_RUN.match(text, _run_start(text, span.start), span.end + _MOST_CONTEXT)
    if run is None:
        return ""
    start, end = span.start - run.start(), min(span.end, run.end()) - run.start()
    for begin, stop in _words(run[0]):
        if stop <= start or begin >= end:
            continue
        word = run[0][begin:stop]
        if (begin < start < stop or begin < end < stop) and not _stands(word, start - begin, end - begin):
            return word
    return _other_cut(run[0], start, end)


def _run_start(text: str, start: int) -> int:
    """Where the Han characters before an offset begin, as far as they count."""
    least = max(start - _MOST_CONTEXT, 0)
    while start > least and _FIRST_HAN <= text[start - 1] <= _LAST_HAN:
        start -= 1
    return start


def _other_cut(text: str, start: int, end: int) -> str:
    """The word that cuts a short hit if the text is read as two common words that meet inside the hit.

    联合国产企业 may be read 联合/国产 although the frequencies prefer 联合国. A hit with two readings is not
    certain.
    """
    if end - start > _SHORT_HIT:
        return ""
    for cut in range(start + 1, end):
        before = _common_word(text[edge:cut] for edge in range(max(0, cut - _SHORT_HIT - 1), start + 1))
        after = _common_word(text[cut:edge] for edge in range(end, cut + _SHORT_HIT + 2))
        if before and after and len(before) + len(after) > end - start:
            return before if len(before) > cut - start else after
    return ""


def _common_word(candidates: Iterable[str]) -> str:
    count = _dictionary().count
    return next((word for word in candidates if len(word) >= 2 and (count(word) or 0) >= _COMMON), "")


def _stands(word: str, start: int, end: int) -> bool:
    """Whether a hit at [start, end) of a longer dictionary word is still a word of its own."""
    if start < 0 or end > len(word):
        return False
    parts = _split_again(word)
    bounds = {begin for begin, _ in parts} | {stop for _, stop in parts}
    if start not in bounds or end not in bounds:
        return False
    return all(stop - begin >= 2 for begin, stop in parts if stop <= start or begin >= end)


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    """The likeliest segmentation of Han characters into dictionary words and single characters."""
    return _cut(text, len(text))


@functools.lru_cache(maxsize=1 << 16)
def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The bounds of the words of folded Han characters, in short words: 联邦/基金/利率, 金融/机构.

    The dictionary also has long words, so that a term would be cut differently from place to place. They are
    cut into shorter ones, unless a single character would be left.
    """
    return tuple(
        (start + begin, start + stop)
        for start, end in _words(text)
        for begin, stop in _short_words(text[start:end])
    )


def _short_words(word: str) -> Iterable[tuple[int, int]]:
    parts = _split_again(word)
    if len(parts) < 2 or min(stop - begin for begin, stop in parts) < 2:
        return [(0, len(word))]
    return (
        (start + begin, start + stop) for start, end in parts for begin, stop in _short_words(word[start:end])
    )


@functools.lru_cache(maxsize=4096)
def _split_again(word: str) -> tuple[tuple[int, int], ...]:
    """The likeliest segmentation of a dictionary word into shorter words."""
    return _cut(word, len(word) - 1)


def _cut(text: str, longest: int) -> tuple[tuple[int, int], ...]:
    """The segmentation with the highest product of word frequencies, the same as jieba's without its model.

    No word is longer than `longest`. Dynamic programming from the end finds the best segmentation of each
    suffix; of two equally good ones jieba prefers the one with the longer first word.
    """
    dictionary = _dictionary()
    known, total, size = dictionary.count, math.log(dictionary.total), len(text)
    scores, ends = [0.0] * (size + 1), [0] * size
    for begin in range(size - 1, -1, -1):
        best, end = -math.inf, begin
        count = known(text[begin])
        # The beginnings of words have a count too, 0.
        while count is not None and end < min(size, begin + longest):
            end += 1
            if count and (score := math.log(count) - total + scores[end]) >= best:
                best, ends[begin] = score, end
            count = known(text[begin : end + 1])
        if not ends[begin]:
            best, ends[begin] = scores[begin + 1] - total, begin + 1
        scores[begin] = best
    parts, start = [], 0
    while start < size:
        parts.append((start, ends[start]))
        start = ends[start]
    return tuple(parts)


@functools.cache
def _dictionary() -> WordDictionary:
    from termcheck.matching.strict.word_dictionary import WordDictionary

    return WordDictionary.installed()
