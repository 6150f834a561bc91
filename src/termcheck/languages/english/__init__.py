"""English.

Sources: Rodney Huddleston and Geoffrey K. Pullum, "The Cambridge Grammar of the English Language"; Snowball
(https://snowballstem.org/algorithms/english/stemmer.html); those of `inflection`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from termcheck.languages.english import inflection
from termcheck.languages.language import Language, Writing, words
from termcheck.lazy import compile_later
from termcheck.text.search import shared_prefix

_WORD = compile_later(r"[^\W\d_]+")

# The head of `Secretary of War` and `rules for dealers` is the word before the preposition.
_PREPOSITIONS = words("of for in on with to from at by")
# `roll back` and `back up` inflect their first word.
_PARTICLES = words("in out up off on down over away back")

_VERBAL_ENDINGS = ("ize", "ise", "ify")
_BE = words("am are be been is was were")
_DETERMINERS = words("""
    a all an any both each every her his its my no our some that the their these this those which your
""")

_JOINED_ENDINGS = words("""
    associated aware based centric compatible dependent driven focused free independent induced led
    oriented specific themed wide
""")

# `us` and `may` are left out, because folding makes them of US and May too.
_CLOSED = words("""
    about above after again against all almost along already also although always amid among another any
    around because been before being below between both but can cannot could did do does down during each
    either ever every few further had he her here hers him his however if into its itself just least less
    many me might more most much must my neither no nor now off often once only onto other others our out
    over own per quite rather same shall she should since so some still such than their them themselves then
    there thereby these they those though through throughout thus together too toward towards under until up
    upon very well were whereas where when whether while who whom whose why will with within without would
    yet you your
""")

# Endings that turn the name of a place into its adjective: Russian, Iranian, Chinese, Israeli, Turkish.
_DEMONYM_ENDINGS = ("n", "an", "ian", "ean", "nian", "sian", "i", "ni", "ese", "lese", "ish", "er", "")
_LOST_ENDINGS = ("", "a", "e", "y", "o", "ia", "n", "ey", "and", "ain", "um")


def source_forms(term: str, part_of_speech: str) -> Iterator[str]:
    """A term with its last word or its head in another number, or with another form of its verb."""
    words = list(_WORD.finditer(term))
    if not words:
        return
    last = words[-1]
    if len(words) == 1:
        yield from _with_forms(term, last, _forms_of_single_word(last[0], part_of_speech))
        return
    yield from _with_forms(term, last, inflection.number_forms(last[0]))
    head = _head(words)
    if head is not None:
        yield from _with_forms(term, head, inflection.number_forms(head[0]))
    if words[1][0] in _PARTICLES:
        yield from _with_forms(term, words[0], inflection.verb_forms(words[0][0]))


def _forms_of_single_word(word: str, part_of_speech: str) -> set[str]:
    """A plural has no singular among its forms: an entry `securities` is not about security."""
    forms = inflection.number_forms(word) if part_of_speech == "noun" else inflection.all_forms(word)
    return {form for form in forms if len(form) >= len(word)} if word.endswith("s") else forms


def is_verb_form(term: str, form: str, before: str, after: str) -> bool:
    """Whether a form of a one-word term can only be a verb: viewed, but not views.

    A form in -ing is also a noun (`reporting period`), unless it has an object or follows `be`. What ends in
    -ize or -ify is a verb in all its forms, and no noun beside it.
    """
    if not (term + form).isalpha() or term.endswith(_VERBAL_ENDINGS):
        return False
    nominal = form.endswith("ing") and after not in _DETERMINERS and before not in _BE
    return not nominal and form not in inflection.number_forms(term)


def _head(words: list[re.Match[str]]) -> re.Match[str] | None:
    return next((word for word, after in pairwise(words) if after[0] in _PREPOSITIONS), None)


def _with_forms(term: str, word: re.Match[str], forms: set[str]) -> Iterator[str]:
    for form in sorted(forms):
        yield term[: word.start()] + form + term[word.end() :]


def is_demonym(word: str, place: str) -> bool:
    """Whether a word is a regular adjective of a place, both folded. `Dutch` and `French` are irregular."""
    if len(place) < 4 or word == place:
        return False
    stem = shared_prefix(word, place)
    lost, gained = place[stem:], word[stem:]
    if stem < 4 and not (stem == 3 and len(place) == 4):
        return False
    return lost in _LOST_ENDINGS and gained.removesuffix("s") in _DEMONYM_ENDINGS


def _writing() -> Writing:
    from termcheck.languages.english.writing import WRITING

    return WRITING


LANGUAGE = Language(
    articles=words("a an the"),
    coordinators=words("and or"),
    links=words("of for"),
    fillers=words("the a an"),
    droppable_link="of",
    closed_words=_CLOSED,
    source_forms=source_forms,
    singulars=inflection.singulars,
    joined_endings=_JOINED_ENDINGS,
    is_verb_form=is_verb_form,
    acronym_plural="s",
    keys=inflection.keys,
    stemmer="english",
    is_demonym=is_demonym,
    agreement=False,
    writing=_writing,
)
