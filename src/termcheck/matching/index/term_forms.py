"""The spellings under which a term is put into the automaton."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from termcheck.languages import english, russian
from termcheck.lazy import compile_later
from termcheck.matching.strict import casing
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import MatchMode, Term, same_language
from termcheck.text.fold import HYPHEN, fold

_DOTTED = compile_later(r"(?:[a-z]\.)+[a-z]\.?")
_WORD = compile_later(r"[^\W\d_]+")

# The head of `Secretary of War`, `rules for dealers` is the word before one of these.
_PREPOSITIONS = frozenset(["of", "for", "in", "on", "with", "to", "from", "at", "by"])
_PARTICLES = frozenset(["in", "out", "up", "off", "on", "down", "over", "away", "back"])


def term_forms(term: Term, *, inflect: bool) -> Iterator[tuple[str, bool]]:
    """(folded spelling, whether it is an inflected form) of a term; the plain spelling comes first.

    `inflect`: give English and Russian forms too (the term's own `match: exact` turns them off).
    """
    plain = fold(term.text.strip(), term.language).text
    yield plain, False
    seen = {plain}
    if casing.is_capitals(term.text) and plain.isalpha() and plain.isascii() and 2 <= len(plain) <= 5:
        seen.add(dotted := ".".join(plain) + ".")
        yield dotted, False
    for variant in _separated(plain):
        if variant not in seen:
            seen.add(variant)
            yield variant, False
    inflected = next((forms for tag, forms in _INFLECTED.items() if same_language(term.language, tag)), None)
    if not inflect or term.match is MatchMode.EXACT or inflected is None:
        return
    for base in tuple(seen):
        for form in inflected(base, term):
            if form not in seen:
                seen.add(form)
                yield form, True


def _separated(plain: str) -> Iterator[str]:
    """The same with a blank for each hyphen, and with or without blanks beside Han characters."""
    if _DOTTED.fullmatch(plain):
        yield plain.replace(".", "")
    if HYPHEN in plain.strip(HYPHEN):
        yield plain.replace(HYPHEN, " ")
    if " " in plain and len(plain) < 60:
        yield plain.replace(" ", HYPHEN)
    if not plain.isascii() and _BORDERING.search(plain):
        closed = _BESIDE_HAN.sub("", plain)
        yield closed
        yield _HAN_BORDER.sub(" ", closed)


_HAN = "\u3400-\u9fff\uf900-\ufaff"
_BORDERING = compile_later("[a-z0-9%]")
_BESIDE_HAN = compile_later(f"(?<=[{_HAN}]) (?=[a-z0-9])|(?<=[a-z0-9%]) (?=[{_HAN}])")
_HAN_BORDER = compile_later(f"(?<=[{_HAN}])(?=[a-z0-9])|(?<=[a-z0-9%])(?=[{_HAN}])")


def _russian(plain: str, term: Term) -> Iterator[str]:
    # In a phrase the words agree in case; all combinations would be too many and mostly wrong.
    if plain.isalpha() and not casing.is_capitals(term.text):
        yield from sorted(russian.russian_forms(plain))


def _english(plain: str, term: Term) -> Iterator[str]:
    words = list(_WORD.finditer(plain))
    if not words or not is_alphabetic(plain[-1]):
        return
    if casing.is_capitals(term.text):
        if term.text[-1].isalpha():
            yield plain + "s"
        return
    last = words[-1]
    if len(words) == 1:
        yield from _replaced(plain, last, _single(last[0], term))
        return
    yield from _replaced(plain, last, english.number_forms(last[0]))
    head = _head(words)
    if head is not None:
        yield from _replaced(plain, head, english.number_forms(head[0]))
    if words[1][0] in _PARTICLES:
        yield from _replaced(plain, words[0], english.verb_forms(words[0][0]))


def _single(word: str, term: Term) -> set[str]:
    """Forms of a one-word term. A plural stays one: who lists `securities` does not mean security."""
    found = english.number_forms(word) if term.part_of_speech == "noun" else english.forms(word)
    return {form for form in found if len(form) >= len(word)} if word.endswith("s") else found


def _head(words: list[re.Match[str]]) -> re.Match[str] | None:
    for before, word in pairwise(words):
        if word[0] in _PREPOSITIONS:
            return before
    return None


def _replaced(plain: str, word: re.Match[str], forms: set[str]) -> Iterator[str]:
    for form in sorted(forms):
        yield plain[: word.start()] + form + plain[word.end() :]


_INFLECTED: Mapping[str, Callable[[str, Term], Iterator[str]]] = {"en": _english, "ru": _russian}
