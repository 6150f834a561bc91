"""Near misses: a phrase of the target that is almost, but not quite, an accepted rendering.

This look is for obligations that are about to be called missing. A guess here makes the finding read
“misspelled” instead of “missing”; it never decides whether there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.matching.lenient.derivation import is_derived
from termcheck.matching.lenient.words import Phrase, WordView, articles, phrase
from termcheck.model import Span

# A word of fewer than 5 letters allows no slip, because short words often differ by one letter (war/way); one
# of 11 letters or more allows two.
_SHORT, _LONG = 5, 11
# Han renderings shorter than this often differ by one character (外交部/外经部).
_HAN_LENGTH = 5


def find_misspelling(
    renderings: Sequence[str], language: str, view: WordView, taken: Sequence[Span]
) -> tuple[str, Span] | None:
    """(rendering, span) of the first near miss; spans in `taken` render other concepts."""
    for rendering in renderings:
        if _spaced(rendering):
            spans = _word_windows(phrase(rendering, language), view, language)
        else:
            spans = _han_windows(rendering, view)
        for span in spans:
            if not any(span.overlaps(other) for other in taken):
                return rendering, span
    return None


def _spaced(rendering: str) -> bool:
    return not any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7ff" for char in rendering)


def _word_windows(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """Stretches of as many words as the rendering has, articles aside, with one slip."""
    if view.lacking(sought) > 1:
        return
    size, free = len(sought.words), articles(language)
    kept = [number for number, word in enumerate(view.words) if word.text not in free]
    for start in range(len(kept) - size + 1):
        window = kept[start : start + size]
        if _one_slip(sought, view, window, language):
            yield view.origin(window[0], window[-1])


def _one_slip(sought: Phrase, view: WordView, window: Sequence[int], language: str) -> bool:
    """Whether exactly one word of the window differs, and only by a slip of the pen."""
    slips = 0
    for number, (word, index) in enumerate(zip(sought.words, window, strict=True)):
        target_word = view.words[index]
        if word.keys.isdisjoint(target_word.keys):
            slips += 1
            if slips > 1 or sought.fixed[number] or not _is_slip(word.text, target_word.text, language):
                return False
    return slips == 1


def _is_slip(word: str, target_word: str, language: str) -> bool:
    if (
        len(word) < _SHORT
        or abs(len(word) - len(target_word)) > 2
        or word[0] != target_word[0]
        or not target_word.isalpha()
    ):
        return False
    if is_derived(word, target_word, language):
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(word) >= _LONG else 1
    return bool(OSA.distance(word, target_word, score_cutoff=allowed) <= allowed)


def _han_windows(rendering: str, view: WordView) -> Iterator[Span]:
    from rapidfuzz.distance import Hamming

    size, text = len(rendering), view.folded.text
    if size < _HAN_LENGTH:
        return
    for start in range(len(text) - size + 1):
        if (text[start] == rendering[0] or text[start + size - 1] == rendering[-1]) and Hamming.distance(
            text[start : start + size], rendering, score_cutoff=1
        ) == 1:
            yield view.folded.origin(Span(start, start + size))
