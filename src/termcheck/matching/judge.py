"""From matches to verdicts, pair by pair: which terms oblige, what meets them, what accuses.

Strict to accuse: an occurrence obliges only if it surely is the term. Lenient to acquit: anything a
fair editor would take for the rendering meets the obligation. The looks are ordered by cost, so that
inflection, insertions and the dictionary are asked only about what is still unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.matching.lenient.insertions import Insertion
from termcheck.matching.lenient.target_evidence import Neighbourhood, TargetEvidence, as_kept, keeps_name
from termcheck.matching.match import DOUBTFUL, Match, Trait
from termcheck.matching.related_concepts import Kinship
from termcheck.matching.strict import segmentation
from termcheck.model import Concept, Count, SegmentPair, Span, Term
from termcheck.text.fold import fold

NO_NEIGHBOURHOOD = Neighbourhood()

# Below this posterior of the aligner a rendering may as well stand in a neighbouring paragraph.
SURE_PAIR = 0.9


class Obligation(Struct, frozen=True):
    """A concept that occurs in the source of a pair, and what became of it in the target.

    `met_by` are its accepted renderings, in order of place. Where there is none, `near` may be
    (rendering, match) of a near miss, `left` the source term standing untranslated.
    """

    concept: Concept
    occurrences: tuple[Match, ...]
    accepted: tuple[Term, ...]
    met_by: tuple[Match, ...] = ()
    rendered_nearby: bool = False
    misspelling: tuple[str, Match] | None = None
    untranslated: Match | None = None

    @property
    def met(self) -> bool:
        """Whether anything acquits: here, or in another paragraph of the run of an unsure pair."""
        return bool(self.met_by) or self.rendered_nearby

    @property
    def is_clean(self) -> bool:
        """Whether it is met here, in the case that it asks for; true only if that is all it asks for."""
        return self.concept.count is Count.ONCE and any(
            not match.traits & Trait.OTHER_CASE for match in self.met_by
        )


class JudgedPair(Struct, frozen=True):
    """The facts about one pair that rules turn into findings.

    `source` and `target` hold all matches of active terms; `accusing` those renderings that the
    glossary forbids or deprecates and that surely are meant.
    """

    pair: SegmentPair
    source: tuple[Match, ...]
    target: tuple[Match, ...]
    obligations: tuple[Obligation, ...] = ()
    accusing: tuple[Match, ...] = ()

    @property
    def is_paired(self) -> bool:
        """Whether there is something on both sides."""
        return bool(self.pair.source and self.pair.target)

    @property
    def is_clean(self) -> bool:
        """Whether both sides have text, every obligation is met as it asks, and nothing is accused."""
        return (
            self.is_paired
            and not self.accusing
            and all(obligation.is_clean for obligation in self.obligations)
            and any(segment.text.strip() for segment in self.pair.target)
        )


class Judge(Struct):
    """Judges the pairs of one document, in order; `active` says which terms are valid there and in scope.

    `kinship` knows which other entries and short forms acquit; it learns from pair to pair. `capitalised`
    says that the glossary begins its renderings with a capital by habit, `refused` which texts with an
    insertion are terms of their own in the document.
    """

    source_lang: str
    target_lang: str
    active: Callable[[Term], bool]
    kinship: Kinship = field(default_factory=Kinship)
    capitalised: bool = False
    refused: frozenset[Insertion] = frozenset()
    _known: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    def judge(
        self,
        pair: SegmentPair,
        source: Sequence[Match],
        target: Sequence[Match],
        around: Neighbourhood = NO_NEIGHBOURHOOD,
    ) -> JudgedPair:
        """Judge one pair by its matches; `around` is the rest of an unsure pair's run."""
        source = tuple([match for match in source if self.active(match.term)])
        target = tuple([match for match in target if self.active(match.term)])
        self.kinship.read(source, target)
        obligations: tuple[Obligation, ...] = ()
        if any(segment.text.strip() for segment in pair.target):
            evidence = TargetEvidence(self.target_lang, pair, target, around, self.capitalised, self.refused)
            obligations = tuple(self._obligations(source, evidence))
        return JudgedPair(pair, source, target, obligations, tuple(self._accusing(source, target)))

    def _obligations(self, source: tuple[Match, ...], evidence: TargetEvidence) -> Iterator[Obligation]:
        certain: dict[str, list[Match]] = {}
        for match in source:
            if match.certain:
                certain.setdefault(match.concept.id, []).append(match)
        obligation = [self._first_look(matches, evidence) for matches in certain.values()]
        covered = _covered(obligation)
        asked: set[_Asked] = set()
        for one in obligation:
            rest = one.occurrences if one.met else tuple(_unsettled(one, covered, asked))
            if not one.accepted or not rest:
                continue
            if not one.met:
                one = self._second_look(replace(one, occurrences=rest), evidence)
                if one.met:
                    covered |= {(place(match), True) for match in one.occurrences}
                asked |= _asks(one)
            elif one.concept.count is Count.EACH and len(one.met_by) < len(one.occurrences):
                one = self._count_again(one, evidence)
            if one.occurrences:
                yield one
                if not one.met:
                    yield from self._parts(one, source, certain, evidence)

    def _parts(
        self, whole: Obligation, source: tuple[Match, ...], known: Container[str], evidence: TargetEvidence
    ) -> Iterator[Obligation]:
        """What a longer term that is not rendered as listed still owes: the shorter terms inside it.

        While the longer one is rendered they owe nothing, for their renderings are part of its own.
        """
        inner: dict[str, list[Match]] = {}
        for match in source:
            if match.concept.id not in known and any(_is_part(match, one) for one in whole.occurrences):
                inner.setdefault(match.concept.id, []).append(match)
        for matches in inner.values():
            one = self._first_look(matches, evidence)
            if one.accepted and not one.met:
                one = self._second_look(one, evidence)
                if one.occurrences:
                    yield one

    def _first_look(self, matches: list[Match], evidence: TargetEvidence) -> Obligation:
        concept = matches[0].concept
        rendered = evidence.of(concept)
        met_by = tuple([match for match in rendered if match.term.status.accepted and _acquits(match)])
        return Obligation(concept, tuple(matches), self._accepted(concept), met_by)

    def _accepted(self, concept: Concept) -> tuple[Term, ...]:
        found = self._known.get(concept.id)
        if found is None:
            terms = [t for t in concept.in_language(self.target_lang) if t.status.accepted and self.active(t)]
            found = tuple(sorted(terms, key=lambda term: term.status.value != "preferred"))
            self._known[concept.id] = found
        return found

    def _second_look(self, one: Obligation, evidence: TargetEvidence) -> Obligation:
        """Look again, leniently, at what the automaton found unmet; then strictly at the occurrence."""
        met_by = tuple(evidence.lenient_matches(one.concept, one.accepted)) or tuple(
            self._by_kin(one, evidence)
        )
        if met_by:
            return replace(one, met_by=met_by)
        rest = tuple(match for match in one.occurrences if not keeps_name(match, evidence.pair.target))
        rest = tuple(match for match in rest if not segmentation.straddled_word(match))
        if not rest:
            return replace(one, occurrences=())
        unsure = evidence.pair.confidence < SURE_PAIR
        if unsure and evidence.is_rendered_nearby(one.concept, one.accepted):
            return replace(one, occurrences=rest, rendered_nearby=True)
        left = next(evidence.untranslated(one.concept, rest), None)
        miss = None if left else evidence.misspelling(one.concept, one.accepted)
        return replace(one, occurrences=rest, misspelling=miss, untranslated=left)

    def _by_kin(self, one: Obligation, evidence: TargetEvidence) -> Iterator[Match]:
        """Short forms the document has introduced, and renderings of entries for the same thing."""
        if one.concept.keep:
            return
        for term in self.kinship.short_forms(one.concept):
            for match in evidence.verbatim_matches(one.concept, term, term.text):
                if match.text == term.text:
                    yield replace(match, traits=Trait.RELATED)
        for other in self.kinship.others(one.concept):
            for match in evidence.target:
                if match.concept is other and match.term.status.accepted:
                    yield replace(match, traits=match.traits | Trait.RELATED)
            for match in evidence.lenient_matches(other, self._accepted(other)):
                yield replace(match, traits=Trait.LENIENT | Trait.RELATED)

    def _count_again(self, one: Obligation, evidence: TargetEvidence) -> Obligation:
        """Count what the automaton misses: inflected renderings, and occurrences that are none."""
        occurrences = tuple(match for match in one.occurrences if not segmentation.straddled_word(match))
        known = [place(match) for match in one.met_by]
        more = tuple(
            match
            for match in evidence.lenient_matches(one.concept, one.accepted)
            if not any(number == id(match.segment) and span.overlaps(match.span) for number, span in known)
        )
        return replace(one, occurrences=occurrences, met_by=one.met_by + more)

    def _accusing(self, source: tuple[Match, ...], target: tuple[Match, ...]) -> Iterator[Match]:
        """Forbidden and deprecated renderings, strictly: whole, of their own, and meant."""
        for match in target:
            if match.term.status.accepted or not match.certain or self._excused(match, source, target):
                continue
            if not _in_own_hyphens(match) and self._wants_hyphens(match):
                continue
            opposite = (other for other in source if other.concept is match.concept and other.certain)
            meant = match.term.where.value == "always" or not all(map(segmentation.straddled_word, opposite))
            if meant and not segmentation.straddled_word(match):
                yield match

    def _wants_hyphens(self, match: Match) -> bool:
        """Whether an accepted rendering differs from the forbidden one by hyphens and blanks alone."""
        language = match.term.language
        letters = _letters(match.term.text, language)
        accepted = self._accepted(match.concept)
        return any(_letters(term.text, language) == letters for term in accepted)

    def _excused(self, match: Match, source: tuple[Match, ...], target: tuple[Match, ...]) -> bool:
        """Whether the same words are accepted, in that case, for a concept that is there to be rendered."""
        present = {other.concept.id for other in source} | {match.concept.id}
        return any(
            place(other) == place(match)
            and other.term.status.accepted
            and other.concept.id in present
            and (match.traits & Trait.OTHER_CASE or not other.traits & Trait.OTHER_CASE)
            and (_in_own_hyphens(other) or not _in_own_hyphens(match))
            for other in target
        )


def _in_own_hyphens(match: Match) -> bool:
    """Whether a match has the hyphens and blanks of its term, where it has any; its ending may differ."""
    language = match.term.language
    listed, found = fold(match.term.text, language).text, fold(match.text, language).text
    return _marks(listed) == _marks(found)


def _letters(text: str, language: str) -> str:
    return "".join(filter(str.isalnum, fold(text, language).text))


def _marks(folded: str) -> str:
    return "".join(char for char in folded if not char.isalnum())


_Asked = tuple[tuple[int, Span], str]
"""A place and a rendering that is asked for there."""


def _asks(obligation: Obligation) -> set[_Asked]:
    return {(place(match), term.text) for match in obligation.occurrences for term in obligation.accepted}


def _unsettled(
    obligation: Obligation, covered: set[tuple[tuple[int, Span], bool]], asked: set[_Asked]
) -> Iterator[Match]:
    """The occurrences that no other entry settles: by being rendered, or by asking for the same already."""
    for match in obligation.occurrences:
        asks = ((place(match), term.text) for term in obligation.accepted)
        if not _is_covered(match, covered) and asked.isdisjoint(asks):
            yield match


def _covered(obligation: Sequence[Obligation]) -> set[tuple[tuple[int, Span], bool]]:
    """Places that are rendered as some entry, and whether that entry is written there as it is listed."""
    if all(one.met for one in obligation):
        return set()  # nobody will ask
    met = (match for one in obligation if one.met for match in one.occurrences)
    return {(place(match), not match.traits & Trait.INFLECTED) for match in met}


def _is_covered(match: Match, covered: set[tuple[tuple[int, Span], bool]]) -> bool:
    """Whether another entry at the same place is settled; an inflected one settles no plain one."""
    plain = not match.traits & Trait.INFLECTED
    return (place(match), True) in covered or (not plain and (place(match), False) in covered)


def _is_part(match: Match, whole: Match) -> bool:
    """Whether a match lies in another one, as a term of its own and with fewer letters."""
    if match.traits & DOUBTFUL != Trait.NESTED or match.segment is not whole.segment:
        return False
    fewer = sum(map(str.isalnum, match.text)) < sum(map(str.isalnum, whole.text))
    return fewer and bool(match.holder) and whole.span.contains(match.span)


def place(match: Match) -> tuple[int, Span]:
    """What two matches at the same place have in common."""
    return id(match.segment), match.span


def _acquits(match: Match) -> bool:
    return not match.traits & DOUBTFUL or as_kept(match)
