"""Letter case: which difference makes another word, which is a slip to correct, and which means nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.model import CaseMode, Term

_CASED_WORD = compile_later(r"[^\W\d_]+")


@functools.lru_cache(maxsize=65536)
def is_capitals(text: str) -> bool:
    """Whether a term is written in capitals only (SCO, US, G20, X) and so matches only itself.

    The small s of an acronym's plural (AIs, IPOs) counts as part of it.
    """
    stem = text.removesuffix("s")
    return text.isupper() or (len(stem) > 1 and stem.isalpha() and stem.isupper())


def is_shouted(text: str) -> bool:
    """Whether every letter of a text is a capital; Han characters are letters, so `SCO峰会` is not."""
    return text.isupper() and all(char.isupper() for char in text if char.isalpha())


def case_counts(term: Term) -> bool:
    """Whether the term matches only in its own case."""
    return term.case is CaseMode.SENSITIVE or (term.case is CaseMode.SMART and is_capitals(term.text))


def is_common_word(match: Match) -> bool:
    """Whether a name of one word (`Monetary`, a department) stands in small letters here, as a common word.

    This only means something in a glossary that keeps capitals for names.
    """
    term = match.term
    return (
        term.case is CaseMode.SMART
        and term.text[0].isupper()
        and term.text[1:].islower()
        and term.text.isalpha()
        and match.text[0].islower()
    )


def same_case(written: str, term_text: str) -> bool:
    """Whether `written`, which equals the term except for case and endings, has the term's case.

    Only an ending added to capitals may be small (`SCOs`).
    """
    if written == term_text:
        return True
    letters = zip(filter(str.isalpha, written), filter(str.isalpha, term_text), strict=False)
    return all(letter.isupper() == expected.isupper() for letter, expected in letters)


def is_slip(match: Match, *, capitalised: bool) -> bool:
    """Whether a match has the term's letters in a wrong case that does not make it another word.

    `capitalised`: the glossary capitalises its entries by habit, so that their first capital means nothing.
    """
    term, written = match.term, match.text
    if term.case is CaseMode.INSENSITIVE or is_capitals(term.text):
        return False
    if match.concept.keep and written.isupper():
        return not is_shouted(match.segment.text)
    if term.case is CaseMode.SENSITIVE:
        return not _as_written(match)
    return lost_capital(written, uncapitalised(term.text) if capitalised else term.text)


def _as_written(match: Match) -> bool:
    """Whether a case-sensitive term has its case; the first word of a sentence may be capitalised."""
    written, expected = match.text, match.term.text
    if len(_CASED_WORD.findall(written)) != len(_CASED_WORD.findall(expected)):
        return True
    before = match.segment.text[: match.span.start].rstrip(" \"'“‘(*_")
    begins = not before or before[-1] in ".!?:。！？："
    return same_case(written, expected) or (begins and same_case(written[1:], expected[1:]))


def lost_capital(written: str, term_text: str) -> bool:
    """Whether `written` lacks a capital of the term, or has capitals inside its words.

    Capitals added at the beginning of words, or throughout, belong to titles and headings.
    """
    if written == term_text or written.isupper() or same_case(written, term_text):
        return False
    if len(written) != len(term_text):
        return _lost_initial(written, term_text)
    words = zip(_CASED_WORD.findall(written), _CASED_WORD.findall(term_text), strict=False)
    return any(_lost_in_word(word, expected) for word, expected in words if not word.isupper())


def _lost_in_word(written: str, expected: str) -> bool:
    letters = list(zip(written, expected, strict=False))
    if any(listed.isupper() and letter.islower() for letter, listed in letters):
        return True
    return any(letter.isupper() and listed.islower() for letter, listed in letters[1:])


def _lost_initial(written: str, term_text: str) -> bool:
    words, expected = _CASED_WORD.findall(written), _CASED_WORD.findall(term_text)
    if len(words) != len(expected):
        return False
    return any(a[0].islower() and b[0].isupper() for a, b in zip(words, expected, strict=True))


def capitalised_by_habit(terms: Sequence[str]) -> bool:
    """Whether at least nine in ten entries of a term list of ten or more begin with a capital, as in
    dictionaries.

    Acronyms are not counted. A list of proper names looks the same; then only the first capital goes
    unchecked.
    """
    plain = _plain(terms)
    return len(plain) >= 10 and 10 * sum(text[0].isupper() for text in plain) >= 9 * len(plain)


def small_by_habit(terms: Sequence[str]) -> bool:
    """Whether a term list keeps capitals for names: of ten or more entries, at least half begin small."""
    plain = _plain(terms)
    return len(plain) >= 10 and 2 * sum(text[0].islower() for text in plain) >= len(plain)


def _plain(terms: Sequence[str]) -> list[str]:
    cased = (text for text in terms if text[:1].isalpha() and text[0].lower() != text[0].upper())
    return [text for text in cased if not is_capitals(text)]


def uncapitalised(text: str) -> str:
    """The text without its initial capital."""
    return text[:1].lower() + text[1:]
