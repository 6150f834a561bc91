"""The lenient look in scripts without word spaces: Chinese, Japanese, Korean, Thai and their like.

Blanks, quotes and the particle 的 may come or go; a few characters may stand inside a longer rendering
(向八家虚拟银行授予牌照 has 虚拟银行牌照), and more where a coordination shares its head or tail
(资本及流动性状况 has 资本状况).
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.matching.edges import is_alphabetic
from termcheck.matching.words import WordView
from termcheck.model import Span, same_language

_PARTICLE = "的"
# What may come or go inside a rendering; dashes of compounds and brackets may not.
_SKIPPED = " \t\n\"'·-" + _PARTICLE

# How many characters may stand inside a rendering of five or more, and how many where they hold a
# coordination. Both halves keep at least two characters, which in Chinese is a word.
INSIDE = 4
COORDINATED = 12
_COORDINATION = compile_later("[、及和与或跟并暨以]|および|または|나|과|와|및")
_BREAK = compile_later("[，。；：！？,.;:!?()（）\n]")


def find(folded_rendering: str, view: WordView, language: str) -> Iterator[Span]:
    """Where a rendering stands, whole, else with something inside; code points of the segment's text."""
    skipped = _SKIPPED if same_language(language, "zh") else _SKIPPED.replace(_PARTICLE, "")
    sought = "".join(char for char in folded_rendering if char not in skipped)
    if not sought:
        return
    kept = [index for index, char in enumerate(view.folded.text) if char not in skipped]
    text = "".join(view.folded.text[index] for index in kept)
    found = False
    for look in (_whole, _spread):
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


def occurrences(sought: str, text: str) -> Iterator[int]:
    """Offsets of all occurrences of a non-empty string, overlapping ones too."""
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _bounded(text: str, at: int, sought: str) -> bool:
    """Latin letters and digits at the edges of a mixed rendering (`API组`) still end a word."""
    end = at + len(sought)
    left = at and is_alphabetic(sought[0]) and is_alphabetic(text[at - 1])
    right = end < len(text) and is_alphabetic(sought[-1]) and is_alphabetic(text[end])
    return not left and not right
