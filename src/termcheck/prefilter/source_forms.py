"""The prefilter's data on source terms and their renderings, as plain strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from termcheck.matching.index.automaton import latin1_as_utf8, utf8_as_latin1
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.index.form_index import BEGINS, INFLECTED, SHIELD
from termcheck.matching.index.term_forms import continuation
from termcheck.matching.strict import casing, edges
from termcheck.model import CaseMode, Concept, Count, FirstUse, MatchMode, Term
from termcheck.text.fold import fold

# In bytes, the most that follows the first word of a phrase.
_LONGEST_REST = 400


class RenderingForm(Struct, frozen=True, gc=False):
    """One folded form of an accepted rendering of a concept.

    - `concept`, `id`: the concept's number in the glossary and its id;
    - `form`: the folded form;
    - `listed`: the rendering as the glossary writes it;
    - `least_capitals`: `listed` with only the capitals it must have; empty if it needs none;
    - `free_edges`: the form needs no neighbour that is a boundary;
    - `exact`: only `listed` will do;
    - `other_forms`: the forms of the concept's other renderings, accepted or not;
    - `has_alternatives`: the concept, or a related one, has other accepted renderings, so a document may mix
    them.
    """

    concept: int
    id: str
    form: str
    listed: str
    least_capitals: str
    free_edges: bool
    exact: bool
    other_forms: tuple[str, ...]
    has_alternatives: bool

    def is_written(self, text: str) -> bool:
        """Whether a text that folds to the form, but is not `listed`, has the right case."""
        least = self.least_capitals
        return not self.exact and not (least and casing.lost_capital(text, least))


class SourceForm(Struct, frozen=True):
    """A form of source terms, with what a pair that contains it owes.

    - `size`: its length in UTF-8 bytes;
    - `free_edges`: it is a term whatever stands beside it;
    - `cased`: the term as listed, where another case may be another word; else empty;
    - `only_cased`: in another case it never is the term (letters of another width aside);
    - `cased_folded`: `cased`, folded and as UTF-8 bytes;
    - `concepts`: the numbers of all concepts it may stand for;
    - `renderings`: the forms that render it; if there are none, the judge has to decide;
    - `phrases`: what follows the form where it begins a phrase in inflected words, for the judge to decide;
    - `is_term`: the form is also a term by itself.
    """

    size: int
    free_edges: bool
    cased: str
    only_cased: bool
    cased_folded: str
    concepts: tuple[int, ...]
    renderings: tuple[RenderingForm, ...]
    phrases: tuple[re.Pattern[str], ...] = ()
    is_term: bool = True

    def begins_phrase(self, text: str, end: int) -> bool:
        """Whether the form, which ends at an offset of a `utf8_as_latin1` text, begins one of `phrases`."""
        after = latin1_as_utf8(text[end : end + _LONGEST_REST])
        return any(rest.match(after) for rest in self.phrases)


class SourceForms:
    """The source forms of a compiled glossary; each is looked up the first time it occurs."""

    def __init__(self, compiled: CompiledGlossary, active: Callable[[Term], bool]) -> None:
        self._compiled = compiled
        self._active = active
        self._source, self._target = compiled.source.index, compiled.target.index
        self._uses = self._target.by_concept()
        self._renderings: dict[int, tuple[RenderingForm, ...]] = {}

    def form(self, number: int) -> SourceForm:
        """What the prefilter knows of form number `number` of the source index."""
        form, every_use = self._source.forms[number], list(self._source.uses_of(number))
        uses = [use for use in every_use if not use[2] & BEGINS]
        phrases = tuple(self._continuation(form, *use[:2]) for use in every_use if use[2] & BEGINS)
        if not uses:
            return SourceForm(len(utf8_as_latin1(form)), False, "", False, "", (), (), phrases, is_term=False)
        concept, term_number, flags = uses[0]
        term = self._compiled.glossary.concepts[concept].terms[term_number]
        case_counts = casing.case_counts(term)
        cased = term.text if case_counts or self._may_be_common(term) else ""
        # Only the judge can tell which of several uses is meant.
        is_plain = len(uses) == 1 and not flags & SHIELD and not (cased and flags & INFLECTED)
        # In the last letter of an Arabic word only the judge sees what is written.
        is_plain = is_plain and not edges.ends_ambiguously(form)
        cased_folded = fold(cased, self._source.language).text
        return SourceForm(
            size=len(utf8_as_latin1(form)),
            free_edges=_has_free_edges(form),
            cased=cased,
            # US also stands for U.S., which is a form of its own.
            only_cased=case_counts and cased.isascii() and cased.isalnum() and form == cased_folded,
            cased_folded=utf8_as_latin1(cased_folded),
            concepts=tuple(use[0] for use in uses if self._occurs(*use)),
            renderings=self._renderings_of(concept) if is_plain else (),
            phrases=phrases,
        )

    def _continuation(self, form: str, number: int, term_number: int) -> re.Pattern[str]:
        """What follows the first word of a phrase; not as listed, because that is a form of its own."""
        term = self._compiled.glossary.concepts[number].terms[term_number]
        rest = continuation(term).pattern
        listed = fold(term.text.strip(), term.language).text
        if listed.startswith(form):
            rest = rf"(?!{re.escape(listed[len(form) :])}(?!\w)){rest}"
        return re.compile(rest)

    def id_of(self, number: int) -> str:
        """The id of a concept."""
        return self._compiled.glossary.concepts[number].id

    def _occurs(self, number: int, term_number: int, flags: int) -> bool:
        """Whether a form used so is an active term, by itself or inside a longer one."""
        return not flags & SHIELD and self._active(
            self._compiled.glossary.concepts[number].terms[term_number]
        )

    def _may_be_common(self, term: Term) -> bool:
        """Whether small letters may make it another word, because the glossary keeps capitals for names."""
        return self._source.names_only and term.case is CaseMode.SMART and term.text[:1].isupper()

    def _renderings_of(self, number: int) -> tuple[RenderingForm, ...]:
        if number not in self._renderings:
            concept = self._compiled.glossary.concepts[number]
            renderings = tuple(self._rendering_forms(number, concept)) if self._is_plain(concept) else ()
            self._renderings[number] = renderings
        return self._renderings[number]

    def _is_plain(self, concept: Concept) -> bool:
        """Whether any one rendering in a pair is all that the concept asks for."""
        return (
            concept.count is Count.ONCE
            and concept.first_use is FirstUse.OFF
            and not concept.keep
            and all(term.match is not MatchMode.REGEX and self._active(term) for term in concept.terms)
        )

    def _rendering_forms(self, number: int, concept: Concept) -> Iterator[RenderingForm]:
        """The forms of all accepted renderings, the listed form of each first."""
        forms: dict[int, list[str]] = {}
        for form_number, term_number, flags in self._uses.get(number, ()):
            if not flags & SHIELD:
                forms.setdefault(term_number, []).append(self._target.forms[form_number])
        accepted = [term_number for term_number in forms if concept.terms[term_number].status.accepted]
        ranked = [(rank, term_number) for term_number in accepted for rank in range(len(forms[term_number]))]
        ranked.sort(key=lambda item: item[0])
        for rank, term_number in ranked:
            form, term = forms[term_number][rank], concept.terms[term_number]
            yield RenderingForm(
                number,
                concept.id,
                form,
                term.text,
                self._least_capitals(term),
                _has_free_edges(form),
                casing.case_counts(term),
                tuple(form for other, group in forms.items() if other != term_number for form in group),
                has_alternatives=len(accepted) > 1 or concept.id in self._compiled.related.of,
            )

    def _least_capitals(self, term: Term) -> str:
        if term.case is CaseMode.INSENSITIVE:
            return ""
        return casing.least_capitals(term, self._target.capitals)


def _has_free_edges(form: str) -> bool:
    """Whether a form is the term whatever stands beside it."""
    return edges.is_free(form[0]) and edges.is_free(form[-1]) and not edges.is_one_character_verb(form)
