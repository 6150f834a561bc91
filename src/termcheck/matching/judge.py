"""From matches to verdicts, pair by pair: which terms oblige, what meets them, what accuses.

Strict to accuse: an occurrence obliges only if it surely is the term. Lenient to acquit: anything a
fair editor would take for the rendering meets the obligation. The looks are ordered by cost, so that
inflection, insertions and the dictionary are asked only about what is still unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from termcheck.matching import casing, edges, loose, near, seams
from termcheck.matching.match import DOUBTFUL, Match, Trait
from termcheck.matching.words import WordView, word_view
from termcheck.model import Concept, Count, MatchMode, Segment, SegmentPair, Span, Term
from termcheck.text.fold import fold

# Below this posterior of the aligner a rendering may as well stand in a neighbouring paragraph.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Obligation:
    """A concept that occurs in the source of a pair, and what became of it in the target.

    `met_by` are its accepted renderings, in order of place. Where there is none, `near` may be
    (rendering, match) of a near miss, `left` the source term standing untranslated.
    """

    concept: Concept
    occurrences: tuple[Match, ...]
    accepted: tuple[Term, ...]
    met_by: tuple[Match, ...] = ()
    elsewhere: bool = False
    near: tuple[str, Match] | None = None
    left: Match | None = None

    @property
    def met(self) -> bool:
        """Whether anything acquits: here, or in another paragraph of the run of an unsure pair."""
        return bool(self.met_by) or self.elsewhere


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """The facts about one pair that rules turn into findings.

    `source` and `target` hold all matches of active terms; `accusing` those renderings that the
    glossary forbids or deprecates and that surely are meant.
    """

    pair: SegmentPair
    source: tuple[Match, ...]
    target: tuple[Match, ...]
    obligations: tuple[Obligation, ...] = ()
    accusing: tuple[Match, ...] = ()


@dataclass(slots=True)
class Judge:
    """Judges the pairs of one document; `active` says which terms are valid there and in scope."""

    source_lang: str
    target_lang: str
    active: Callable[[Term], bool]
    _views: dict[int, WordView] = field(default_factory=dict)

    def judge(
        self,
        pair: SegmentPair,
        source: Sequence[Match],
        target: Sequence[Match],
        nearby: Callable[[], Sequence[Match]],
        nearby_segments: Sequence[Segment] = (),
    ) -> JudgedPair:
        """Judge one pair by its matches; `nearby` gives those of the rest of an unsure pair's run."""
        self._views.clear()
        source = tuple(match for match in source if self.active(match.term))
        target = tuple(match for match in target if self.active(match.term))
        obligations: tuple[Obligation, ...] = ()
        if any(segment.text.strip() for segment in pair.target):
            obligations = tuple(self._obligations(pair, source, target, nearby, nearby_segments))
        return JudgedPair(pair, source, target, obligations, tuple(self._accusing(source, target)))

    def _obligations(
        self,
        pair: SegmentPair,
        source: tuple[Match, ...],
        target: tuple[Match, ...],
        nearby: Callable[[], Sequence[Match]],
        nearby_segments: Sequence[Segment],
    ) -> Iterator[Obligation]:
        certain: dict[str, list[Match]] = {}
        for match in source:
            if match.certain:
                certain.setdefault(match.concept.id, []).append(match)
        owed = [self._first_look(matches, target) for matches in certain.values()]
        covered = {place(match) for one in owed if one.met for match in one.occurrences}
        for one in owed:
            rest = tuple(match for match in one.occurrences if one.met or place(match) not in covered)
            if not one.accepted or not rest:
                continue
            if not one.met:
                one = self._second_look(one, rest, pair, target, nearby, nearby_segments)
                covered.update(place(match) for match in one.occurrences)
            elif one.concept.count is Count.EACH and len(one.met_by) < len(one.occurrences):
                one = self._count_again(one, pair.target)
            if one.occurrences:
                yield one

    def _first_look(self, matches: list[Match], target: tuple[Match, ...]) -> Obligation:
        concept = matches[0].concept
        met_by = tuple(m for m in target if m.concept is concept and m.term.status.accepted and _acquits(m))
        return Obligation(concept, tuple(matches), self._accepted(concept), met_by)

    def _accepted(self, concept: Concept) -> tuple[Term, ...]:
        terms = [t for t in concept.in_language(self.target_lang) if t.status.accepted and self.active(t)]
        return tuple(sorted(terms, key=lambda term: term.status.value != "preferred"))

    def _second_look(
        self,
        one: Obligation,
        rest: tuple[Match, ...],
        pair: SegmentPair,
        target: tuple[Match, ...],
        nearby: Callable[[], Sequence[Match]],
        nearby_segments: Sequence[Segment],
    ) -> Obligation:
        """Look again, leniently, at what the automaton found unmet; then strictly at the occurrence."""
        met_by = tuple(self._loosely(one, pair.target))
        if met_by:
            return Obligation(one.concept, rest, one.accepted, met_by)
        rest = tuple(match for match in rest if not self.seam(match))
        if not rest:
            return Obligation(one.concept, (), one.accepted)
        if pair.confidence < SURE and (
            any(match.concept is one.concept and match.term.status.accepted for match in nearby())
            or next(self._loosely(one, nearby_segments), None)
        ):
            return Obligation(one.concept, rest, one.accepted, elsewhere=True)
        left = next(self._left(one, rest, pair.target), None)
        miss = None if left else self._near(one, pair.target, target)
        return Obligation(one.concept, rest, one.accepted, near=miss, left=left)

    def _count_again(self, one: Obligation, segments: Sequence[Segment]) -> Obligation:
        """Count what the automaton misses: inflected renderings, and occurrences that are none."""
        occurrences = tuple(match for match in one.occurrences if not self.seam(match))
        known = [place(match) for match in one.met_by]
        more = tuple(
            match
            for match in self._loosely(one, segments)
            if not any(number == id(match.segment) and span.overlaps(match.span) for number, span in known)
        )
        return Obligation(one.concept, occurrences, one.accepted, one.met_by + more)

    def _loosely(self, one: Obligation, segments: Sequence[Segment]) -> Iterator[Match]:
        for term in one.accepted:
            if term.match in (MatchMode.EXACT, MatchMode.REGEX):
                continue
            for segment in segments:
                for span in loose.find(term.text, self.target_lang, self.view(segment)):
                    match = Match(one.concept, term, segment, span, Trait.LOOSE)
                    if _case_acquits(match):
                        yield match

    def view(self, segment: Segment) -> WordView:
        """The words of a segment, split once."""
        if id(segment) not in self._views:
            self._views[id(segment)] = word_view(segment, self.target_lang)
        return self._views[id(segment)]

    def seam(self, match: Match) -> str:
        """The dictionary word that a Chinese match cuts, or an empty string."""
        return seams.cut_word(match)

    def _left(self, one: Obligation, rest: tuple[Match, ...], segments: Sequence[Segment]) -> Iterator[Match]:
        """The source term, as it occurs, standing in the target."""
        for text in dict.fromkeys(match.text for match in rest):
            sought = fold(text, self.target_lang).text
            for segment in segments:
                folded = self.view(segment).folded
                at = folded.text.find(sought)
                while at >= 0:
                    end = at + len(sought)
                    span = folded.origin(Span(at, end))
                    if _free(folded.text, at, end) and not any(span.overlaps(p) for p in segment.protected):
                        yield Match(one.concept, rest[0].term, segment, span)
                    at = folded.text.find(sought, at + 1)

    def _near(
        self, one: Obligation, segments: Sequence[Segment], target: tuple[Match, ...]
    ) -> tuple[str, Match] | None:
        terms = [t for t in one.accepted if t.match is not MatchMode.REGEX and not casing.case_counts(t)]
        for segment in segments:
            taken = [match.span for match in target if match.segment is segment]
            found = near.find([term.text for term in terms], self.target_lang, self.view(segment), taken)
            if found is not None:
                term = next(term for term in terms if term.text == found[0])
                return found[0], Match(one.concept, term, segment, found[1])
        return None

    def _accusing(self, source: tuple[Match, ...], target: tuple[Match, ...]) -> Iterator[Match]:
        """Forbidden and deprecated renderings, strictly: whole, of their own, and meant."""
        for match in target:
            if match.term.status.accepted or not match.certain or self._excused(match, source, target):
                continue
            opposite = (other for other in source if other.concept is match.concept and other.certain)
            meant = match.term.where.value == "always" or not all(map(self.seam, opposite))
            if meant and not self.seam(match):
                yield match

    def _excused(self, match: Match, source: tuple[Match, ...], target: tuple[Match, ...]) -> bool:
        """Whether the same words are accepted, in that case, for a concept that is there to be rendered."""
        present = {other.concept.id for other in source} | {match.concept.id}
        return any(
            place(other) == place(match)
            and other.term.status.accepted
            and other.concept.id in present
            and (match.traits & Trait.OTHER_CASE or not other.traits & Trait.OTHER_CASE)
            for other in target
        )


def place(match: Match) -> tuple[int, Span]:
    """What two matches at the same place have in common."""
    return id(match.segment), match.span


def _acquits(match: Match) -> bool:
    return not match.traits & DOUBTFUL or _case_acquits(match)


def _case_acquits(match: Match) -> bool:
    """A kept term must stand as it is; elsewhere case never decides here."""
    return not match.concept.keep or match.text == match.term.text


def _free(text: str, start: int, end: int) -> bool:
    return edges.fits(text, start, end) and not edges.glued(text, start, end)
