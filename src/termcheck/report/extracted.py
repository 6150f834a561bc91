"""The data of an extraction: pairs of terms that texts propose for a glossary."""

from __future__ import annotations

from msgspec import Struct

from termcheck.model import TermcheckError


class FoundRendering(Struct, frozen=True):
    """A rendering as it is written most often, and the number of pairs that have it beside the term.

    `proposed`: the entry gets it. The others are rivals to look at.
    """

    text: str
    pairs: int
    proposed: bool = True


class Example(Struct, frozen=True):
    """A sentence with the term, its counterpart, and where the text of the source begins (1-based line)."""

    path: str
    line: int
    source: str
    target: str


class Proposal(Struct, frozen=True):
    """A term with its renderings, the best first. `pairs` have the term; `confidence` is between 0 and 1."""

    source: str
    renderings: tuple[FoundRendering, ...]
    pairs: int
    confidence: float
    example: Example

    @property
    def drifts(self) -> bool:
        """Whether several renderings are in use."""
        return sum(rendering.proposed for rendering in self.renderings) > 1


class Extraction(Struct, frozen=True):
    """The proposals, the best first, and what they were made from.

    `sampled` is the number of pairs that were looked at; it is smaller than `pairs` for very large texts.
    `errors` and `notices` are as in a Report.
    """

    proposals: tuple[Proposal, ...]
    languages: tuple[str, str]
    files: int = 0
    pairs: int = 0
    sampled: int = 0
    known: int = 0
    errors: tuple[TermcheckError, ...] = ()
    notices: tuple[str, ...] = ()
