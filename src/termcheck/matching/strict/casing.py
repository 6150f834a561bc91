"""Letter case: which difference makes another word, which one is only a slip, and which is nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.model import CaseMode, Term

_CASED_WORD = compile_later(r"[^\W\d_]+")


@functools.lru_cache(maxsize=65536)
def is_capitals(text: str) -> bool:
    """Whether a term is written in capitals only (SCO, US, G20, X): it then matches only itself.

    The small s of an acronym's plural (AIs, IPOs) is part of it, and no ending to take away.
    """
    stem = text.removesuffix("s")
    return text.isupper() or (len(stem) > 1 and stem.isalpha() and stem.isupper())


def is_shouted(text: str) -> bool:
    """Whether every letter of a text is a capital; Han is none, so `SCO峰会` is not shouted."""
    return text.isupper() and all(char.isupper() for char in text if char.isalpha())


def case_counts(term: Term) -> bool:
    """Whether the term matches only in its own case."""
    return term.case is CaseMode.SENSITIVE or (term.case is CaseMode.SMART and is_capitals(term.text))


def is_common_word(match: Match) -> bool:
    """Whether a name of one word (`Monetary`, a department) stands here in small letters: a common word.

    A capital says so only in a glossary that keeps its capitals for names.
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
    """Whether `written`, equal to the term but for case and endings, has the term's case.

    An ending added to capitals may be small (`SCOs`), nothing else may differ.
    """
    if written == term_text:
        return True
    letters = zip(filter(str.isalpha, written), filter(str.isalpha, term_text), strict=False)
    return all(one.isupper() == other.isupper() for one, other in letters)


def is_slip(match: Match, *, capitalised: bool) -> bool:
    """Whether a match has its term's letters in a case that is a slip: to be corrected, not another word.

    `capitalised`: the glossary begins its entries with a capital by habit, so that one asks for nothing.
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
    """Whether a case that counts is kept; a sentence may begin with a capital all the same."""
    written, expected = match.text, match.term.text
    if len(_CASED_WORD.findall(written)) != len(_CASED_WORD.findall(expected)):
        return True
    before = match.segment.text[: match.span.start].rstrip(" \"'“‘(*_")
    begins = not before or before[-1] in ".!?:。！？："
    return same_case(written, expected) or (begins and same_case(written[1:], expected[1:]))


def lost_capital(written: str, term_text: str) -> bool:
    """Whether a capital of the term is small in `written`, or capitals stand inside its words.

    Capitals added at the beginning of words, or throughout, are titles and headings: no slip.
    """
    if written == term_text or written.isupper() or same_case(written, term_text):
        return False
    if len(written) != len(term_text):
        return _lost_initial(written, term_text)
    words = zip(_CASED_WORD.findall(written), _CASED_WORD.findall(term_text), strict=False)
    return any(_lost_in_word(one, other) for one, other in words if not one.isupper())


def _lost_in_word(written: str, expected: str) -> bool:
    if any(other.isupper() and one.islower() for one, other in zip(written, expected, strict=False)):
        return True
    return any(
        one.isupper() and other.islower() for one, other in zip(written[1:], expected[1:], strict=False)
    )


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
    plain = _plain(terms)
    return len(plain) >= 10 and 10 * sum(text[0].isupper() for text in plain) >= 9 * len(plain)


def small_by_habit(terms: Sequence[str]) -> bool:
    """Whether a term list keeps its capitals for names: half of its entries, of ten or more, have none."""
    plain = _plain(terms)
    return len(plain) >= 10 and 2 * sum(text[0].islower() for text in plain) >= len(plain)


def _plain(terms: Sequence[str]) -> list[str]:
    cased = (text for text in terms if text[:1].isalpha() and text[0].lower() != text[0].upper())
    return [text for text in cased if not is_capitals(text)]


def uncapitalised(text: str) -> str:
    """The text without its initial capital."""
    return text[:1].lower() + text[1:]
