"""Near misses: a phrase of the target that is almost, but not quite, an accepted rendering.

This look is for obligations that are about to be called missing. A guess here makes the finding read
“misspelled” instead of “missing”; it never decides whether there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck import languages
from termcheck.matching.lenient.derivation import is_derived
from termcheck.matching.lenient.words import Phrase, WordView, articles, has_sign, phrase
from termcheck.model import Span, overlaps_any
from termcheck.text.search import shared_prefix

# A word of fewer than 5 letters allows no slip, because short words often differ by one letter (war/way); one
# of 11 letters or more allows two.
_SHORT, _LONG = 5, 11
# A form has at most so many letters more or fewer than the listed one.
_LONGEST_ENDING = 5
# So many letters at the end of a lemma are its ending. A changed ending is no slip.
_ENDING = 2
_FIRST_HIRAGANA, _LAST_HIRAGANA = "ぁ", "ゖ"
# Han renderings shorter than this often differ by one character (外交部/外经部).
_HAN_LENGTH = 5


def find_misspelling(
    renderings: Sequence[str], language: str, view: WordView, taken: Sequence[Span]
) -> tuple[str, Span] | None:
    """(rendering, span) of the first near miss; spans in `taken`, merged, render other concepts."""
    for rendering in renderings:
        if _spaced(rendering):
            spans = _word_windows(phrase(rendering, language), view, language)
        else:
            spans = _han_windows(rendering, view, language)
        for span in spans:
            if not overlaps_any(taken, span):
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
    """Whether a word of the target is a sought word with a slip of the pen, and not another word."""
    if len(word) < _SHORT or word[0] != target_word[0] or abs(len(word) - len(target_word)) > _LONGEST_ENDING:
        return False
    if is_derived(word, target_word, language):
        return False
    if not languages.get(language).dictionary:
        return _is_near(word, target_word)
    return _is_slip_by_dictionary(word, target_word, language)


def _is_slip_by_dictionary(word: str, target_word: str, language: str) -> bool:
    """The same of words that are near in length, asking the dictionary which words and forms there are."""
    from termcheck.languages.dictionary import dictionary_of

    dictionary = dictionary_of(language)
    assert dictionary is not None
    lemmas, target_lemmas = dictionary.lemmas(word), dictionary.lemmas(target_word)
    if target_lemmas:
        target_lemmas = target_lemmas.union(dictionary.usual_lemmas(target_word))
        return any(
            _is_near(lemma, other) and not _same_stem(lemma, other)
            for lemma in lemmas or (word,)
            for other in target_lemmas
        )
    forms = dictionary.forms(word) or (form for form, _ in dictionary.expected_forms(word))
    return any(
        _is_near(form, target_word) and (lemmas or not _same_stem(form, target_word))
        for form in {word, *forms}
    )


def _same_stem(word: str, other: str) -> bool:
    """Whether two words differ in nothing but their endings."""
    return shared_prefix(word, other) >= min(len(word), len(other)) - _ENDING


def _is_near(word: str, target_word: str) -> bool:
    if (
        len(word) < _SHORT
        or abs(len(word) - len(target_word)) > 2
        or word[0] != target_word[0]
        or has_sign(word)
        or not target_word.isalpha()
    ):
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(word) >= _LONG else 1
    return bool(OSA.distance(word, target_word, score_cutoff=allowed) <= allowed)


def _han_windows(rendering: str, view: WordView, language: str) -> Iterator[Span]:
    from rapidfuzz.distance import Hamming

    size, text = len(rendering), view.folded.text
    if size < _HAN_LENGTH:
        return
    for start in range(len(text) - size + 1):
        if (text[start] == rendering[0] or text[start + size - 1] == rendering[-1]) and Hamming.distance(
            text[start : start + size], rendering, score_cutoff=1
        ) == 1:
            yield view.folded.origin(_word_alone(rendering, text, Span(start, start + size), language))


def _word_alone(rendering: str, text: str, span: Span, language: str) -> Span:
    """A near miss without the sign or particle that stands where it lost its first or last character."""
    first, last = text[span.start], text[span.end - 1]
    if first != rendering[0] and _is_beside(first, rendering[0], language):
        return Span(span.start + 1, span.end)
    if last != rendering[-1] and _is_beside(last, rendering[-1], language):
        return Span(span.start, span.end - 1)
    return span


def _is_beside(char: str, listed: str, language: str) -> bool:
    """Whether a character belongs to no word, or is hiragana in place of another script, as particles are."""
    known = languages.get(language)
    if not char.isalnum() or char in known.particles or char in known.coordinators:
        return True
    return _FIRST_HIRAGANA <= char <= _LAST_HIRAGANA and not _FIRST_HIRAGANA <= listed <= _LAST_HIRAGANA
