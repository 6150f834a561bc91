"""The target of one pair, ready to be searched again for what the automaton did not find there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.matching.lenient import misspellings, renderings
from termcheck.matching.lenient.insertions import Insertion, insertion_in
from termcheck.matching.lenient.words import WordView, word_view
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import casing, edges
from termcheck.model import Concept, MatchMode, Segment, SegmentPair, Span, Term
from termcheck.text.fold import fold
from termcheck.text.search import occurrences

_NAME_BEFORE = compile_later(r"(?:\b[A-Z][\w&.-]* )+\Z")
_NAME_AFTER = compile_later(r"(?: [A-Z][\w&-]*)+")
_NAME_REACH = 80


class Neighbourhood(Struct, frozen=True):
    """The target segments of the run an unsure pair stands in, and on demand their matches."""

    segments: Sequence[Segment] = ()
    matches: Callable[[], Sequence[Match]] = tuple


class TargetEvidence(Struct):
    """A pair with the matches of its target; words are split once, when first asked for.

    `capitalised` says that the glossary begins its renderings with a capital by habit, `refused` which texts
    with an insertion are terms of their own in this document.
    """

    language: str
    pair: SegmentPair
    target: tuple[Match, ...]
    around: Neighbourhood = Neighbourhood()
    capitalised: bool = False
    refused: frozenset[Insertion] = frozenset()
    _views: dict[int, WordView] = field(default_factory=dict)
    _by_concept: dict[str, list[Match]] = field(default_factory=dict)

    def of(self, concept: Concept) -> Sequence[Match]:
        """The matches of a concept in the target, in order."""
        if not self._by_concept:
            for match in self.target:
                self._by_concept.setdefault(match.concept.id, []).append(match)
        return self._by_concept.get(concept.id, ())

    def view(self, segment: Segment) -> WordView:
        """The words of a target segment."""
        if id(segment) not in self._views:
            self._views[id(segment)] = word_view(segment, self.language)
        return self._views[id(segment)]

    def lenient_matches(
        self, concept: Concept, terms: Sequence[Term], segments: Sequence[Segment] | None = None
    ) -> Iterator[Match]:
        """Renderings a fair editor would accept, in the pair's target or in other segments."""
        for term in terms:
            if term.match in (MatchMode.EXACT, MatchMode.REGEX):
                continue
            for segment in self.pair.target if segments is None else segments:
                for span in renderings.find_rendering(term.text, self.language, self.view(segment)):
                    match = Match(concept, term, segment, span, Trait.LENIENT)
                    if casing.is_slip(match, capitalised=self.capitalised):
                        match = replace(match, traits=Trait.LENIENT | Trait.OTHER_CASE)
                    refused = self.refused and insertion_in(match, self.language) in self.refused
                    if as_kept(match) and not refused:
                        yield match

    def is_rendered_nearby(self, concept: Concept, terms: Sequence[Term]) -> bool:
        """Whether the rest of an unsure pair's run renders the concept."""
        matches = self.around.matches()
        if any(match.concept is concept and match.term.status.accepted for match in matches):
            return True
        return next(self.lenient_matches(concept, terms, self.around.segments), None) is not None

    def verbatim_matches(self, concept: Concept, term: Term, text: str) -> Iterator[Match]:
        """Places where `text`, folded, stands as a word of its own in the target."""
        sought = fold(text, self.language).text
        for segment in self.pair.target:
            folded = self.view(segment).folded
            for at in occurrences(sought, folded.text):
                end = at + len(sought)
                span = folded.origin(Span(at, end))
                whole = edges.fits(folded.text, at, end) and not edges.glued(folded.text, at, end)
                if whole and not any(span.overlaps(protected) for protected in segment.protected):
                    yield Match(concept, term, segment, span)

    def untranslated(self, concept: Concept, occurrences: Sequence[Match]) -> Iterator[Match]:
        """The source term, as it occurs, standing in the target."""
        for text in dict.fromkeys(match.text for match in occurrences):
            yield from self.verbatim_matches(concept, occurrences[0].term, text)

    def _altered(self, concept: Concept, terms: Sequence[Term]) -> Iterator[tuple[str, Match]]:
        """Places where a term that must stay as it is has lost a hyphen, a blank or its case."""
        for term in terms:
            for segment in self.pair.target:
                for span in renderings.find_rendering(term.text, self.language, self.view(segment)):
                    yield term.text, Match(concept, term, segment, span, Trait.LENIENT)

    def misspelling(self, concept: Concept, accepted: Sequence[Term]) -> tuple[str, Match] | None:
        """(rendering, match) of something almost like an accepted rendering."""
        if concept.keep:
            return next(self._altered(concept, accepted), None)
        terms = [t for t in accepted if t.match is not MatchMode.REGEX and not casing.is_capitals(t.text)]
        for segment in self.pair.target:
            taken = [match.span for match in self.target if match.segment is segment]
            found = misspellings.find_misspelling(
                [term.text for term in terms], self.language, self.view(segment), taken
            )
            if found is not None:
                term = next(term for term in terms if term.text == found[0])
                return found[0], Match(concept, term, segment, found[1])
        return None


def keeps_name(occurrence: Match, target: Sequence[Segment]) -> bool:
    """Whether the occurrence is part of a longer name that the target keeps as it is (SIG Node).

    A name is a run of capitalised words; one that is translated is not kept, so it excuses nothing.
    """
    name = _name_around(occurrence)
    return len(name) > len(occurrence.text) and any(name in segment.text for segment in target)


def _name_around(occurrence: Match) -> str:
    text, span = occurrence.segment.text, occurrence.span
    left = _NAME_BEFORE.search(text[max(0, span.start - _NAME_REACH) : span.start])
    right = _NAME_AFTER.match(text, span.end)
    capitalised = text[span.start].isupper()
    return (left[0] if left else "") + occurrence.text + (right[0] if right else "") if capitalised else ""


def as_kept(match: Match) -> bool:
    """Whether a kept term stands as it is; of other terms the case never decides here."""
    return not match.concept.keep or match.text == match.term.text
