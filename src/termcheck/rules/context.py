"""What a rule is given: the facts about a pair or a document, and one way to make findings of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from termcheck.globs import project_path
from termcheck.matching.match import Match
from termcheck.matching.verdict import Obligation, PairVerdict
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
    Side,
    Span,
    Term,
    TermInfo,
)
from termcheck.rules.base import Rule, digest
from termcheck.text.fold import fold
from termcheck.text.positions import locate, segment_location


class DocumentContext(Struct, frozen=True):
    """A whole bitext with every pair judged, in document order.

    Fingerprints name the files by their paths from the absolute directory `root`; `names` remembers them.
    """

    bitext: Bitext
    pairs: tuple[PairVerdict, ...]
    source_lang: str
    target_lang: str
    root: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def pair_context(self, verdict: PairVerdict) -> PairContext:
        """The same as a pair rule gets it."""
        return PairContext(self.bitext, verdict, self.source_lang, self.target_lang, self.root, self.names)


class FileContext(Struct, frozen=True):
    """A file of a pair whose counterpart `missing` does not exist; fingerprints name files from `root`."""

    path: str
    missing: str
    root: str = ""


class BaselineContext(Struct, frozen=True):
    """The stale entries of a baseline: how many of how many, the first one's place and name, and the fix."""

    stale: int
    entries: int
    first: str
    at: Location
    fix: Fix


class PairContext(Struct, frozen=True):
    """One judged pair, with the documents it comes from."""

    bitext: Bitext
    verdict: PairVerdict
    source_lang: str
    target_lang: str
    root: str = ""
    names: dict[str, str] = field(default_factory=dict)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the source of the pair asks of its target."""
        return self.verdict.obligations

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
        """A finding of this pair, at a match or segment of the target, or at the whole target."""
        location = self._locate(self.bitext.target, at) if at else self._whole(Side.TARGET)
        second = self._locate(self.bitext.source, source) if source else None
        info = None
        if concept is not None:
            head = source_term(concept, self.source_lang)
            name = source.term.text if isinstance(source, Match) else head
            info = TermInfo(concept.id, name, tuple(expected), found, _origin(concept, at), head)
        texts = pair_texts(self.verdict.pair)
        return Finding(
            rule.code,
            rule.name,
            _severity(severity or rule.severity, concept),
            message,
            location,
            second,
            info,
            fix,
            label,
            self._fingerprint(rule, location, concept.id if concept else "", texts),
            pair=digest(*texts),
        )

    def at_source(self, rule: Rule, message: str, segment: Segment) -> Finding:
        """A finding whose primary place is in the source: there is nothing in the target to point at."""
        location = self._locate(self.bitext.source, segment)
        texts = pair_texts(self.verdict.pair)
        print_ = self._fingerprint(rule, location, "", texts)
        return Finding(
            rule.code, rule.name, rule.severity, message, location, fingerprint=print_, pair=digest(*texts)
        )

    def _fingerprint(self, rule: Rule, location: Location, concept_id: str, texts: Sequence[str]) -> str:
        name = self.names.get(location.path)
        if name is None:
            name = self.names[location.path] = project_path(location.path, self.root)
        return digest(rule.code, name, concept_id, *texts)

    def _whole(self, side: Side) -> Location:
        segments = self.verdict.pair.source if side is Side.SOURCE else self.verdict.pair.target
        document = self.bitext.source if side is Side.SOURCE else self.bitext.target
        return locate(document, Span(segments[0].raw.start, segments[-1].raw.end))

    def _locate(self, document: Document, place: Match | Segment) -> Location:
        if isinstance(place, Segment):
            return locate(document, place.raw)
        return segment_location(document, place.segment, place.span)


def _severity(severity: Severity, concept: Concept | None) -> Severity:
    """The concept's own severity where it has one; it says how bad a missing rendering is, so errors stay."""
    if concept is None or concept.severity is None or severity is Severity.ERROR:
        return severity
    return concept.severity


def source_term(concept: Concept, language: str) -> str:
    """The first term of a concept in the source language, to name it by."""
    return next((term.text for term in concept.in_language(language)), concept.id)


def preferred(terms: Sequence[Term]) -> str:
    """The rendering to recommend: the first, since accepted terms come preferred first."""
    return terms[0].text if terms else ""


def pair_texts(pair: SegmentPair) -> list[str]:
    """What a pair is known by, wherever it stands: its texts, folded and with single blanks."""
    return [" ".join(fold(segment.text).text.split()) for segment in (*pair.source, *pair.target)]


def quoted(terms: Sequence[str]) -> str:
    """`“A”, “B” or “C”`; of more than four the first three, and how many more there are."""
    shown = [f"“{term}”" for term in terms]
    if len(shown) > 4:
        return f"{', '.join(shown[:3])} and {len(shown) - 3} more"
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def _origin(concept: Concept, at: Match | Segment | None) -> str:
    origin = at.term.origin if isinstance(at, Match) and at.term.origin.line else concept.origin
    return str(origin)
