"""The lenient search in scripts without spaces between words, such as Chinese, Japanese and Thai.

Blanks, quotes and particles may come or go, and one `and` is as good as another. A few characters may stand
inside a longer rendering (向八家虚拟银行授予牌照 has 虚拟银行牌照), and more where a coordination shares its
head or tail (资本及流动性状况 has 资本状况). In a language with a dictionary of words, a contraction may be
written out: 股票市场 is 股市.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import WordView
from termcheck.matching.strict import segmentation
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Span
from termcheck.text.fold import fold
from termcheck.text.search import find_all, is_subsequence

# Characters that may come or go inside a rendering, beside a language's particles. Brackets may not.
_SKIPPED = " \t\n\"'·-"

# How many characters may stand inside a rendering of five or more, and how many if they hold a coordination.
_INSIDE = 4
_COORDINATED = 12
# Both halves of a rendering keep at least two characters, which in Chinese is a word.
_SHORTEST_HALF = 2
_LONGEST_CONTRACTION = 6
# The shortest word before which another one may stand.
_SHORTEST_WORD = 3
_HAN_CHAR = "[\u3400-\u9fff]"
_HAN = compile_later(f"{_HAN_CHAR}+")
_BREAK = compile_later("[，。；：！？,.;:!?()（）\n]")


def find_unspaced(rendering: str, view: WordView, language: str) -> Iterator[Span]:
    """Where a segment has the rendering, whole or else with an insertion, as spans of its text."""
    skipped, ands = _skipped(language), _ands(language)
    sought = "".join(char for char in fold(rendering, language).text.translate(ands) if char not in skipped)
    if not sought:
        return
    text, kept = view.without(skipped, ands)
    found = False
    for look in _LOOKS_BY_DICTIONARY if languages.get(language).segmenter else _LOOKS:
        for start, end in () if found else look(sought, text, language):
            span = view.folded.origin(Span(kept[start], kept[end - 1] + 1))
            if not view.segment.protects(span):
                found = True
                yield span


@functools.cache
def _skipped(language: str) -> str:
    return _SKIPPED + languages.get(language).particles


@functools.cache
def _ands(language: str) -> dict[int, str]:
    """The table for `str.translate` that writes all words for `and` as one."""
    same = languages.get(language).same_coordinators
    return {ord(char): same[0] for char in same[1:]}


def _find_whole(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:  # noqa: ARG001
    for start in find_all(sought, text):
        if _is_bounded(text, start, sought):
            yield start, start + len(sought)


def _find_form(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:
    """Another form or spelling of a rendering, in a language that has a pattern of them."""
    form = _form(sought, language)
    for match in form.finditer(text) if form is not None else ():
        if _is_bounded(text, match.start(), match[0]):
            yield match.span()


@functools.lru_cache(maxsize=1024)
def _form(sought: str, language: str) -> re.Pattern[str] | None:
    pattern = languages.get(language).pattern
    return re.compile(pattern(sought)) if pattern is not None else None


def _find_spread(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:
    """The two halves of a rendering in order, for each way to cut it."""
    if len(sought) < 2 * _SHORTEST_HALF or any(map(is_alphabetic, sought)):
        return
    for cut in range(_SHORTEST_HALF, len(sought) - _SHORTEST_HALF + 1):
        head, tail = sought[:cut], sought[cut:]
        for start in find_all(head, text):
            begin = start + cut
            end = text.find(tail, begin, begin + _COORDINATED + len(tail))
            if end > begin and _may_stand_inside(text[begin:end], sought, language):
                yield start, end + len(tail)


def _may_stand_inside(inserted: str, sought: str, language: str) -> bool:
    if _BREAK.search(inserted):
        return False
    if _is_coordinated(inserted, language):
        return True
    return len(sought) > 2 * _SHORTEST_HALF and len(inserted) <= _INSIDE


def _is_coordinated(text: str, language: str) -> bool:
    return any(coordinator in text for coordinator in languages.get(language).coordinators)


def _find_written_out(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:  # noqa: ARG001
    """A contraction as the words it is made of: 股市 as 股票市场, 非执董 as 非执行董事.

    A character stands for a dictionary word of two that begins with it. In a contraction of two characters
    both must, because the rest of one word may as well be an insertion. In a longer one exactly one must,
    because with more it is likely another name (金管局, 金融管理局).
    """
    if not 2 <= len(sought) <= _LONGEST_CONTRACTION or not _HAN.fullmatch(sought):
        return
    # Most texts lack one of the characters, and that is quicker to see than a pattern is to compile.
    if not is_subsequence(sought, text):
        return
    for match in _contraction(sought).finditer(text):
        pieces = [char + more for char, more in zip(sought, match.groups(), strict=False) if more]
        if len(pieces) == (2 if len(sought) == 2 else 1) and all(map(segmentation.is_word, pieces)):
            yield match.span()


def _find_contracted(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:  # noqa: ARG001
    """Two words of two characters as the word made of their first or their last ones: 央行 for 中央银行."""
    if len(sought) != 4 or not _HAN.fullmatch(sought):
        return
    for short in (sought[::2], sought[1::2]):
        if short in text and all(map(segmentation.is_word, (short, sought[:2], sought[2:]))):
            for start in find_all(short, text):
                if not segmentation.longer_word(text, Span(start, start + 2)):
                    yield start, start + 2


def _find_shortened(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:  # noqa: ARG001
    """Two words of two characters, the second one as its last character: 控制面 for 控制平面."""
    if len(sought) != 4 or not _HAN.fullmatch(sought):
        return
    short = sought[:2] + sought[3]
    if short in text and segmentation.is_word(sought[:2]) and segmentation.is_word(sought[2:]):
        for start in find_all(short, text):
            if not segmentation.longer_word(text, Span(start, start + 3)):
                yield start, start + 3


def _find_with_word(sought: str, text: str, language: str) -> Iterator[tuple[int, int]]:  # noqa: ARG001
    """A character and a longer word with a word of two characters between them: 云服务提供商 for 云提供商."""
    head, tail = sought[:1], sought[1:]
    if len(tail) < _SHORTEST_WORD or not _HAN.fullmatch(sought) or not segmentation.is_word(tail):
        return
    for end in find_all(tail, text):
        start = end - _SHORTEST_HALF - 1
        if start >= 0 and text[start] == head and segmentation.is_word(text[start + 1 : end]):
            yield start, end + len(tail)


@functools.lru_cache(maxsize=1024)
def _contraction(sought: str) -> re.Pattern[str]:
    if len(sought) == 2:
        return re.compile("{0}({2}){1}({2})".format(*sought, _HAN_CHAR))
    return re.compile(f"({_HAN_CHAR}??)".join(sought))


_LOOKS = (_find_whole, _find_form, _find_spread)
_LOOKS_BY_DICTIONARY = (*_LOOKS, _find_written_out, _find_contracted, _find_shortened, _find_with_word)


def has_insertion(written: str, listed: str, language: str) -> bool:
    """Whether a folded text is the listed one with inserted characters other than a coordination."""
    skipped = _skipped(language)
    text, sought = ("".join(char for char in folded if char not in skipped) for folded in (written, listed))
    longer = len(text) > len(sought) and is_subsequence(sought, text)
    return longer and _is_coordinated(text, language) <= _is_coordinated(sought, language)


def _is_bounded(text: str, start: int, sought: str) -> bool:
    """Whether Latin letters and digits at the edges of a mixed rendering (`API组`) begin and end a word."""
    end = start + len(sought)
    joined_before = start and is_alphabetic(sought[0]) and is_alphabetic(text[start - 1])
    joined_after = end < len(text) and is_alphabetic(sought[-1]) and is_alphabetic(text[end])
    return not joined_before and not joined_after
