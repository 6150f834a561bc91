"""What a source text that is still to be translated asks of its translation."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model.findings import Location


class TermInText(Struct, frozen=True):
    """A term that occurs in a source text, and how it is to be rendered.

    `id` is that of its concept and `term` the source term as the glossary has it. `renderings` are the
    accepted ones, the preferred ones first; `forbidden` are those to avoid. `keep`: the term stays as it is.
    `places` says where it occurs; `origin` is its place in the glossary.
    """

    id: str
    term: str
    renderings: tuple[str, ...]
    forbidden: tuple[str, ...]
    places: tuple[Location, ...]
    keep: bool = False
    definition: str = ""
    note: str = ""
    origin: str = ""

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.places)

    def with_places(self, more: Iterable[Location]) -> TermInText:
        """The same with its places in another text."""
        return replace(self, places=(*self.places, *more))
