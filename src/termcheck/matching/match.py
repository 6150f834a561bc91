"""A match: a stretch of a segment that is, or may be, a term of the glossary."""

from __future__ import annotations

from msgspec import Struct

from termcheck.model import Concept, Segment, Span, Term


class Trait:
    """How a match differs from the listed term. The strict side refuses most traits, the lenient side none.

    These are bits of an int, because `enum.Flag` is ten times as slow and every match of a corpus tests them.

    - INFLECTED: an inflected form of the term;
    - GLUED: part of a longer word, such as a hyphenated one, or perhaps another word;
    - NESTED: inside a longer match, or at the place of a match with a higher priority;
    - OTHER_CASE: the case is a slip;
    - MEANT: the listed case is surely meant, so that the slip can be mended;
    - SHOUTED: an acronym in a paragraph of capitals;
    - LENIENT: found by a lenient search;
    - SHIELDED: inside a phrase of `except_in`;
    - RELATED: renders a related concept, or is an abbreviation that the document introduces.
    """

    NONE = 0
    INFLECTED = 1
    GLUED = 2
    NESTED = 4
    OTHER_CASE = 8
    SHOUTED = 16
    LENIENT = 32
    SHIELDED = 64
    RELATED = 128
    MEANT = 256


DOUBTFUL = Trait.GLUED | Trait.NESTED | Trait.SHOUTED | Trait.SHIELDED


class Match(Struct, frozen=True):
    """A term found at `span` (code points of `segment.text`); `traits` are bits of `Trait`.

    `holder` is the longer text that a NESTED or SHIELDED match lies in; it is empty if another entry at the
    same place has priority.
    """

    concept: Concept
    term: Term
    segment: Segment
    span: Span
    traits: int = Trait.NONE
    holder: str = ""

    @property
    def text(self) -> str:
        """The matched text as written."""
        return self.segment.text[self.span.start : self.span.end]

    @property
    def certain(self) -> bool:
        """Whether the match surely is the term, so that it may oblige or accuse."""
        return not self.traits & DOUBTFUL


def place(match: Match) -> tuple[int, Span]:
    """What two matches of one pair at the same place have in common."""
    return id(match.segment), match.span
