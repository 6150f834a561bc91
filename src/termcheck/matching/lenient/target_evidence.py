"""The target of one pair, prepared for the lenient searches that follow an unmet obligation.

What searches is imported by the first search, because most texts need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import casing, edges
from termcheck.matching.strict.casing import Capitals
from termcheck.matching.strict.kept_text import NOTHING_KEPT, KeptText
from termcheck.model import Concept, MatchMode, Segment, SegmentPair, Span, Term, merge
from termcheck.text.fold import fold
from termcheck.text.search import find_all

if TYPE_CHECKING:
    from termcheck.matching.lenient.insertions import Insertion
    from termcheck.matching.lenient.words import WordView

_NAME_BEFORE = compile_later(r"(?:\b[A-Z][\w&.-]* )+\Z")
_NAME_AFTER = compile_later(r"(?: [A-Z][\w&-]*)+")
_WORD_AND_BRACKET = compile_later(r"\w[\"'”’»」』》]? ?[(（\[［【][\"'“‘]?\Z")
# The most characters that the first of them matches.
_BRACKET_REACH = 5
_BRACKET = compile_later(r"[\"'”’]?[)）\]］】]")
# A name is searched for this many code points to either side of a term.
_NAME_REACH = 80


class Neighbourhood(Struct, frozen=True):
    """The target segments of the run that an unsure pair belongs to, and on demand their matches."""

    segments: Sequence[Segment] = ()
    matches: Callable[[], Sequence[Match]] = tuple


class TargetEvidence(Struct):
    """A pair with the matches of its target; words are split once, on the first search.

    `kept` is what both sides have in common: it may acquit, but a slip in it is not the translator's.
    `capitals`: what capitals say in the glossary. `other_terms` are renderings with an insertion that the
    document uses as terms of their own, so they acquit nothing.
    """

    language: str
    pair: SegmentPair
    target: tuple[Match, ...]
    kept: KeptText = NOTHING_KEPT
    neighbourhood: Neighbourhood = Neighbourhood()
    capitals: Capitals = Capitals.MEANT
    other_terms: frozenset[Insertion] = frozenset()
    # What renders a group of related concepts, by the group's number.
    related: dict[int, Sequence[Match]] = field(default_factory=dict)
    # By the identity of segments that `pair` and `neighbourhood` hold.
    _views: dict[int, WordView] = field(default_factory=dict)
    _by_concept: dict[str, list[Match]] | None = None
    _taken: dict[int, Sequence[Span]] = field(default_factory=dict)
    _names: dict[str, bool] = field(default_factory=dict)

    def matches_of(self, concept: Concept) -> Sequence[Match]:
        """The matches of a concept in the target, in order."""
        return self._matches_by_concept.get(concept.id, ())

    def matched_among(self, places: Mapping[str, int]) -> Iterator[Match]:
        """The matches of those concepts that have a place, by concept id, in the order of the places."""
        matched = self._matches_by_concept
        for concept_id in sorted(places.keys() & matched.keys(), key=places.__getitem__):
            yield from matched[concept_id]

    @property
    def _matches_by_concept(self) -> dict[str, list[Match]]:
        if self._by_concept is None:
            self._by_concept = {}
            for match in self.target:
                self._by_concept.setdefault(match.concept.id, []).append(match)
        return self._by_concept

    def view(self, segment: Segment) -> WordView:
        """The words of a target segment."""
        if id(segment) not in self._views:
            from termcheck.matching.lenient.words import word_view

            self._views[id(segment)] = word_view(segment, self.language)
        return self._views[id(segment)]

    def lenient_matches(
        self, concept: Concept, terms: Sequence[Term], segments: Sequence[Segment] | None = None
    ) -> Iterator[Match]:
        """Renderings a fair editor would accept, in the pair's target or in other segments."""
        from termcheck.matching.lenient.renderings import find_rendering

        for term in terms:
            if term.match in (MatchMode.EXACT, MatchMode.REGEX):
                continue
            for segment in self.pair.target if segments is None else segments:
                for span in find_rendering(term.text, self.language, self.view(segment)):
                    match = Match(concept, term, segment, span, Trait.LENIENT)
                    if slip := casing.slip_in(match, self.capitals):
                        match = replace(match, traits=Trait.LENIENT | slip)
                    if is_unaltered(match) and not self._is_refused(match):
                        yield match

    def _is_refused(self, match: Match) -> bool:
        """Whether a rendering that was found is part of another term or of a name."""
        from termcheck.matching.lenient.insertions import leaves_source_word

        return (
            self._is_other_term(match) or self.is_kept_slip(match) or leaves_source_word(match, self.language)
        )

    def is_kept_slip(self, match: Match) -> bool:
        """Whether a rendering is in another case because it stands in a name that was kept."""
        return bool(match.traits & Trait.OTHER_CASE) and self.kept.holds(match)

    def _is_other_term(self, match: Match) -> bool:
        if not self.other_terms:
            return False
        from termcheck.matching.lenient.insertions import insertion_in

        return insertion_in(match, self.language) in self.other_terms

    def is_rendered_nearby(self, concept: Concept, terms: Sequence[Term]) -> bool:
        """Whether the rest of an unsure pair's run renders the concept."""
        matches = self.neighbourhood.matches()
        if any(match.concept is concept and match.term.status.accepted for match in matches):
            return True
        return next(self.lenient_matches(concept, terms, self.neighbourhood.segments), None) is not None

    def name_kept(self, occurrence: Match) -> str:
        """The longer name around a source term that the target keeps unchanged (SIG Node); empty if none.

        A name is a run of capitalised words. A translated name is not kept, so it excuses nothing.
        """
        name = _name_around(occurrence)
        if len(name) <= len(occurrence.text):
            return ""
        if name not in self._names:
            self._names[name] = any(name in segment.text for segment in self.pair.target)
        return name if self._names[name] else ""

    def verbatim_matches(self, concept: Concept, term: Term, text: str) -> Iterator[Match]:
        """Places where `text`, folded, stands as a word of its own in the target."""
        folded_text = fold(text, self.language).text
        for segment in self.pair.target:
            folded = self.view(segment).folded
            for start in find_all(folded_text, folded.text):
                end = start + len(folded_text)
                span = folded.origin(Span(start, end))
                alone = edges.fits(folded.text, start, end) and not edges.glued(folded.text, start, end)
                if alone and not segment.protects(span):
                    yield Match(concept, term, segment, span)

    def untranslated(self, concept: Concept, source_matches: Sequence[Match]) -> Iterator[Match]:
        """The source term, as it occurs or is listed, standing in the target.

        In brackets behind another rendering it only explains that one, unless the source has it in brackets.
        """
        glossed = not any(is_in_brackets(match) for match in source_matches)
        texts = [match.text for match in source_matches] + [match.term.text for match in source_matches]
        for text in dict.fromkeys(texts):
            for match in self.verbatim_matches(concept, source_matches[0].term, text):
                if not self.kept.holds(match) and not (glossed and is_in_brackets(match)):
                    yield match

    def misspelling(self, concept: Concept, accepted: Sequence[Term]) -> tuple[str, Match] | None:
        """(listed rendering, match) of a near miss of an accepted rendering."""
        from termcheck.matching.lenient.misspellings import find_misspelling

        if concept.keep:
            return next(self._alterations(concept, accepted), None)
        terms = [
            term
            for term in accepted
            if term.match is not MatchMode.REGEX and not casing.is_capitals(term.text)
        ]
        for segment in self.pair.target:
            misspelling = find_misspelling(
                [term.text for term in terms], self.language, self.view(segment), self._taken_in(segment)
            )
            if misspelling is not None:
                rendering, span = misspelling
                term = next(term for term in terms if term.text == rendering)
                return rendering, Match(concept, term, segment, span)
        return None

    def _taken_in(self, segment: Segment) -> Sequence[Span]:
        """What renders concepts in a segment, or is kept, merged."""
        if id(segment) not in self._taken:
            spans = [match.span for match in self.target if match.segment is segment]
            self._taken[id(segment)] = merge((*spans, *self.kept.spans(segment)))
        return self._taken[id(segment)]

    def _alterations(self, concept: Concept, terms: Sequence[Term]) -> Iterator[tuple[str, Match]]:
        """Places where a `keep` term has lost a hyphen, a blank or its case."""
        from termcheck.matching.lenient.renderings import find_rendering

        for term in terms:
            for segment in self.pair.target:
                for span in find_rendering(term.text, self.language, self.view(segment)):
                    yield term.text, Match(concept, term, segment, span, Trait.LENIENT)


def _name_around(occurrence: Match) -> str:
    text, span = occurrence.segment.text, occurrence.span
    if not text[span.start].isupper():
        return ""
    before = _NAME_BEFORE.search(text[max(0, span.start - _NAME_REACH) : span.start])
    after = _NAME_AFTER.match(text, span.end, span.end + _NAME_REACH)
    return (before[0] if before else "") + occurrence.text + (after[0] if after else "")


def is_in_brackets(match: Match) -> bool:
    """Whether a match stands alone in brackets behind a word."""
    text, span = match.segment.text, match.span
    return (
        _WORD_AND_BRACKET.search(text[max(0, span.start - _BRACKET_REACH) : span.start]) is not None
        and _BRACKET.match(text, span.end) is not None
    )


def is_unaltered(match: Match) -> bool:
    """Whether a `keep` term stands exactly as listed; always true of other terms."""
    return not match.concept.keep or match.text == match.term.text
