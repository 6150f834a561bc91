"""What has changed between two versions of a glossary, in words, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.glossary.kept_values import kept_values
from termcheck.model import Concept, Glossary, Term


class Change(Struct, frozen=True):
    """One thing that is different in an entry: in words, and what was and is there."""

    what: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.what} added: {_shown(self.after)}"
        if self.after is None:
            return f"{self.what} removed: {_shown(self.before)}"
        return f"{self.what} was {_shown(self.before)}, is {_shown(self.after)}"


class Difference(Struct, frozen=True):
    """An entry that is in one version only, or that has changed; `kind` is added, removed or changed."""

    kind: str
    id: str
    term: str
    renderings: tuple[str, ...]
    changes: tuple[Change, ...] = ()


def differences(old: Glossary, new: Glossary) -> list[Difference]:
    """The entries that differ: those removed, then those changed and added in the order of the new version.

    An entry is the same one if it has the same id, else if it has the same first term.
    """
    partners, gone = _partners(old.concepts, new.concepts)
    result = [_whole("removed", concept) for concept in gone]
    for concept in new.concepts:
        before = partners.get(id(concept))
        if before is None:
            result.append(_whole("added", concept))
        elif changes := tuple(_changes(before, concept)):
            result.append(
                Difference("changed", concept.id, concept.terms[0].text, _renderings(concept), changes)
            )
    return result


def _partners(old: Sequence[Concept], new: Sequence[Concept]) -> tuple[dict[int, Concept], list[Concept]]:
    """For each new entry, by identity, the old one; and the old ones that have none."""
    by_id = {concept.id: concept for concept in old}
    by_term: dict[tuple[str, str], Concept] = {}
    for concept in old:
        by_term.setdefault((concept.terms[0].language, concept.terms[0].text), concept)
    partners: dict[int, Concept] = {}
    used: set[int] = set()
    for by_term_only in (False, True):
        for concept in new:
            if id(concept) in partners:
                continue
            key = concept.terms[0].language, concept.terms[0].text
            partner = by_term.get(key) if by_term_only else by_id.get(concept.id)
            if partner is not None and id(partner) not in used:
                partners[id(concept)] = partner
                used.add(id(partner))
    return partners, [concept for concept in old if id(concept) not in used]


def _whole(kind: str, concept: Concept) -> Difference:
    return Difference(kind, concept.id, concept.terms[0].text, _renderings(concept))


def _renderings(concept: Concept) -> tuple[str, ...]:
    first = concept.terms[0].language
    return tuple(term.text for term in concept.terms if term.language != first and term.status.accepted)


def _changes(old: Concept, new: Concept) -> Iterator[Change]:
    yield from _changed_values("", kept_values(old, ("terms",)), kept_values(new, ("terms",)))
    before, after = _by_text(old.terms), _by_text(new.terms)
    for key, term in before.items():
        if key not in after:
            yield Change(f"{term.status.value} term ({term.language})", before=term.text)
    for key, term in after.items():
        if key not in before:
            yield Change(f"{term.status.value} term ({term.language})", after=term.text)
            continue
        earlier = before[key]
        if earlier.status is not term.status:
            yield Change(f"status of “{term.text}”", earlier.status.value, term.status.value)
        without = ("text", "language", "status")
        yield from _changed_values(
            f" of “{term.text}”", kept_values(earlier, without), kept_values(term, without)
        )


def _by_text(terms: Sequence[Term]) -> dict[tuple[str, ...], Term]:
    """The terms by what tells them apart; of one that is listed for two periods each counts."""
    return {(term.language, term.text, term.valid_from, str(term.scope)): term for term in terms}


def _changed_values(whose: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield Change(f"{name}{whose}", old.get(name), new.get(name))


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return " and ".join(f"{name} {_shown(item)}" for name, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”"
