"""Merge several glossaries into one, in which later entries replace earlier ones.

The order is the user's: a team's glossary comes after the company's. What was replaced is recorded and
reported, because a replaced entry is no longer checked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.language_tags import primary_subtag
from termcheck.model import Concept, Glossary, Status, Term, same_language


class Conflict(Struct, frozen=True):
    """Entries for the same term in two files: `winner` is used, and `loser` is dropped or loses this name."""

    term: str
    winner: Concept
    loser: Concept

    @property
    def differs(self) -> bool:
        """Whether the two accept different renderings, so that it matters which one wins."""
        return _accepted(self.winner) != _accepted(self.loser)


class Loaded(Struct, frozen=True):
    """The merged glossary, and the entries that later files replaced in earlier ones."""

    glossary: Glossary
    conflicts: tuple[Conflict, ...] = ()


def merge(glossaries: Sequence[Glossary]) -> Loaded:
    """Merge glossaries: a later entry replaces an earlier one with the same key or the same id.

    If they only share a further name, the loser keeps its other names. An earlier entry with a higher
    `priority` is not replaced. Entries of the same file never replace one another.
    """
    if len(glossaries) == 1:
        return Loaded(glossaries[0])
    merged = _Merged()
    for glossary in glossaries:
        merged.take(glossary.concepts)
    first = glossaries[0]
    languages = list(first.languages)
    for tag in (tag for glossary in glossaries for tag in glossary.languages):
        if not any(same_language(tag, known) for known in languages):
            languages.append(tag)
    title = next((glossary.title for glossary in glossaries if glossary.title), "")
    paths = tuple(path for glossary in glossaries for path in glossary.paths)
    concepts = tuple(concept for concept in merged.slots if concept is not None)
    left_out = tuple(entry for glossary in glossaries for entry in glossary.left_out)
    notices = tuple(notice for glossary in glossaries for notice in glossary.notices)
    whole = Glossary(concepts, tuple(languages), title, paths, left_out, notices)
    return Loaded(whole, tuple(merged.conflicts))


class _Merged:
    """The concepts so far (None if replaced), with an index by id and by name."""

    def __init__(self) -> None:
        self.slots: list[Concept | None] = []
        self.conflicts: list[Conflict] = []
        self.index: dict[tuple[str, str], deque[int]] = {}

    def take(self, concepts: Iterable[Concept]) -> None:
        """Add the concepts of one file, which are only compared with earlier files."""
        kept = [concept for concept in map(self._against_earlier, concepts) if concept is not None]
        for concept in kept:
            for handle in _handles(concept):
                self.index.setdefault(handle, deque()).append(len(self.slots))
            self.slots.append(concept)

    def _against_earlier(self, new: Concept) -> Concept | None:
        """What remains of a new concept after the conflicts with earlier ones; None if it loses its key."""
        remaining: Concept | None = new
        for handle in _handles(new):
            owners = self.index.get(handle)
            # Owners that lost the name are removed, because thousands of entries may share one.
            while owners and remaining is not None and handle in _handles(remaining):
                earlier = self.slots[owners[0]]
                if earlier is not None and handle in _handles(earlier):
                    if earlier.priority > remaining.priority:
                        self.conflicts.append(Conflict(_name(handle, new), earlier, new))
                        remaining = _without(remaining, handle)
                        continue
                    self.conflicts.append(Conflict(_name(handle, new), new, earlier))
                    self.slots[owners[0]] = _without(earlier, handle)
                owners.popleft()
        return remaining


def _handles(concept: Concept) -> dict[tuple[str, str], None]:
    """The index keys of a concept: its id, and its accepted names in the language of its key."""
    names = (term for term in concept.terms if same_language(term.language, concept.terms[0].language))
    return {("", concept.id): None} | {_handle(term): None for term in names if term.status.accepted}


def _handle(term: Term) -> tuple[str, str]:
    return primary_subtag(term.language), term.text


def _name(handle: tuple[str, str], concept: Concept) -> str:
    return handle[1] if handle[0] else concept.terms[0].text


def _without(concept: Concept, handle: tuple[str, str]) -> Concept | None:
    """The concept without the name that it lost, or None if that is its id or its key."""
    if not handle[0] or handle == _handle(concept.terms[0]):
        return None
    return replace(concept, terms=tuple(term for term in concept.terms if _handle(term) != handle))


def _accepted(concept: Concept) -> set[tuple[str, str, Status]]:
    return {(term.language, term.text, term.status) for term in concept.terms[1:] if term.status.accepted}
