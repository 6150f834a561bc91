"""What a score of a glossary is: how each concept fares in texts, and how its entry could be mended."""

from __future__ import annotations

import enum

from msgspec import Struct

from termcheck.model import CaseMode, Concept, Glossary, MatchMode, Severity, TermcheckError


class Kind(enum.Enum):
    """How it is known what stands in a rendering's place.

    Seen there by the check itself: a forbidden rendering, one that is almost the listed one, the source term
    as it is. Or inferred: a phrase that stands in these pairs far more often than in others.
    """

    FORBIDDEN = "forbidden"
    NEAR = "near"
    LEFT = "left"
    PHRASE = "phrase"


class Rendering(Struct, frozen=True):
    """A rendering and the number of pairs it meets; `listed`: by this entry, not by another for the same."""

    text: str
    pairs: int
    listed: bool = True


class Substitute(Struct, frozen=True):
    """What stands in missed pairs instead, in how many of them, and in how many pairs besides.

    `score` is the G² of an inferred phrase, otherwise 0.
    """

    text: str
    kind: Kind
    pairs: int
    besides: int = 0
    score: float = 0.0


class Proposal(Struct, frozen=True):
    """How an entry could be mended: renderings to allow, phrases it is not meant in, and settings.

    `match` and `case` are for the source term. `remaining` is how many misses this leaves.
    """

    allow: tuple[str, ...] = ()
    except_in: tuple[str, ...] = ()
    match: MatchMode | None = None
    case: CaseMode | None = None
    severity: Severity | None = None
    remaining: int = 0

    def __bool__(self) -> bool:
        return bool(self.allow or self.except_in or self.match or self.case or self.severity)


class TermScore(Struct, frozen=True):
    """A concept that occurs in the texts.

    `source` is its term met most often. `pairs` are those that owe it a rendering, with `occurrences` of
    it; a pair has one or several of `renderings`, or one in a paragraph `nearby`, or is one of `missed`.
    """

    concept: Concept
    source: str
    target_lang: str
    pairs: int
    occurrences: int
    renderings: tuple[Rendering, ...]
    nearby: int
    missed: int
    instead: tuple[Substitute, ...]
    proposal: Proposal

    @property
    def rate(self) -> float:
        """The firing rate: the share of pairs that would be reported."""
        return self.missed / self.pairs


class Scorecard(Struct, frozen=True):
    """All concepts that occur, the most missed first.

    `terms` counts those that could have occurred; `glossaries` are those used. `errors` and `notices` are
    as in a Report.
    """

    scores: tuple[TermScore, ...]
    glossaries: tuple[Glossary, ...] = ()
    files: int = 0
    pairs: int = 0
    terms: int = 0
    terms_seen: int = 0
    errors: tuple[TermcheckError, ...] = ()
    notices: tuple[str, ...] = ()
