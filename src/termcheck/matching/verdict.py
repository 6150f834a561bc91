"""What matching finds out about a pair: obligations, accusations, and the reason for everything it dismisses.

Rules turn verdicts into findings, and `termcheck glossary trace` prints their reasons.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from termcheck.matching.match import Match, Trait
from termcheck.matching.strict.kept_text import KeptText
from termcheck.model import Concept, Count, SegmentPair, Term

# An aligner's posterior below this leaves open whether the rendering stands in a neighbouring paragraph.
SURE_PAIR = 0.9


class Reason(enum.Enum):
    """Why a source term creates no obligation, or why a forbidden rendering is not reported."""

    SHIELDED = "shielded"
    INSIDE_LONGER_TERM = "inside a longer term"
    OTHER_ENTRY_PREFERRED = "another entry has priority"
    JOINED = "joined to its neighbour"
    PARAGRAPH_IN_CAPITALS = "paragraph in capitals"
    STRADDLES_WORDS = "straddles dictionary words"
    VERB_OF_NOUN = "a verb of this noun"
    PART_OF_KEPT_NAME = "part of a name kept in the target"
    KEPT_IN_MARKS = "in a name set off on both sides"
    SAME_ON_BOTH_SIDES = "both sides are the same text"
    RENDERED_AS_OTHER_ENTRY = "rendered as another entry"
    ASKED_BY_OTHER_ENTRY = "another entry asks for the same rendering"
    NO_VALID_RENDERING = "no accepted rendering is valid"
    NO_TARGET_TEXT = "the target has no text"
    PAIR_TOO_UNSURE = "the pair is too unsure"
    NOT_OPPOSITE_ITS_TERM = "no source term opposite"
    TERM_STRADDLES_WORDS = "the source term opposite straddles dictionary words"
    ACCEPTED_FOR_OTHER_CONCEPT = "accepted for another concept"
    ONLY_HYPHENS_DIFFER = "differs from an accepted rendering by hyphens only"


class Dismissal(Struct, frozen=True):
    """A match that has no consequence, and why; `detail` quotes the word, term or name behind the reason."""

    match: Match
    reason: Reason
    detail: str = ""


def kept_reason(kept: KeptText, match: Match) -> tuple[Reason, str]:
    """The reason, and the detail, for dismissing a match in kept text."""
    if kept.is_whole:
        return Reason.SAME_ON_BOTH_SIDES, ""
    return Reason.KEPT_IN_MARKS, kept.name_around(match)


class Obligation(Struct, frozen=True):
    """A concept that occurs in the source of a pair, and how the target renders it.

    `met_by` holds its accepted renderings in order of place. Where it is empty, `misspelling` may hold
    (listed rendering, match of the near miss) and `untranslated` the source term left in the target.
    `rendered_nearby`: the pair is unsure, and another paragraph of its run renders the concept.
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
        """Whether anything acquits, in this pair or nearby."""
        return bool(self.met_by) or self.rendered_nearby

    @property
    def is_clean(self) -> bool:
        """Whether one rendering is enough and stands here in the right case."""
        return self.concept.count is Count.ONCE and any(
            not match.traits & Trait.OTHER_CASE for match in self.met_by
        )


class PairVerdict(Struct, frozen=True):
    """The facts about one pair.

    `source` and `target` hold all matches of active terms. `accusing` are the matches of forbidden and
    deprecated renderings that are surely meant. `dismissed` are matches without consequence; a match that
    its own traits rule out is not listed there, `reason_for` knows it all the same.
    """

    pair: SegmentPair
    source: tuple[Match, ...]
    target: tuple[Match, ...]
    obligations: tuple[Obligation, ...] = ()
    accusing: tuple[Match, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()

    @property
    def is_paired(self) -> bool:
        """Whether there is a segment on both sides."""
        return bool(self.pair.source and self.pair.target)

    @property
    def is_clean(self) -> bool:
        """Whether both sides have text, every obligation is met as it asks, and nothing accuses."""
        return (
            self.is_paired
            and not self.accusing
            and all(obligation.is_clean for obligation in self.obligations)
            and any(segment.text.strip() for segment in self.pair.target)
        )

    def obligation_of(self, match: Match) -> Obligation | None:
        """The obligation that a source match creates, if any."""
        return next(
            (
                obligation
                for obligation in self.obligations
                if any(match is occurrence for occurrence in obligation.occurrences)
            ),
            None,
        )

    def reason_for(self, match: Match) -> Dismissal:
        """Why a source match creates no obligation, or why a forbidden target match is not reported."""
        recorded = next((dismissal for dismissal in self.dismissed if dismissal.match is match), None)
        return recorded or dismissal_by_traits(match)


_BY_TRAIT = (
    (Trait.SHIELDED, Reason.SHIELDED),
    (Trait.NESTED, Reason.INSIDE_LONGER_TERM),
    (Trait.GLUED, Reason.JOINED),
    (Trait.SHOUTED, Reason.PARAGRAPH_IN_CAPITALS),
)


def dismissal_by_traits(match: Match) -> Dismissal:
    """Why the strict side does not rely on an uncertain match; raises ValueError for a certain one."""
    for trait, reason in _BY_TRAIT:
        if match.traits & trait:
            if reason is Reason.INSIDE_LONGER_TERM and not match.holder:
                reason = Reason.OTHER_ENTRY_PREFERRED
            return Dismissal(match, reason, match.holder)
    raise ValueError(f"nothing rules out {match.text!r}")
