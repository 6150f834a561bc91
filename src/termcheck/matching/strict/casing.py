"""Letter case: which difference makes another word, which is a slip to correct, and which means nothing."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Sequence

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.match import Match, Trait
from termcheck.model import CaseMode, Term

_CASED_WORD = compile_later(r"[^\W\d_]+")
# Shorter words stay small in titles.
_SHORTEST_IN_TITLE = 4


class Capitals(enum.IntEnum):
    """What it says that a rendering of a glossary begins with a capital.

    - MEANT: the glossary keeps capitals for names;
    - UNCLEAR: it has one entry, which nothing can be compared with;
    - INITIAL: it begins its entries with capitals, by habit;
    - TITLE: it begins the words of its entries with capitals, by habit.
    """

    MEANT = 0
    UNCLEAR = 1
    INITIAL = 2
    TITLE = 3


@functools.lru_cache(maxsize=65536)
def is_capitals(text: str) -> bool:
    """Whether a term is written in capitals only (SCO, US, G20, X) and so matches only itself.

    The small s of an acronym's plural (AIs, IPOs) counts as part of it.
    """
    stem = text.removesuffix("s")
    return text.isupper() or (len(stem) > 1 and stem.isalpha() and stem.isupper())


# A long paragraph is asked about for each of its matches.
@functools.lru_cache(maxsize=64)
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


def slip_in(match: Match, capitals: Capitals) -> int:
    """The traits of a match with the term's letters in a wrong case that does not make it another word.

    `capitals`: what capitals say in the glossary. No traits if the case is right.
    """
    term, written = match.term, match.text
    if term.case is CaseMode.INSENSITIVE:
        return Trait.NONE
    if is_capitals(term.text):
        same = _letters(written).startswith(_letters(term.text)) and is_unmistakable(term.text, written)
        is_wrong = same and not same_case(written, term.text)
        return Trait.OTHER_CASE | Trait.MEANT if is_wrong else Trait.NONE
    if match.concept.keep and written.isupper():
        is_wrong, meant = not is_shouted(match.segment.text), True
    elif term.case is CaseMode.SENSITIVE:
        is_wrong, meant = not _as_written(match), True
    else:
        is_wrong = lost_capital(written, least_capitals(term, capitals))
        meant = capitals is not Capitals.UNCLEAR or bool(languages.get(term.language).small_words)
    return Trait.OTHER_CASE | Trait.MEANT * meant if is_wrong else Trait.NONE


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def is_unmistakable(term_text: str, written: str) -> bool:
    """Whether no other word is written like these capitals: COVID-19 and MP3, but not US or 5G (5 g)."""
    marks = any(char.isdigit() or char in "-‐‑–" for char in written)
    return marks and term_text[0].isalpha() and sum(map(str.isalpha, term_text)) > 1


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


def what_capitals_say(renderings: Sequence[Sequence[str]], language: str) -> Capitals:
    """What the first letters in a glossary say, from the renderings of each concept.

    A list of proper names looks like one that capitalises by habit; then nothing is said about its capitals.
    In German the nouns say nothing, so only the phrases that begin with another word are looked at.
    """
    if small := _small_word(language):
        texts = [text for terms in renderings for text in terms if _begins_small(text, small)]
    else:
        texts = _plain([text for terms in renderings for text in terms])
        if sum(bool(_plain(terms)) for terms in renderings) < 2:
            return Capitals.UNCLEAR
    if 10 * sum(text[0].isupper() for text in texts) < 9 * len(texts):
        return Capitals.MEANT
    phrases = [text for text in texts if len(_CASED_WORD.findall(text)) > 1]
    titles = sum(map(_is_title, phrases))
    return Capitals.TITLE if phrases and 10 * titles >= 9 * len(phrases) else Capitals.INITIAL


def _is_title(phrase: str) -> bool:
    """Whether the longer words of a phrase begin with capitals."""
    return all(
        word[0].isupper() for word in _CASED_WORD.findall(phrase)[1:] if len(word) >= _SHORTEST_IN_TITLE
    )


def _begins_small(text: str, small: re.Pattern[str]) -> bool:
    return len(_CASED_WORD.findall(text)) > 1 and small.match(text) is not None


def least_capitals(term: Term, capitals: Capitals) -> str:
    """A term with only the capitals that it must have, given what capitals say in its glossary."""
    return _least_capitals(term.text, term.language, capitals)


@functools.lru_cache(maxsize=65536)
def _least_capitals(text: str, language: str, capitals: Capitals) -> str:
    small = _small_word(language)
    if capitals is Capitals.MEANT or (capitals is Capitals.UNCLEAR and not small):
        return text
    habit = 1 if capitals is not Capitals.TITLE else len(text)
    words = list(_CASED_WORD.finditer(text))[:habit]
    for word in words:
        # A capital inside a word (GitHub) is never habit, and a letter alone is a name (Vitamin A).
        if (word[0].istitle() and (len(word[0]) > 1 or not word.start())) and (
            small is None or small.match(text, word.start())
        ):
            text = text[: word.start()] + word[0][0].lower() + text[word.start() + 1 :]
    return text


def has_capital_word(text: str) -> bool:
    """Whether a word of a text has only its first letter as a capital, as words of names have."""
    return any(word.istitle() for word in _CASED_WORD.findall(text))


@functools.cache
def _small_word(language: str) -> re.Pattern[str] | None:
    """In a language that writes nouns with capitals, the pattern of words that may be no nouns."""
    words = languages.get(language).small_words
    return re.compile(words) if words else None


def small_by_habit(terms: Sequence[str]) -> bool:
    """Whether a term list keeps capitals for names: of ten or more entries, at least half begin small."""
    plain = _plain(terms)
    return len(plain) >= 10 and 2 * sum(text[0].islower() for text in plain) >= len(plain)


def _plain(terms: Sequence[str]) -> list[str]:
    cased = (text for text in terms if text[:1].isalpha() and text[0].lower() != text[0].upper())
    return [text for text in cased if not is_capitals(text)]
