"""The matches of each segment of a bitext, which is scanned once."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.match import Match
from termcheck.model import Segment, Side


class SegmentMatches:
    """Scans segments with a glossary's lexicons and remembers what it found."""

    def __init__(self, glossary: CompiledGlossary) -> None:
        self._lexicons = {Side.SOURCE: glossary.source, Side.TARGET: glossary.target}
        # By identity, because comparing long texts is costly. The entry holds the segment, so that no other
        # segment can take its identity.
        self._known: dict[Side, dict[int, tuple[Segment, tuple[Match, ...]]]] = {side: {} for side in Side}

    def scan(self, segments: Sequence[Segment], side: Side) -> list[tuple[Match, ...]]:
        """The matches of each segment; all new segments are scanned in one pass."""
        known = self._known[side]
        new = [segment for segment in segments if id(segment) not in known]
        for segment, matches in zip(new, self._lexicons[side].scan(new), strict=True):
            known[id(segment)] = segment, matches
        return [known[id(segment)][1] for segment in segments]

    def withdrawn(self) -> frozenset[int]:
        """The identities of terms about which nothing can be said.

        A regular expression of their concept has taken too long, and may have rendered it.
        """
        return frozenset(
            id(term)
            for lexicon in self._lexicons.values()
            for concept, _ in lexicon.given_up
            for term in concept.terms
        )

    def anchors(self, segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
        """The ids of the concepts that seem to be in each segment, which serve the aligner as anchors."""
        return self._lexicons[side].concepts_in([segment.unprotected_text for segment in segments])
