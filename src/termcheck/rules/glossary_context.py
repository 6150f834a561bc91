"""What a rule about the glossary itself is given, and one way to make findings of it.

These rules see no text: they look for entries that cannot work, contradict one another, or were never met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from termcheck.globs import project_path
from termcheck.matching.strict.casing import case_counts
from termcheck.model import (
    Concept,
    Finding,
    Glossary,
    Location,
    MatchMode,
    Origin,
    Severity,
    Term,
    TermInfo,
    same_language,
)
from termcheck.rules.base import Rule, digest
from termcheck.rules.term_usage import TermOutcomes
from termcheck.text.fold import fold

if TYPE_CHECKING:
    from termcheck.glossary.merge import Conflict


class GlossaryContext(Struct, frozen=True):
    """A loaded glossary, looked at in one direction and on one day.

    `date` is an ISO date; empty: the day is not considered. `seen` holds the ids of the concepts that
    occurred in the checked texts; None: nothing was checked. `usage` says of those that occurred how
    often the texts render them as listed. Fingerprints name the files by their paths from `root`.
    """

    glossary: Glossary
    source_lang: str
    target_lang: str
    conflicts: tuple[Conflict, ...] = ()
    date: str = ""
    seen: frozenset[str] | None = None
    usage: Mapping[str, TermOutcomes] = field(default_factory=dict)
    root: str = ""

    def names(self, concept: Concept) -> tuple[Term, ...]:
        """The source terms that can create an obligation."""
        return tuple(term for term in concept.in_language(self.source_lang) if term.status.accepted)

    def renderings(self, concept: Concept) -> tuple[Term, ...]:
        """All target terms, forbidden ones included."""
        return concept.in_language(self.target_lang)

    def accepted(self, concept: Concept) -> tuple[Term, ...]:
        """The target terms that meet an obligation, whatever the day."""
        return tuple(term for term in self.renderings(concept) if term.status.accepted)

    def named(self) -> Iterator[tuple[Concept, Term]]:
        """Every concept with every one of its source terms, in glossary order."""
        for concept in self.glossary.concepts:
            for term in self.names(concept):
                yield concept, term

    def valid(self, term: Term) -> bool:
        """Whether a term is in use on the day in question."""
        day = self.date
        return not day or (term.valid_from <= day and (not term.valid_until or day <= term.valid_until))

    def finding(
        self,
        rule: Rule,
        message: str,
        concept: Concept,
        term: Term | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding at a term of a concept, or at the concept's own entry."""
        place = term or concept.terms[0]
        name = next((one.text for one in self.names(concept)), concept.terms[0].text)
        expected = tuple(one.text for one in self.accepted(concept))
        info = TermInfo(concept.id, name, expected, origin=str(concept.origin))
        path = project_path(place.origin.path, self.root)
        return Finding(
            rule.code,
            rule.name,
            severity or rule.severity,
            message,
            location_of(place),
            term=info,
            fingerprint=digest(rule.code, path, concept.id, place.language, place.text),
        )


def location_of(term: Term) -> Location:
    """Where a term is written; an end on the same line, as long as the term."""
    origin = term.origin
    column = max(origin.column, 1)
    line = max(origin.line, 1)
    return Location(origin.path, line, column, line, column + len(term.text), term.text)


def identity(term: Term) -> tuple[str, str]:
    """Two terms of one language with the same identity match the same texts.

    A term in capitals differs from the same letters in small ones (`US` and `us`), other terms do not.
    """
    if term.match is MatchMode.REGEX:
        return "regex", term.text
    folded = fold(term.text, term.language).text
    return term.text if case_counts(term) else folded, folded


def together(one: Term, other: Term) -> bool:
    """Whether two terms can apply to one text: languages, scopes and days meet."""
    return (
        same_language(one.language, other.language)
        and one.scope == other.scope
        and not _before(one, other)
        and not _before(other, one)
    )


def where(origin: Origin, seen_from: Origin) -> str:
    """A place as another place names it: `line 12` within one file, else `path:12`."""
    return f"line {origin.line}" if origin.path == seen_from.path else str(origin)


def _before(one: Term, other: Term) -> bool:
    return bool(one.valid_until and other.valid_from and one.valid_until < other.valid_from)
