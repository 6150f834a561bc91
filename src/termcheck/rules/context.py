"""The contexts that rules receive: the facts about a pair, document, file or baseline.

A pair context also makes the findings, so that all of them get places, terms and fingerprints in one way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct, field

from termcheck.globs import project_path
from termcheck.matching.match import Match
from termcheck.matching.strict.casing import Capitals
from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.messages import alternatives
from termcheck.model import (
    Bitext,
    Concept,
    Document,
    Finding,
    Fix,
    Location,
    Segment,
    SegmentPair,
    Severity,
    Span,
    Term,
    TermInfo,
)
from termcheck.rules.base import Rule, digest
from termcheck.text.fold import fold
from termcheck.text.positions import locate, segment_location


def _any_term(_: Term) -> bool:
    return True


class DocumentContext(Struct, frozen=True):
    """A bitext with the verdicts on its pairs, in document order.

    Pairs that the prefilter settled have no verdict; `settled_paragraphs` counts them, rows left out.
    Fingerprints contain the paths of files relative to the absolute directory `root`. `project_paths` caches
    these paths by the paths of the documents. `capitals`: what capitals say in the glossary. `active` says
    which terms are valid on the date of the bitext and in scope for its target.
    """

    bitext: Bitext
    pairs: tuple[PairVerdict, ...]
    source_lang: str
    target_lang: str
    root: str = ""
    settled_paragraphs: int = 0
    capitals: Capitals = Capitals.MEANT
    project_paths: dict[str, str] = field(default_factory=dict)
    active: Callable[[Term], bool] = _any_term

    def pair_context(self, verdict: PairVerdict) -> PairContext:
        """The context of one pair, which makes the findings on it."""
        return PairContext(
            self.bitext,
            verdict,
            self.source_lang,
            self.target_lang,
            self.root,
            self.project_paths,
            self.capitals,
            self.active,
        )


class FileContext(Struct, frozen=True):
    """A file whose counterpart, at the path `missing`, does not exist.

    The fingerprint contains the file's path relative to `root`, and the `language` of the counterpart where
    a file has one in each of several languages.
    """

    path: str
    missing: str
    root: str = ""
    language: str = ""


class BaselineContext(Struct, frozen=True):
    """The stale entries of a baseline: how many of how many, the first entry and its place, and the fix."""

    stale: int
    entries: int
    first: str
    at: Location
    fix: Fix


class PairContext(Struct, frozen=True, dict=True):
    """One pair with its verdict and the documents it comes from; other fields as in DocumentContext."""

    bitext: Bitext
    verdict: PairVerdict
    source_lang: str
    target_lang: str
    root: str = ""
    project_paths: dict[str, str] = field(default_factory=dict)
    capitals: Capitals = Capitals.MEANT
    active: Callable[[Term], bool] = _any_term

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """The concepts that the target has to render, because the source contains their terms."""
        return self.verdict.obligations

    def accepted(self, concept: Concept) -> tuple[Term, ...]:
        """The accepted renderings of a concept that are valid and in scope here, in glossary order."""
        renderings = concept.in_language(self.target_lang)
        return tuple(term for term in renderings if term.status.accepted and self.active(term))

    def finding(
        self,
        rule: Rule,
        message: str,
        *,
        at: Match | Segment | None = None,
        source: Match | Segment | None = None,
        concept: Concept | None = None,
        expected: Sequence[str] = (),
        found: str | None = None,
        severity: Severity | None = None,
        fix: Fix | None = None,
        label: str = "",
    ) -> Finding:
        """A finding in the target: at a match or a segment, or else on the whole target of the pair.

        `source` is the second place, in the source. `severity` replaces that of the rule.
        """
        location = _locate(self.bitext.target, at) if at else self._whole_target()
        fingerprint, pair = self._digests(rule, location, concept.id if concept else "")
        return Finding(
            rule.code,
            rule.name,
            _severity(severity or rule.severity, concept),
            message,
            location,
            _locate(self.bitext.source, source) if source else None,
            self._term_info(concept, at, source, expected, found) if concept else None,
            fix,
            label,
            fingerprint,
            pair=pair,
        )

    def at_source(self, rule: Rule, message: str, segment: Segment) -> Finding:
        """A finding at a segment of the source, because the target has nothing to point at."""
        location = _locate(self.bitext.source, segment)
        fingerprint, pair = self._digests(rule, location, "")
        return Finding(
            rule.code, rule.name, rule.severity, message, location, fingerprint=fingerprint, pair=pair
        )

    def _term_info(
        self,
        concept: Concept,
        at: Match | Segment | None,
        source: Match | Segment | None,
        expected: Sequence[str],
        found: str | None,
    ) -> TermInfo:
        name = source_term(concept, self.source_lang)
        occurring = source.term.text if isinstance(source, Match) else name
        origin = at.term.origin if isinstance(at, Match) and at.term.origin.line else concept.origin
        return TermInfo(concept.id, occurring, tuple(expected), found, str(origin), name)

    def _digests(self, rule: Rule, location: Location, concept_id: str) -> tuple[str, str]:
        """The fingerprint of a finding, and the digest of its pair's texts."""
        path = self.project_paths.get(location.path)
        if path is None:
            path = self.project_paths[location.path] = project_path(location.path, self.root)
        # A long pair may have thousands of findings on one concept.
        key = rule.code, path, concept_id
        if key not in self._known_digests:
            self._known_digests[key] = digest(*key, *self._texts), digest(*self._texts)
        return self._known_digests[key]

    @cached_property
    def _known_digests(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        return {}

    @cached_property
    def _texts(self) -> Sequence[str]:
        return _normalised_texts(self.verdict.pair)

    def _whole_target(self) -> Location:
        segments = self.verdict.pair.target
        return locate(self.bitext.target, Span(segments[0].raw.start, segments[-1].raw.end))


def source_term(concept: Concept, language: str) -> str:
    """The first term of a concept in the source language, or its id if it has none."""
    return next((term.text for term in concept.in_language(language)), concept.id)


def quoted(terms: Sequence[str]) -> str:
    """`“A”, “B” or “C”`; of more than four terms the first three and the number of the others."""
    shown = [f"“{term}”" for term in terms]
    if len(shown) > 4:
        return f"{', '.join(shown[:3])} and {len(shown) - 3} more"
    return alternatives(shown)


def _locate(document: Document, subject: Match | Segment) -> Location:
    if isinstance(subject, Segment):
        return locate(document, subject.raw)
    return segment_location(document, subject.segment, subject.span)


def _severity(severity: Severity, concept: Concept | None) -> Severity:
    """The concept's severity if it has one, but an error remains an error."""
    if concept is None or concept.severity is None or severity is Severity.ERROR:
        return severity
    return concept.severity


def _normalised_texts(pair: SegmentPair) -> list[str]:
    """The texts that identify a pair in any place: folded, and with single spaces."""
    return [" ".join(fold(segment.text).text.split()) for segment in (*pair.source, *pair.target)]
