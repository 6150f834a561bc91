"""The spellings and inflected forms of a term that the automaton searches for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.strict import casing
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import MatchMode, Term
from termcheck.text.fold import fold
from termcheck.text.letters import HYPHEN

_DOTTED = compile_later(r"(?:[a-z]\.)+[a-z]\.?")
_LONGEST_DOTTED = 5
# Nobody hyphenates a longer phrase throughout.
_LONGEST_HYPHENATED = 60

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_ALPHABETIC = compile_later("[a-z0-9%]")
_BLANK_BESIDE_HAN = compile_later(f"(?<=[{_HAN}]) (?=[a-z0-9])|(?<=[a-z0-9%]) (?=[{_HAN}])")
_BORDER_OF_HAN = compile_later(f"(?<=[{_HAN}])(?=[a-z0-9])|(?<=[a-z0-9%])(?=[{_HAN}])")


def term_forms(term: Term, *, inflect: bool) -> Iterator[tuple[str, bool]]:
    """(folded spelling, whether it is an inflected form) of a term; the plain spelling comes first.

    With `inflect`, the forms that the term's language knows are among them, unless the term has
    `match: exact`.
    """
    plain = fold(term.text.strip(), term.language).text
    spellings = dict.fromkeys((plain, *_dotted(plain, term), *_separated(plain)))
    for spelling in spellings:
        yield spelling, False
    if not inflect or term.match is MatchMode.EXACT:
        return
    seen = set(spellings)
    for spelling in spellings:
        for form in _inflected(spelling, term):
            if form not in seen:
                seen.add(form)
                yield form, True


def _dotted(plain: str, term: Term) -> Iterator[str]:
    """A short acronym with its dots: U.S. for US."""
    short = 2 <= len(plain) <= _LONGEST_DOTTED
    if short and casing.is_capitals(term.text) and plain.isalpha() and plain.isascii():
        yield ".".join(plain) + "."


def _separated(plain: str) -> Iterator[str]:
    """The spelling with blanks for hyphens or hyphens for blanks, and with or without blanks beside Han."""
    if _DOTTED.fullmatch(plain):
        yield plain.replace(".", "")
    if HYPHEN in plain.strip(HYPHEN):
        yield plain.replace(HYPHEN, " ")
    if " " in plain and len(plain) < _LONGEST_HYPHENATED:
        yield plain.replace(" ", HYPHEN)
    if not plain.isascii() and _ALPHABETIC.search(plain):
        closed = _BLANK_BESIDE_HAN.sub("", plain)
        yield closed
        yield _BORDER_OF_HAN.sub(" ", closed)


def _inflected(spelling: str, term: Term) -> Iterator[str]:
    """The forms of a spelling that the term's language knows. An acronym has only a plural."""
    if not spelling or not (spelling[-1].isalnum() or is_alphabetic(spelling[-1])):
        return
    language = languages.get(term.language)
    if not _inflects(term):
        if language.acronym_plural and term.text[-1].isalpha():
            yield spelling + language.acronym_plural
    elif language.dictionary:
        from termcheck.languages.inflected_terms import inflected_forms

        yield from inflected_forms(language, spelling, term.part_of_speech)
    elif language.source_forms is not None:
        yield from language.source_forms(spelling, term.part_of_speech)


def _inflects(term: Term) -> bool:
    return term.match is MatchMode.INFLECTED or not casing.is_capitals(term.text)


def phrase_beginnings(term: Term) -> frozenset[str]:
    """The forms of the first word of a phrase whose words inflect; `continuation` tells what must follow."""
    groups = _phrase(term)
    return groups[0] if groups else frozenset()


def continuation(term: Term) -> re.Pattern[str]:
    """A pattern of what follows the first word of a phrase that has `phrase_beginnings`."""
    from termcheck.languages.inflected_terms import phrase_rest

    return phrase_rest(_phrase(term))


def _phrase(term: Term) -> list[frozenset[str]]:
    if term.match in (MatchMode.EXACT, MatchMode.REGEX) or not _inflects(term):
        return []
    language = languages.get(term.language)
    if not language.dictionary:
        return []
    from termcheck.languages.inflected_terms import phrase_words

    return phrase_words(language, fold(term.text.strip(), term.language).text)
