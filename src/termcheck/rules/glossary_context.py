"""The context that glossary rules receive, which also makes their findings.

These rules see no texts. They look for entries that can never match, contradict one another or were not used.
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
    """A glossary in one direction and on one day.

    `date` is an ISO date, or empty to ignore validity. `seen` holds the ids of the concepts that occurred in
    the checked texts, or is None if no text was checked. `usage` tells by id how often the texts render a
    concept as listed. Fingerprints contain the paths of files relative to `root`. `one_of_several`: the
    texts are translated into more languages than this one, so a finding says which it is about.
    """

    glossary: Glossary
    source_lang: str
    target_lang: str
    conflicts: tuple[Conflict, ...] = ()
    date: str = ""
    seen: frozenset[str] | None = None
    usage: Mapping[str, TermOutcomes] = field(default_factory=dict)
    root: str = ""
    one_of_several: bool = False

    def source_terms(self, concept: Concept) -> tuple[Term, ...]:
        """The source terms of a concept that can create an obligation."""
        return tuple(term for term in concept.in_language(self.source_lang) if term.status.accepted)

    def renderings(self, concept: Concept) -> tuple[Term, ...]:
        """All target terms of a concept, including forbidden ones."""
        return concept.in_language(self.target_lang)

    def accepted(self, concept: Concept) -> tuple[Term, ...]:
        """The target terms of a concept that meet an obligation, valid or not."""
        return tuple(term for term in self.renderings(concept) if term.status.accepted)

    def all_source_terms(self) -> Iterator[tuple[Concept, Term]]:
        """The source terms of all concepts, each with its concept, in glossary order."""
        for concept in self.glossary.concepts:
            for term in self.source_terms(concept):
                yield concept, term

    def is_valid(self, term: Term) -> bool:
        """Whether a term is valid on the day of the context."""
        return term.is_valid_on(self.date)

    def finding(
        self,
        rule: Rule,
        message: str,
        concept: Concept,
        term: Term | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding at a term of a concept, or at the first term of its entry.

        `severity` replaces that of the rule.
        """
        shown = term or concept.terms[0]
        name = next((other.text for other in self.source_terms(concept)), concept.terms[0].text)
        expected = tuple(other.text for other in self.accepted(concept) if self.is_valid(other))
        path = project_path(shown.origin.path, self.root)
        return Finding(
            rule.code,
            rule.name,
            severity or rule.severity,
            message,
            _location(shown),
            term=TermInfo(concept.id, name, expected, origin=str(concept.origin)),
            fingerprint=digest(rule.code, path, concept.id, shown.language, shown.text),
        )


def identity(term: Term) -> tuple[str, str]:
    """What a term matches: two terms of one language with the same identity match the same texts.

    Letter case distinguishes terms in capitals only (`US` and `us`).
    """
    if term.match is MatchMode.REGEX:
        return "regex", term.text
    folded = fold(term.text, term.language).text
    return term.text if case_counts(term) else folded, folded


def overlap(first: Term, second: Term) -> bool:
    """Whether two terms can apply to the same text by their languages, scopes and validity."""
    return (
        same_language(first.language, second.language)
        and first.scope == second.scope
        and not _expires_before(first, second)
        and not _expires_before(second, first)
    )


def place_in_glossary(origin: Origin, current: Origin) -> str:
    """`on line 12` for a place in the current file, `at path:12` for another file."""
    return f"on line {origin.line}" if origin.path == current.path else f"at {origin}"


def _expires_before(first: Term, second: Term) -> bool:
    return bool(first.valid_until and second.valid_from and first.valid_until < second.valid_from)


def _location(term: Term) -> Location:
    """The place of a term in its file. The end assumes that it is written on one line as it reads."""
    origin = term.origin
    line, column = max(origin.line, 1), max(origin.column, 1)
    return Location(origin.path, line, column, line, column + len(term.text), term.text)
