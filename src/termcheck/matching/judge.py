"""From matches to verdicts, pair by pair: which terms oblige, what meets them, and what accuses.

Strict to accuse: an occurrence obliges only if it surely is the term. Lenient to acquit: anything a fair
editor would take for the rendering meets the obligation. Checks run in the order of their cost, so that
inflection, insertions and the dictionary are consulted only for what is still unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.matching.accusations import Accuser
from termcheck.matching.introduced_abbreviations import NO_INTRODUCTIONS, Introductions
from termcheck.matching.lenient.target_evidence import Neighbourhood, TargetEvidence, is_unaltered
from termcheck.matching.match import DOUBTFUL, Match, Trait, place
from termcheck.matching.places import NestedMatches, spans_by_segment
from termcheck.matching.related_renderings import RelatedRenderings, renderings_of
from termcheck.matching.strict.casing import Capitals
from termcheck.matching.strict.kept_text import NOTHING_KEPT, kept_text
from termcheck.matching.verdict import (
    SURE_PAIR,
    Dismissal,
    Obligation,
    PairVerdict,
    Reason,
    kept_reason,
)
from termcheck.model import Concept, Count, SegmentPair, Span, Term, overlaps_any

if TYPE_CHECKING:
    from termcheck.matching.lenient.insertions import Insertion

NO_NEIGHBOURHOOD = Neighbourhood()

_Place = tuple[int, Span]


class DocumentFacts(Struct, frozen=True):
    """What the document around a pair says about its terms.

    `other_terms` are renderings with an insertion that the document uses as terms of their own, so they
    render nothing here.
    """

    introductions: Introductions = NO_INTRODUCTIONS
    other_terms: frozenset[Insertion] = frozenset()


NO_FACTS = DocumentFacts()


class Judge(Struct):
    """Judges pairs one by one; a verdict depends on nothing but the arguments of `judge` and these fields.

    `active` says which terms are valid and in scope. `related` are the entries whose renderings acquit one
    another. `capitals`: what capitals say in the glossary.
    """

    source_lang: str
    target_lang: str
    active: Callable[[Term], bool]
    related: RelatedRenderings = field(default_factory=RelatedRenderings)
    capitals: Capitals = Capitals.MEANT
    # Remembers the accepted terms of each concept.
    _accepted_terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    def judge(
        self,
        pair: SegmentPair,
        source: tuple[Match, ...],
        target: tuple[Match, ...],
        *,
        number: int = 0,
        facts: DocumentFacts = NO_FACTS,
        neighbourhood: Neighbourhood = NO_NEIGHBOURHOOD,
    ) -> PairVerdict:
        """Judge pair `number` of a document, given the matches of active terms on both sides.

        `neighbourhood` is the rest of the run of an unsure pair, or what stands beside a cue.
        """
        dismissed: list[Dismissal] = []
        obligations: tuple[Obligation, ...] = ()
        kept = kept_text(pair) if source or target else NOTHING_KEPT
        if any(segment.text.strip() for segment in pair.target):
            evidence = TargetEvidence(
                self.target_lang, pair, target, kept, neighbourhood, self.capitals, facts.other_terms
            )
            examination = _Examination(self, number, facts, source, evidence, dismissed)
            obligations = tuple(examination.obligations())
        else:
            dismissed += [Dismissal(match, Reason.NO_TARGET_TEXT) for match in source if match.certain]
        accusing = tuple(Accuser(self.accepted, source, target, kept, dismissed).accusing())
        return PairVerdict(pair, source, target, obligations, accusing, tuple(dismissed))

    def accepted(self, concept: Concept) -> tuple[Term, ...]:
        """The active accepted renderings of a concept, preferred ones first."""
        accepted = self._accepted_terms.get(concept.id)
        if accepted is None:
            terms = [
                term
                for term in concept.in_language(self.target_lang)
                if term.status.accepted and self.active(term)
            ]
            accepted = tuple(sorted(terms, key=lambda term: term.status.value != "preferred"))
            self._accepted_terms[concept.id] = accepted
        return accepted


class _Examination(Struct):
    """The search for the obligations of one pair; `dismissed` collects what creates none."""

    judge: Judge
    number: int
    facts: DocumentFacts
    source: tuple[Match, ...]
    evidence: TargetEvidence
    dismissed: list[Dismissal]
    nested: NestedMatches | None = None

    def obligations(self) -> Iterator[Obligation]:
        """The obligations in order of their first occurrence."""
        certain: dict[str, list[Match]] = {}
        kept = self.evidence.kept
        for match in self.source:
            if match.certain:
                if kept.holds(match):
                    self._dismiss((match,), *kept_reason(kept, match))
                else:
                    certain.setdefault(match.concept.id, []).append(match)
        claims = [self._claim(matches) for matches in certain.values()]
        settled = _Settled.by(claims)
        for claim in claims:
            obligation = self._settle(claim, settled)
            if obligation is not None:
                yield obligation
                if not obligation.met:
                    yield from self._parts(obligation, certain)

    def _claim(self, matches: list[Match]) -> Obligation:
        """The obligation as the automaton sees it, before any closer look."""
        concept = matches[0].concept
        met_by = tuple(
            [
                match
                for match in self.evidence.matches_of(concept)
                if match.term.status.accepted and _acquits(match) and not self.evidence.is_kept_slip(match)
            ]
        )
        return Obligation(concept, tuple(matches), self.judge.accepted(concept), met_by)

    def _settle(self, claim: Obligation, settled: _Settled) -> Obligation | None:
        """The obligation after all checks; None if nothing obliges after all."""
        if not claim.accepted:
            self._dismiss(claim.occurrences, Reason.NO_VALID_RENDERING)
            return None
        if claim.met:
            counts = claim.concept.count is Count.EACH and len(claim.met_by) < len(claim.occurrences)
            obligation = self._count_again(claim) if counts else claim
            return obligation if obligation.occurrences else None
        unsettled = tuple(self._unsettled(claim, settled))
        if not unsettled:
            return None
        obligation = self._look_closer(replace(claim, occurrences=unsettled))
        settled.add(obligation)
        return obligation if obligation.occurrences else None

    def _unsettled(self, claim: Obligation, settled: _Settled) -> Iterator[Match]:
        for match in claim.occurrences:
            reason = settled.reason(match, claim.accepted)
            if reason is None:
                yield match
            else:
                self._dismiss((match,), reason)

    def _parts(self, whole: Obligation, certain: Container[str]) -> Iterator[Obligation]:
        """The obligations of shorter terms inside a longer term that is not rendered as listed.

        While the longer term is rendered they owe nothing, because its rendering contains theirs.
        """
        inner: dict[str, list[Match]] = {}
        for match in self._matches_inside(whole.occurrences):
            if match.concept.id not in certain:
                inner.setdefault(match.concept.id, []).append(match)
        for matches in inner.values():
            claim = self._claim(matches)
            if claim.accepted and not claim.met:
                obligation = self._look_closer(claim)
                if obligation.occurrences:
                    yield obligation

    def _matches_inside(self, wholes: Iterable[Match]) -> Iterator[Match]:
        """The matches that are parts of others with more letters, in the order of the source."""
        if self.nested is None:
            self.nested = NestedMatches(self.source)
        found = (
            (number, match)
            for whole in wholes
            for number, match in self.nested.inside(whole)
            if sum(map(str.isalnum, match.text)) < sum(map(str.isalnum, whole.text))
        )
        return map(itemgetter(1), sorted(dict(found).items(), key=itemgetter(0)))

    def _look_closer(self, claim: Obligation) -> Obligation:
        """Search the target leniently for what the automaton missed, then doubt the occurrences strictly."""
        met_by = tuple(self.evidence.lenient_matches(claim.concept, claim.accepted)) or tuple(
            self._related_renderings(claim)
        )
        if met_by:
            return replace(claim, met_by=met_by)
        occurrences = tuple(self._sure_occurrences(claim))
        if not occurrences:
            return replace(claim, occurrences=())
        pair = self.evidence.pair
        if (pair.nearby or pair.confidence < SURE_PAIR) and self.evidence.is_rendered_nearby(
            claim.concept, claim.accepted
        ):
            return replace(claim, occurrences=occurrences, rendered_nearby=True)
        untranslated = next(self.evidence.untranslated(claim.concept, occurrences), None)
        misspelling = None if untranslated else self.evidence.misspelling(claim.concept, claim.accepted)
        return replace(claim, occurrences=occurrences, misspelling=misspelling, untranslated=untranslated)

    def _sure_occurrences(self, claim: Obligation) -> Iterator[Match]:
        """The occurrences that are no part of a kept name or of dictionary words, and no verb for a noun."""
        from termcheck.matching.strict.part_of_speech import is_verb_of_noun
        from termcheck.matching.strict.segmentation import straddled_word

        for match in claim.occurrences:
            if name := self.evidence.name_kept(match):
                self._dismiss((match,), Reason.PART_OF_KEPT_NAME, name)
            elif word := straddled_word(match):
                self._dismiss((match,), Reason.STRADDLES_WORDS, word)
            elif is_verb_of_noun(match, claim.accepted):
                self._dismiss((match,), Reason.VERB_OF_NOUN)
            else:
                yield match

    def _related_renderings(self, claim: Obligation) -> Iterator[Match]:
        """Abbreviations the document has introduced, and renderings of entries that mean the same."""
        from termcheck.matching.lenient.exchanged_parts import exchanged_parts

        concept = claim.concept
        if concept.keep:
            return
        introductions = self.facts.introductions
        for term in introductions.short_forms_of(concept, self.number):
            for match in self.evidence.verbatim_matches(concept, term, term.text):
                if match.text == term.text:
                    yield replace(match, traits=Trait.RELATED)
        yield from self.judge.related.of(concept, self.evidence, self.judge.accepted)
        for other in introductions.equated_with(concept, self.number):
            yield from renderings_of(other, self.evidence, self.judge.accepted(other))
        exchanged = tuple(exchanged_parts(claim.occurrences, self.source, self.judge.accepted))
        for match in self.evidence.lenient_matches(concept, exchanged):
            yield replace(match, traits=Trait.LENIENT | Trait.RELATED)

    def _count_again(self, claim: Obligation) -> Obligation:
        """Count inflected renderings too, and only occurrences that are surely the term."""
        from termcheck.matching.strict.segmentation import straddled_word

        occurrences = []
        for match in claim.occurrences:
            if word := straddled_word(match):
                self._dismiss((match,), Reason.STRADDLES_WORDS, word)
            else:
                occurrences.append(match)
        known = spans_by_segment(claim.met_by)
        more = tuple(
            match
            for match in self.evidence.lenient_matches(claim.concept, claim.accepted)
            if not overlaps_any(known.get(id(match.segment), ()), match.span)
        )
        return replace(claim, occurrences=tuple(occurrences), met_by=claim.met_by + more)

    def _dismiss(self, matches: Iterable[Match], reason: Reason, detail: str = "") -> None:
        self.dismissed.extend(Dismissal(match, reason, detail) for match in matches)


class _Settled(Struct):
    """Places of the source that one entry settles for the others, by being rendered or by asking first.

    `rendered` holds (place, whether the entry is written there as listed).
    """

    rendered: set[tuple[_Place, bool]]
    asked: set[tuple[_Place, str]]

    @classmethod
    def by(cls, claims: Sequence[Obligation]) -> _Settled:
        """The places that the automaton's renderings settle."""
        if all(claim.met for claim in claims):
            return cls(set(), set())  # no claim will ask
        met = (match for claim in claims if claim.met for match in claim.occurrences)
        return cls({(place(match), not match.traits & Trait.INFLECTED) for match in met}, set())

    def reason(self, match: Match, accepted: Sequence[Term]) -> Reason | None:
        """Why an occurrence owes nothing of its own: an inflected entry does not settle a plain one."""
        plain = not match.traits & Trait.INFLECTED
        here = place(match)
        if (here, True) in self.rendered or (not plain and (here, False) in self.rendered):
            return Reason.RENDERED_AS_OTHER_ENTRY
        if not self.asked.isdisjoint([(here, term.text) for term in accepted]):
            return Reason.ASKED_BY_OTHER_ENTRY
        return None

    def add(self, obligation: Obligation) -> None:
        """Add what a closer look settles."""
        if obligation.met:
            self.rendered |= {(place(match), True) for match in obligation.occurrences}
        self.asked |= {
            (place(match), term.text) for match in obligation.occurrences for term in obligation.accepted
        }


def _acquits(match: Match) -> bool:
    return not match.traits & DOUBTFUL or is_unaltered(match)
