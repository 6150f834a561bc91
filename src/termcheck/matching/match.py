"""What scanning yields: a stretch of a segment that is, or may be, a term of the glossary."""

from __future__ import annotations

from msgspec import Struct

from termcheck.model import Concept, Segment, Span, Term


class Trait:
    """What sets a match apart from the plain term; the strict side refuses most, the lenient none.

    Bits of an int: `enum.Flag` takes ten times as long, and every match of a corpus asks for them.
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


DOUBTFUL = Trait.GLUED | Trait.NESTED | Trait.SHOUTED | Trait.SHIELDED


class Match(Struct, frozen=True):
    """A term found at `span` (code points of `segment.text`); `traits` are bits of `Trait`.

    `holder` is the longer text a NESTED or SHIELDED match lies in; it is empty where another entry with the
    same letters goes before this one.
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
        """Whether the strict side may rely on it."""
        return not self.traits & DOUBTFUL


def place(match: Match) -> tuple[int, Span]:
    """What two matches of one pair at the same place have in common."""
    return id(match.segment), match.span
