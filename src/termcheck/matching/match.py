"""What scanning yields: a stretch of a segment that is, or may be, a term of the glossary."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from termcheck.model import Concept, Segment, Span, Term


class Trait(enum.Flag):
    """What sets a match apart from the plain term; the strict side refuses most, the lenient none."""

    NONE = 0
    INFLECTED = enum.auto()
    GLUED = enum.auto()
    NESTED = enum.auto()
    OTHER_CASE = enum.auto()
    SHOUTED = enum.auto()
    LOOSE = enum.auto()
    SHIELDED = enum.auto()
    SEAM = enum.auto()


DOUBTFUL = Trait.GLUED | Trait.NESTED | Trait.SHOUTED | Trait.SHIELDED | Trait.SEAM


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at `span` (code points of `segment.text`).

    `holder` is the longer text a NESTED or SHIELDED match lies in.
    """

    concept: Concept
    term: Term
    segment: Segment
    span: Span
    traits: Trait = Trait.NONE
    holder: str = ""

    @property
    def text(self) -> str:
        """The matched text as written."""
        return self.segment.text[self.span.start : self.span.end]

    @property
    def certain(self) -> bool:
        """Whether the strict side may rely on it."""
        return not self.traits & DOUBTFUL
