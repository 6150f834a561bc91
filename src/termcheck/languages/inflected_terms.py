"""Inflected forms of glossary terms, by a dictionary or a language's own rules: strict, because they accuse.

A form that is also a word of its own would make a rendering compulsory that nobody owes. So a single word has
only those forms that the dictionary knows of no other word. The words of a phrase protect one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.languages.dictionary import Dictionary, dictionary_of
from termcheck.languages.language import Language
from termcheck.languages.lemma_endings import USUAL
from termcheck.lazy import compile_later

_PHRASE = compile_later(r"[^\W\d_]+(?:[ -][^\W\d_]+)+")
_BETWEEN = compile_later("[ -]")
_LONGEST_PHRASE = 6
# Shorter forms are other words too often.
_SHORTEST = 3


def inflected_forms(language: Language, term: str, part_of_speech: str) -> Iterator[str]:
    """The other forms of a folded term in a fixed order, a phrase only by the language's own rules."""
    dictionary = dictionary_of(language.tag)
    known = dictionary is not None and term.isalpha() and dictionary.lemmas(term)
    if dictionary is not None and known:
        yield from sorted(_sure_forms(dictionary, language, term))
    elif language.source_forms is not None:
        yield from language.source_forms(term, part_of_speech)
    elif dictionary is not None and term.isalpha():
        usual = (form for form, mark in dictionary.expected_forms(term) if mark == USUAL)
        yield from sorted(form for form in usual if len(form) >= _SHORTEST and not dictionary.lemmas(form))


def _sure_forms(dictionary: Dictionary, language: Language, word: str) -> Iterator[str]:
    """The forms of a known word that are forms of nothing else.

    A word listed in another form than its lemma keeps that form and may only gain an ending, because
    `Daten` are not about `Datum`.
    """
    forms = dictionary.forms(word)
    lemmas = dictionary.lemmas(word)
    lemma = word if dictionary.is_lemma(word) else min(lemmas)
    if len(lemmas) > 1 and lemma != word:
        return
    for form in forms:
        sure = dictionary.lemmas(form) <= {lemma} and form not in language.function_words
        if form != word and sure and len(form) >= _SHORTEST and (lemma == word or form.startswith(word)):
            yield form


def phrase_words(language: Language, phrase: str) -> list[frozenset[str]]:
    """For each word of a folded phrase its forms and itself; none if the phrase does not inflect.

    Small words stay as they are.
    """
    dictionary = dictionary_of(language.tag)
    if dictionary is None or not _PHRASE.fullmatch(phrase):
        return []
    words = _BETWEEN.split(phrase)
    if len(words) > _LONGEST_PHRASE:
        return []
    fixed = language.function_words | language.articles | language.links | language.coordinators
    forms = [frozenset((word, *(() if word in fixed else _phrase_forms(dictionary, word)))) for word in words]
    return forms if any(len(group) > 1 for group in forms) else []


def _phrase_forms(dictionary: Dictionary, word: str) -> Iterator[str]:
    lemmas = dictionary.lemmas(word)
    yield from frozenset().union(*map(dictionary.forms, lemmas))
    if not lemmas:
        yield from (form for form, mark in dictionary.expected_forms(word) if mark == USUAL)


def phrase_rest(groups: list[frozenset[str]]) -> re.Pattern[str]:
    """A pattern for what follows the first word of a phrase: its other words in any form, with blanks."""
    return re.compile(
        "".join(f"[ -](?:{'|'.join(map(re.escape, sorted(group)))})(?!\\w)" for group in groups[1:])
    )
