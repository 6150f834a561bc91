"""The pair of paragraphs at a place, with its terms and renderings: what hover, completion and links show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine import PreparedBitext, check_bitext
from termcheck.matching.match import Match
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Concept, Segment, SegmentPair, Side, Span, Term


class PairAt(Struct):
    """A pair, which side of it a place is on, and the verdict on it. Offsets are in code points."""

    verdict: PairVerdict
    side: Side
    segment: Segment
    prepared: PreparedBitext

    @property
    def owed(self) -> list[Concept]:
        """The concepts of the source whose rendering is missing in the target."""
        return [obligation.concept for obligation in self.verdict.obligations if not obligation.met]

    @property
    def concepts(self) -> list[Concept]:
        """The concepts in the source, each once."""
        found = {match.concept.id: match.concept for match in self.verdict.source}
        return list(found.values())

    def matches_at(self, offset: int) -> list[tuple[Match, Span]]:
        """The terms or renderings at an offset of the raw text, the longest first, with their raw spans."""
        matches = self.verdict.source if self.side is Side.SOURCE else self.verdict.target
        found = [(match, match.segment.raw_span(match.span)) for match in matches]
        here = [(match, span) for match, span in found if span.start <= offset <= span.end]
        return sorted(here, key=lambda one: -len(one[1]))

    def renderings(self, concept: Concept) -> list[Term]:
        """The renderings of a concept that are accepted here, preferred ones first."""
        language = self.prepared.compiled.target_lang
        terms = [
            term
            for term in concept.in_language(language)
            if term.status.accepted and self.prepared.active(term)
        ]
        return sorted(terms, key=lambda term: term.status.value != "preferred")


def pair_at(prepared: PreparedBitext, side: Side, offset: int, settings: Settings) -> PairAt | None:
    """The pair whose paragraph holds an offset of the raw text on one side; None if there is none."""
    for pair in prepared.bitext.pairs:
        segments = pair.source if side is Side.SOURCE else pair.target
        for segment in segments:
            if segment.raw.start <= offset <= segment.raw.end:
                return PairAt(_verdict(prepared, pair, settings), side, segment, prepared)
    return None


def places(prepared: PreparedBitext, concept: Concept) -> Iterator[Span]:
    """The raw spans in the source of a bitext where a concept occurs."""
    segments = [segment for pair in prepared.bitext.pairs for segment in pair.source]
    for matches in prepared.matches.scan(segments, Side.SOURCE):
        for match in matches:
            if match.certain and match.concept.id == concept.id:
                yield match.segment.raw_span(match.span)


def verdicts(prepared: PreparedBitext, settings: Settings) -> Sequence[PairVerdict]:
    """The verdicts on all pairs of a bitext."""
    return check_bitext(prepared, settings).verdicts


def _verdict(prepared: PreparedBitext, pair: SegmentPair, settings: Settings) -> PairVerdict:
    """The verdict on one pair, without what the rest of the document says."""
    alone = replace(prepared, to_judge=(pair,), is_start=False)
    return check_bitext(alone, settings).verdicts[0]
