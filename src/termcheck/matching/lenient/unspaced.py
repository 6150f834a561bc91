"""The lenient look in scripts without word spaces: Chinese, Japanese, Korean, Thai and their like.

Blanks, quotes and the particle 的 may come or go, one `and` is as good as another, and a contraction may be
written out (股票市场 is 股市); a few characters may stand inside a longer rendering
(向八家虚拟银行授予牌照 has 虚拟银行牌照), and more where a coordination shares its head or tail
(资本及流动性状况 has 资本状况).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import WordView
from termcheck.matching.strict import segmentation
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Span, same_language
from termcheck.text.search import has_in_order, occurrences

_PARTICLE = "的"
# What may come or go inside a rendering; dashes of compounds and brackets may not.
_SKIPPED = " \t\n\"'·-" + _PARTICLE

# How many characters may stand inside a rendering of five or more, and how many where they hold a
# coordination. Both halves keep at least two characters, which in Chinese is a word.
INSIDE = 4
COORDINATED = 12
_LONGEST_CONTRACTION = 6
_COORDINATION = compile_later("[、及和与或跟并暨以]|および|または|나|과|와|및")
_HAN_CHAR = "[\u3400-\u9fff]"
_HAN = compile_later(f"{_HAN_CHAR}+")
_ANDS = str.maketrans("与及跟暨", "和和和和")
_BREAK = compile_later("[，。；：！？,.;:!?()（）\n]")


def find_unspaced(folded_rendering: str, view: WordView, language: str) -> Iterator[Span]:
    """Where a rendering stands, whole, else with something inside; code points of the segment's text."""
    skipped = _SKIPPED if same_language(language, "zh") else _SKIPPED.replace(_PARTICLE, "")
    sought = "".join(char for char in folded_rendering.translate(_ANDS) if char not in skipped)
    if not sought:
        return
    whole = view.folded.text.translate(_ANDS)
    kept = [index for index, char in enumerate(whole) if char not in skipped]
    text = "".join(whole[index] for index in kept)
    found = False
    for look in _CHINESE_LOOKS if same_language(language, "zh") else (_whole, _spread):
        for start, end in () if found else look(sought, text):
            span = view.folded.origin(Span(kept[start], kept[end - 1] + 1))
            if not any(span.overlaps(protected) for protected in view.segment.protected):
                found = True
                yield span


def _whole(sought: str, text: str) -> Iterator[tuple[int, int]]:
    for at in occurrences(sought, text):
        if _bounded(text, at, sought):
            yield at, at + len(sought)


def _spread(sought: str, text: str) -> Iterator[tuple[int, int]]:
    """The two halves of a rendering, in order, for every place it can be cut at."""
    if len(sought) < 4 or any(map(is_alphabetic, sought)):
        return
    for cut in range(2, len(sought) - 1):
        head, tail = sought[:cut], sought[cut:]
        for at in occurrences(head, text):
            begin = at + cut
            end = text.find(tail, begin, begin + COORDINATED + len(tail))
            if end > begin and _may_stand_inside(text[begin:end], sought):
                yield at, end + len(tail)


def _may_stand_inside(inserted: str, sought: str) -> bool:
    if _BREAK.search(inserted):
        return False
    return bool(_COORDINATION.search(inserted)) or (len(sought) > 4 and len(inserted) <= INSIDE)


def _written_out(sought: str, text: str) -> Iterator[tuple[int, int]]:
    """A contraction as the words it is made of: 股市 as 股票市场, 非执董 as 非执行董事.

    One character stands for a dictionary word of two that begins with it; of two characters both do, since
    one alone could as well be an insertion. With more of them it is rather another name (金管局, 金融管理局).
    """
    if not 2 <= len(sought) <= _LONGEST_CONTRACTION or not _HAN.fullmatch(sought):
        return
    # Most texts lack one of the characters, which is seen sooner than a pattern is compiled.
    if not has_in_order(sought, text):
        return
    for found in _contraction(sought).finditer(text):
        pieces = [char + more for char, more in zip(sought, found.groups(), strict=False) if more]
        if len(pieces) == (2 if len(sought) == 2 else 1) and all(map(segmentation.is_word, pieces)):
            yield found.span()


def _contracted(sought: str, text: str) -> Iterator[tuple[int, int]]:
    """Two words of two characters as the word their first or their last ones make: 央行 for 中央银行."""
    if len(sought) != 4 or not _HAN.fullmatch(sought):
        return
    for short in (sought[::2], sought[1::2]):
        if short in text and all(map(segmentation.is_word, (short, sought[:2], sought[2:]))):
            for at in occurrences(short, text):
                if not segmentation.longer_word(text, Span(at, at + 2)):
                    yield at, at + 2


@functools.lru_cache(maxsize=1024)
def _contraction(sought: str) -> re.Pattern[str]:
    if len(sought) == 2:
        return re.compile("{0}({2}){1}({2})".format(*sought, _HAN_CHAR))
    return re.compile(f"({_HAN_CHAR}??)".join(sought))


_CHINESE_LOOKS = (_whole, _spread, _written_out, _contracted)


def inserted_text(found: str, listed: str) -> bool:
    """Whether a folded text is the listed one with characters in between that are no coordination."""
    text, sought = ("".join(char for char in one if char not in _SKIPPED) for one in (found, listed))
    longer = len(text) > len(sought) and has_in_order(sought, text)
    return longer and bool(_COORDINATION.search(text)) <= bool(_COORDINATION.search(sought))


def _bounded(text: str, at: int, sought: str) -> bool:
    """Latin letters and digits at the edges of a mixed rendering (`API组`) still end a word."""
    end = at + len(sought)
    left = at and is_alphabetic(sought[0]) and is_alphabetic(text[at - 1])
    right = end < len(text) and is_alphabetic(sought[-1]) and is_alphabetic(text[end])
    return not left and not right
