"""An index of the forms under which the terms of one language occur, in numbers that a file can hold.

Computing the forms of all terms takes far longer than building an automaton of them. So the two are separate:
the index is computed once and stored, and a lexicon is built from it in every run.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from termcheck.matching.strict import casing
from termcheck.matching.strict.casing import Capitals
from termcheck.model import Concept, MatchMode, Term, Where, same_language
from termcheck.text.fold import fold

# A use packs the concept's number, the number of the term in it, and four flags. BEGINS: the form is only the
# first word of a phrase whose words inflect, because the phrase has too many forms to list them all.
_TERM_BITS = 28
_FLAG_BITS = 4
INFLECTED, SHIELD, ALWAYS, BEGINS = 1, 2, 4, 8


class FormIndex(Struct, frozen=True):
    """The forms of the terms of one language. Concepts, and terms within a concept, are given by number.

    `forms` are folded. `uses[ends[i - 1]:ends[i]]` say which terms have `forms[i]`. `regexes` are the terms
    with `match: regex`, as (concept, term). `capitals`: what capitals say in the glossary;
    `names_only`: it keeps capitals for names.
    """

    language: str
    forms: list[str]
    ends: array[int]
    uses: array[int]
    regexes: tuple[tuple[int, int], ...] = ()
    capitals: Capitals = Capitals.MEANT
    names_only: bool = False

    def uses_of(self, form: int) -> Iterator[tuple[int, int, int]]:
        """(concept, term, flags) of each use of form number `form`."""
        for use in self.uses[self.ends[form - 1] if form else 0 : self.ends[form]]:
            yield _unpacked(use)

    def by_concept(self) -> Mapping[int, Sequence[tuple[int, int, int]]]:
        """(form, term, flags) of each use, by concept."""
        uses_by_concept: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        begin = 0
        for form, end in enumerate(self.ends):
            for use in self.uses[begin:end]:
                concept, term, flags = _unpacked(use)
                uses_by_concept[concept].append((form, term, flags))
            begin = end
        return uses_by_concept

    def forms_forbidden_everywhere(self) -> list[str]:
        """The forms that accuse wherever they stand (`where: always`)."""
        numbers = {number for number, use in enumerate(self.uses) if use & ALWAYS}
        return [self.forms[bisect_right(self.ends, number)] for number in sorted(numbers)]


def _unpacked(use: int) -> tuple[int, int, int]:
    flags, numbers = use & (1 << _FLAG_BITS) - 1, use >> _FLAG_BITS
    return numbers >> _TERM_BITS, numbers & (1 << _TERM_BITS) - 1, flags


def index_forms(language: str, concepts: Sequence[Concept], inflect: Callable[[Term], bool]) -> FormIndex:
    """Index the forms of all terms of a language.

    `inflect` says whether a term's inflected forms are included: on the strict side always, on the lenient
    side only where a match accuses, because acquittals get a second look.
    """
    from termcheck.matching.index.term_forms import phrase_beginnings, term_forms

    uses_by_form: dict[str, list[int]] = defaultdict(list)
    regexes: list[tuple[int, int]] = []
    texts_of: dict[int, list[str]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        for term_number, term in enumerate(concept.terms):
            if not same_language(term.language, language):
                continue
            texts_of[number].append(term.text)
            use = (number << _TERM_BITS | term_number) << _FLAG_BITS
            use |= ALWAYS * (term.where is Where.ALWAYS and not term.status.accepted)
            for phrase in term.except_in:
                uses_by_form[fold(phrase, term.language).text].append(use | SHIELD)
            if term.match is MatchMode.REGEX:
                regexes.append((number, term_number))
                continue
            for form, inflected in term_forms(term, inflect=inflect(term)):
                if form:
                    uses_by_form[form].append(use | INFLECTED * inflected)
            for form in sorted(phrase_beginnings(term)) if inflect(term) else ():
                uses_by_form[form].append(use | INFLECTED | BEGINS)
    return FormIndex(
        language,
        list(uses_by_form),
        array("Q", accumulate(map(len, uses_by_form.values()))),
        array("Q", (use for uses in uses_by_form.values() for use in uses)),
        tuple(regexes),
        casing.what_capitals_say(list(texts_of.values()), language),
        casing.small_by_habit([text for texts in texts_of.values() for text in texts]),
    )
