"""Puts several glossaries into one, the later one winning, and remembers what it replaced.

A team's glossary stands over the house's, so the order is the user's way to say which counts; what was
replaced is reported, because a replaced entry is checked no more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.language_tags import primary_subtag
from termcheck.model import Concept, Glossary, Status, Term, same_language


class Conflict(Struct, frozen=True):
    """Two files with an entry for one term: `winner` is used, `loser` no more (or not for this name)."""

    term: str
    winner: Concept
    loser: Concept

    @property
    def differs(self) -> bool:
        """Whether the two accept other renderings, so that it matters which one wins."""
        return _accepted(self.winner) != _accepted(self.loser)


class Loaded(Struct, frozen=True):
    """The glossary that counts, and what later files replaced in earlier ones."""

    glossary: Glossary
    conflicts: tuple[Conflict, ...] = ()


def merge(glossaries: Sequence[Glossary]) -> Loaded:
    """One glossary of several. A later entry replaces an earlier one with the same key or the same id.

    Where only a further name is shared, the loser keeps its other names. An earlier entry with a
    higher `priority` is not replaced. Entries of one file never replace one another.
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
    return Loaded(Glossary(concepts, tuple(languages), title, paths), tuple(merged.conflicts))


class _Merged:
    """The concepts so far (None where one was replaced), findable by id and by name."""

    def __init__(self) -> None:
        self.slots: list[Concept | None] = []
        self.conflicts: list[Conflict] = []
        self.found: dict[tuple[str, str], deque[int]] = {}

    def take(self, concepts: Iterable[Concept]) -> None:
        """Add the concepts of one file; they are compared with earlier files only."""
        kept = [concept for concept in map(self._against_earlier, concepts) if concept is not None]
        for concept in kept:
            for handle in _handles(concept):
                self.found.setdefault(handle, deque()).append(len(self.slots))
            self.slots.append(concept)

    def _against_earlier(self, new: Concept) -> Concept | None:
        """Settle a new concept against the earlier ones; None where it loses itself."""
        left: Concept | None = new
        for handle in _handles(new):
            owners = self.found.get(handle)
            # Whoever has lost the name is not met again: thousands of entries may share one.
            while owners and left is not None and handle in _handles(left):
                old = self.slots[owners[0]]
                if old is not None and handle in _handles(old):
                    if old.priority > left.priority:
                        self.conflicts.append(Conflict(_name(handle, new), old, new))
                        left = _without(left, handle)
                        continue
                    self.conflicts.append(Conflict(_name(handle, new), new, old))
                    self.slots[owners[0]] = _without(old, handle)
                owners.popleft()
        return left


def _handles(concept: Concept) -> dict[tuple[str, str], None]:
    """What a concept can be found by: its id, and its accepted names in the language of its key."""
    names = (term for term in concept.terms if same_language(term.language, concept.terms[0].language))
    return {("", concept.id): None} | {_handle(term): None for term in names if term.status.accepted}


def _handle(term: Term) -> tuple[str, str]:
    return primary_subtag(term.language), term.text


def _name(handle: tuple[str, str], concept: Concept) -> str:
    return handle[1] if handle[0] else concept.terms[0].text


def _without(concept: Concept, handle: tuple[str, str]) -> Concept | None:
    """The concept without the name it lost; None where that was its id or its key."""
    if not handle[0] or handle == _handle(concept.terms[0]):
        return None
    return replace(concept, terms=tuple(term for term in concept.terms if _handle(term) != handle))


def _accepted(concept: Concept) -> set[tuple[str, str, Status]]:
    return {(term.language, term.text, term.status) for term in concept.terms[1:] if term.status.accepted}
