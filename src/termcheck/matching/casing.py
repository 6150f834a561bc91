"""Letter case: which difference makes another word, which one is only a slip, and which is nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from termcheck.model import CaseMode, Term

_CASED_WORD = re.compile(r"[^\W\d_]+")


def is_capitals(text: str) -> bool:
    """Whether a term is written in capitals only (SCO, US, G20, X): it then matches only itself."""
    return text.isupper()


def is_shouted(text: str) -> bool:
    """Whether every letter of a text is a capital; Han is none, so `SCO峰会` is not shouted."""
    return text.isupper() and all(char.isupper() for char in text if char.isalpha())


def case_counts(term: Term) -> bool:
    """Whether the term matches only in its own case."""
    return term.case is CaseMode.SENSITIVE or (term.case is CaseMode.SMART and is_capitals(term.text))


def same_case(written: str, term_text: str) -> bool:
    """Whether `written`, equal to the term but for case and endings, has the term's case.

    An ending added to capitals may be small (`SCOs`), nothing else may differ.
    """
    if written == term_text:
        return True
    return all(a.isupper() == b.isupper() for a, b in zip(written, term_text, strict=False) if a.isalpha())


def lost_capital(written: str, term_text: str) -> bool:
    """Whether a capital of the term is small in `written`, or capitals stand inside its words.

    Capitals added at the beginning of words, or throughout, are titles and headings: no slip.
    """
    if written == term_text or written.isupper() or same_case(written, term_text):
        return False
    if len(written) != len(term_text):
        return _lost_initial(written, term_text)
    pairs = zip(written, term_text, strict=True)
    previous = " "
    for one, other in pairs:
        if other.isupper() and one.islower():
            return True
        if one.isupper() and other.islower() and previous.isalnum():
            return True
        previous = one
    return False


def _lost_initial(written: str, term_text: str) -> bool:
    words, expected = _CASED_WORD.findall(written), _CASED_WORD.findall(term_text)
    if len(words) != len(expected):
        return False
    return any(a[0].islower() and b[0].isupper() for a, b in zip(words, expected, strict=True))


def capitalised_by_habit(terms: Sequence[str]) -> bool:
    """Whether a term list begins its entries with a capital as dictionaries do: nine in ten, of ten or more.

    Acronyms are not counted. A list that is mostly proper names looks the same; there the first capital
    goes unchecked, those of the further words do not.
    """
    plain = [
        text
        for text in terms
        if text[:1].isalpha() and text[0].lower() != text[0].upper() and not is_capitals(text)
    ]
    return len(plain) >= 10 and 10 * sum(text[0].isupper() for text in plain) >= 9 * len(plain)


def uncapitalised(text: str) -> str:
    """The text without its initial capital."""
    return text[:1].lower() + text[1:]
