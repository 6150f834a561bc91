"""The data of a glossary score: how each concept fares in texts, and how to improve its entry."""

from __future__ import annotations

import enum

from msgspec import Struct

from termcheck.model import CaseMode, Concept, Glossary, MatchMode, Severity, TermcheckError


class Kind(enum.Enum):
    """The kind of a substitute for a rendering.

    The check itself finds the first three: a forbidden rendering, a misspelled rendering, and the source term
    left untranslated. A phrase is inferred, because it is far more frequent in these pairs than in others.
    """

    FORBIDDEN = "forbidden"
    NEAR = "near"
    LEFT = "left"
    PHRASE = "phrase"


class Rendering(Struct, frozen=True):
    """A rendering and its number of pairs; `listed` means by this entry, not by a related one."""

    text: str
    pairs: int
    listed: bool = True


class Substitute(Struct, frozen=True):
    """A text that missed pairs have instead of a rendering, and its number of missed and of other pairs.

    `score` is the G² of an inferred phrase, otherwise 0.
    """

    text: str
    kind: Kind
    pairs: int
    besides: int = 0
    score: float = 0.0


class Proposal(Struct, frozen=True):
    """Proposed changes of an entry: renderings to allow, phrases to add to `except_in`, and settings.

    `match` and `case` are for the source term. `remaining` is the number of misses that the changes leave.
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

    `source` is its most frequent source term. `pairs` counts the pairs that owe a rendering, and
    `occurrences` the occurrences in them. A pair has some of the `renderings`, or a rendering in a paragraph
    `nearby`, or is `missed`.
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
        """The share of the pairs that a check would report."""
        return self.missed / self.pairs


class Scorecard(Struct, frozen=True):
    """The scores of all concepts that occur, the most missed first.

    `terms` counts the concepts that could have occurred. `errors` and `notices` are as in a Report.
    """

    scores: tuple[TermScore, ...]
    glossaries: tuple[Glossary, ...] = ()
    files: int = 0
    pairs: int = 0
    terms: int = 0
    terms_seen: int = 0
    errors: tuple[TermcheckError, ...] = ()
    notices: tuple[str, ...] = ()
