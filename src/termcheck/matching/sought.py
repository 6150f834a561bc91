"""The least to know of a term and its renderings to see that a pair is in order: plain strings."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from termcheck.matching import casing, edges
from termcheck.matching.automaton import narrow
from termcheck.matching.compiled import CompiledGlossary
from termcheck.matching.spellings import INFLECTED, SHIELD
from termcheck.model import CaseMode, Concept, Count, FirstUse, MatchMode, Term


class Rendering(Struct, frozen=True, gc=False):
    """An accepted rendering in one of its spellings, which is folded.

    `listed` is how the glossary writes it, and `least` the same with no more capitals than it must have,
    empty if it need have none. `free`: its edges need no look. `exact`: nothing but `listed` will do.
    """

    spelling: str
    listed: str
    least: str
    free: bool
    exact: bool

    def is_written(self, text: str) -> bool:
        """Whether a text, which folds to the spelling, has the right case."""
        if text == self.listed:
            return True
        return not self.exact and not (self.least and casing.lost_capital(text, self.least))


class Renderings(Struct, frozen=True):
    """All that the target may have for a concept: what is accepted, and the spellings of what is not.

    `number` and `id` are the concept's. `several`: more than one term is accepted, so that a document may mix
    them.
    """

    number: int
    id: str
    accepted: tuple[Rendering, ...]
    unwanted: tuple[str, ...]
    several: bool


class Sought(Struct, frozen=True):
    """A word of the source, with what its pair owes it.

    `size` is in bytes of UTF-8. Without `renderings` a pair that has the word must be judged; `concepts` are
    all that it may stand for, by number. `form` is set where a word in another case may not be the term, and
    `only` where it never is.
    """

    size: int
    free: bool
    form: str
    only: bool
    concepts: tuple[int, ...]
    renderings: Renderings | None


class Vocabulary:
    """The words of a compiled glossary; each is looked up when it is first met."""

    def __init__(self, compiled: CompiledGlossary, active: Callable[[Term], bool]) -> None:
        self._compiled = compiled
        self._active = active
        self._source, self._target = compiled.source.spellings, compiled.target.spellings
        self._uses = self._target.by_concept()
        self._renderings: dict[int, Renderings | None] = {}

    def sought(self, word: int) -> Sought:
        """What there is to know of a word of the source."""
        spelling, uses = self._source.words[word], list(self._source.of(word))
        number, place, flags = uses[0]
        term = self._compiled.glossary.concepts[number].terms[place]
        counts = casing.case_counts(term)
        form = term.text if counts or self._may_be_common(term) else ""
        # Of a word with several uses it takes a judge to say which is meant.
        plain = len(uses) == 1 and not flags & SHIELD and not (form and flags & INFLECTED)
        concepts = tuple(use[0] for use in uses)
        renderings = self._of_concept(number) if plain else None
        only = counts and form.isascii() and form.isalnum()
        return Sought(len(narrow(spelling)), _is_free(spelling), form, only, concepts, renderings)

    def id_of(self, number: int) -> str:
        """The id of a concept."""
        return self._compiled.glossary.concepts[number].id

    def _may_be_common(self, term: Term) -> bool:
        """Whether in small letters it may be another word: the glossary keeps capitals for names."""
        return self._source.names_only and term.case is CaseMode.SMART and term.text[:1].isupper()

    def _of_concept(self, number: int) -> Renderings | None:
        if number not in self._renderings:
            concept = self._compiled.glossary.concepts[number]
            self._renderings[number] = self._plain(number, concept) if self._is_plain(concept) else None
        return self._renderings[number]

    def _is_plain(self, concept: Concept) -> bool:
        """Whether one rendering in a pair is all that the concept asks for."""
        once = concept.count is Count.ONCE and concept.first_use is FirstUse.OFF
        return (
            once
            and not concept.keep
            and all(self._active(term) and term.match is not MatchMode.REGEX for term in concept.terms)
        )

    def _plain(self, number: int, concept: Concept) -> Renderings | None:
        accepted: list[Rendering] = []
        unwanted: list[str] = []
        for word, place, flags in self._uses.get(number, ()):
            term, spelling = concept.terms[place], self._target.words[word]
            if not term.status.accepted:
                unwanted.append(spelling)
            elif not flags & SHIELD:
                accepted.append(self._rendering(term, spelling))
        several = len({one.listed for one in accepted}) > 1
        return Renderings(number, concept.id, tuple(accepted), tuple(unwanted), several) if accepted else None

    def _rendering(self, term: Term, spelling: str) -> Rendering:
        least = casing.uncapitalised(term.text) if self._target.capitalised else term.text
        if term.case is CaseMode.INSENSITIVE:
            least = ""
        return Rendering(spelling, term.text, least, _is_free(spelling), casing.case_counts(term))


def _is_free(spelling: str) -> bool:
    """Whether a word is the term whatever stands beside it."""
    return not any(
        edges.is_alphabetic(char) or edges.is_katakana(char) for char in (spelling[0], spelling[-1])
    )
