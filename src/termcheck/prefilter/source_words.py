"""The least to know of a term and its renderings to see that a pair is in order: plain strings."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from termcheck.matching.index.automaton import utf8_as_latin1
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.index.form_index import INFLECTED, SHIELD
from termcheck.matching.strict import casing, edges
from termcheck.model import CaseMode, Concept, Count, FirstUse, MatchMode, Term
from termcheck.text.fold import fold


class RenderingForm(Struct, frozen=True, gc=False):
    """An accepted rendering of a concept, given by number and id, in one of its spellings, which are folded.

    `listed` is how the glossary writes it, and `least` the same with no more capitals than it must have,
    empty if it need have none. `free`: its edges need no look. `exact`: nothing but `listed` will do.
    `others` are the spellings of the concept's other terms, accepted or not. `several`: some are accepted, or
    those of entries for the same thing, so that a document may mix them.
    """

    concept: int
    id: str
    spelling: str
    listed: str
    least: str
    free: bool
    exact: bool
    others: tuple[str, ...]
    several: bool

    def is_written(self, text: str) -> bool:
        """Whether a text that folds to the spelling, and is not as listed, has the right case."""
        return not self.exact and not (self.least and casing.lost_capital(text, self.least))


class SourceWord(Struct, frozen=True):
    """A word of the source, with what its pair owes it.

    `size` is in bytes of UTF-8. Without `renderings` a pair that has the word must be judged; `concepts` are
    all that it may stand for, by number. `form` is set where a word in another case may not be the term, and
    `only` where it never is but for letters of another width; `folded` is the form folded and narrow.
    """

    size: int
    free: bool
    form: str
    only: bool
    folded: str
    concepts: tuple[int, ...]
    renderings: tuple[RenderingForm, ...]


class SourceWords:
    """The words of a compiled glossary; each is looked up when it is first met."""

    def __init__(self, compiled: CompiledGlossary, active: Callable[[Term], bool]) -> None:
        self._compiled = compiled
        self._active = active
        self._source, self._target = compiled.source.spellings, compiled.target.spellings
        self._uses = self._target.by_concept()
        self._renderings: dict[int, tuple[RenderingForm, ...]] = {}

    def sought(self, word: int) -> SourceWord:
        """What there is to know of a word of the source."""
        spelling, uses = self._source.words[word], list(self._source.of(word))
        number, place, flags = uses[0]
        term = self._compiled.glossary.concepts[number].terms[place]
        counts = casing.case_counts(term)
        form = term.text if counts or self._may_be_common(term) else ""
        # Of a word with several uses it takes a judge to say which is meant.
        plain = len(uses) == 1 and not flags & SHIELD and not (form and flags & INFLECTED)
        concepts = tuple(use[0] for use in uses if self._is_met(*use))
        renderings = self._of_concept(number) if plain else ()
        folded = fold(form, self._source.language).text
        # U.S. is US too, but has a spelling of its own.
        only = counts and form.isascii() and form.isalnum() and spelling == folded
        size, free = len(utf8_as_latin1(spelling)), _is_free(spelling)
        return SourceWord(size, free, form, only, utf8_as_latin1(folded), concepts, renderings)

    def id_of(self, number: int) -> str:
        """The id of a concept."""
        return self._compiled.glossary.concepts[number].id

    def _is_met(self, number: int, place: int, flags: int) -> bool:
        """Whether a word that is used so is a term, or part of a longer one that stands there."""
        return not flags & SHIELD and self._active(self._compiled.glossary.concepts[number].terms[place])

    def _may_be_common(self, term: Term) -> bool:
        """Whether in small letters it may be another word: the glossary keeps capitals for names."""
        return self._source.names_only and term.case is CaseMode.SMART and term.text[:1].isupper()

    def _of_concept(self, number: int) -> tuple[RenderingForm, ...]:
        if number not in self._renderings:
            concept = self._compiled.glossary.concepts[number]
            self._renderings[number] = self._plain(number, concept) if self._is_plain(concept) else ()
        return self._renderings[number]

    def _is_plain(self, concept: Concept) -> bool:
        """Whether one rendering in a pair is all that the concept asks for."""
        return (
            concept.count is Count.ONCE
            and concept.first_use is FirstUse.OFF
            and not concept.keep
            and all(term.match is not MatchMode.REGEX and self._active(term) for term in concept.terms)
        )

    def _plain(self, number: int, concept: Concept) -> tuple[RenderingForm, ...]:
        """All accepted renderings in all spellings, the usual ones first."""
        spellings: dict[int, list[str]] = {}
        for word, place, flags in self._uses.get(number, ()):
            if not flags & SHIELD:
                spellings.setdefault(place, []).append(self._target.words[word])
        accepted = [place for place in spellings if concept.terms[place].status.accepted]
        several = len(accepted) > 1 or concept.id in self._compiled.related
        found: list[tuple[int, RenderingForm]] = []
        for place in accepted:
            others = tuple(word for other, words in spellings.items() if other != place for word in words)
            term = concept.terms[place]
            for rank, spelling in enumerate(spellings[place]):
                found.append(
                    (
                        rank,
                        self._rendering(number, concept.id, term, spelling, others, several=several),
                    )
                )
        return tuple(one for _, one in sorted(found, key=lambda ranked: ranked[0]))

    def _rendering(
        self, number: int, id_: str, term: Term, spelling: str, others: tuple[str, ...], *, several: bool
    ) -> RenderingForm:
        least = casing.uncapitalised(term.text) if self._target.capitalised else term.text
        if term.case is CaseMode.INSENSITIVE:
            least = ""
        free, exact = _is_free(spelling), casing.case_counts(term)
        return RenderingForm(number, id_, spelling, term.text, least, free, exact, others, several)


def _is_free(spelling: str) -> bool:
    """Whether a word is the term whatever stands beside it."""
    return not any(
        edges.is_alphabetic(char) or edges.is_katakana(char) for char in (spelling[0], spelling[-1])
    )
