"""The data for the script of the page: the report as one object in which nothing is repeated.

Rules, files, terms and paragraphs are lists, and findings refer to them by number, so that ten thousand
findings make a file of a few megabytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from termcheck.model import Document, Edit, Finding, Report, Side, TermUsage
from termcheck.report.html.excerpts import Excerpts, raw_span


def view(report: Report) -> dict[str, Any]:
    """Everything that the page shows of findings and terms; what a finding lacks is left out."""
    return _View(report).whole()


class _View:
    """Builds the object; its lists grow with each finding."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._excerpts = Excerpts(report.documents, report.languages)
        self._rules: dict[tuple[str, str], int] = {}
        self._files: dict[str, int] = {}
        self._terms = _terms(report.usage)
        self._term_numbers = {id_: number for number, id_ in enumerate(self._terms)}
        self._ids: Counter[str] = Counter()

    def whole(self) -> dict[str, Any]:
        """The object. Its findings come first, in order, because they fill the other lists."""
        reported: list[tuple[Finding, dict[str, Any]]] = [(finding, {}) for finding in self._report.findings]
        silenced = [
            (silence.finding, {"silenced": {"by": silence.by.value, "reason": silence.reason}})
            for silence in self._report.silenced
        ]
        every = sorted(reported + silenced, key=lambda item: item[0].sort_key)
        return {
            "languages": _languages(self._report),
            "findings": [{**self._finding(finding), **more} for finding, more in every],
            "rules": [{"code": code, "name": name} for code, name in self._rules],
            "files": list(self._files),
            "terms": list(self._terms.values()),
            "texts": self._excerpts.texts,
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        optional = {
            "term": self._term(finding),
            "found": finding.term and finding.term.found,
            "expected": finding.term and list(finding.term.expected),
            "origin": finding.term and finding.term.origin,
            "fix": self._fix(finding),
            "confidence": finding.confidence and finding.confidence.value,
            "reasons": list(finding.reasons),
        }
        return {
            "id": self._id(finding),
            "rule": self._rules.setdefault((finding.code, finding.name), len(self._rules)),
            "severity": finding.severity.value,
            "message": finding.message,
            "places": list(self._places(finding)),
            **{key: value for key, value in optional.items() if value not in (None, [], "")},
        }

    def _id(self, finding: Finding) -> str:
        """The id of a finding in links, which is the same in the next report if it has a fingerprint."""
        name = finding.fingerprint[:12] or "finding"
        self._ids[name] += 1
        return name if self._ids[name] == 1 else f"{name}-{self._ids[name]}"

    def _places(self, finding: Finding) -> Iterator[dict[str, Any]]:
        """The primary location, and the location of the source if the finding has it."""
        first = finding.location
        first_side = Side.TARGET if finding.source else self._excerpts.side(first)
        for location, side in ((first, first_side), (finding.source, Side.SOURCE)):
            if location is not None:
                number = self._files.setdefault(location.path, len(self._files))
                yield {"file": number, **self._excerpts.location(location, side)}

    def _term(self, finding: Finding) -> int | None:
        term = finding.term
        if term is None:
            return None
        if term.id not in self._terms:
            self._term_numbers[term.id] = len(self._terms)
            self._terms[term.id] = {"id": term.id, "name": term.name or term.source}
        return self._term_numbers[term.id]

    def _fix(self, finding: Finding) -> dict[str, Any] | None:
        document = self._report.documents.get(finding.location.path)
        if finding.fix is None or document is None:
            return None
        edits = [{"before": _replaced(document, edit), "after": edit.text} for edit in finding.fix.edits]
        return {"applicability": finding.fix.applicability.value, "edits": edits}


def _languages(report: Report) -> tuple[str, str]:
    """The source and the target language of all files; empty if they differ."""
    pairs = set(report.languages.values())
    return pairs.pop() if len(pairs) == 1 else ("", "")


def _terms(usage: tuple[TermUsage, ...]) -> dict[str, dict[str, Any]]:
    """The terms by id; an entry of several glossaries occurs once, with all of its pairs."""
    terms: dict[str, dict[str, Any]] = {}
    for term in usage:
        known: Mapping[str, Any] = terms.get(
            term.id, {"expected": [], "seen": False, "pairs": 0, "rendered": 0}
        )
        terms[term.id] = {
            "id": term.id,
            "name": term.name,
            "expected": list(dict.fromkeys((*known["expected"], *term.expected))),
            "origin": term.origin,
            "seen": known["seen"] or term.seen,
            "pairs": known["pairs"] + term.pairs,
            "rendered": known["rendered"] + term.rendered,
        }
    return terms


def _replaced(document: Document, edit: Edit) -> str:
    """The text that an edit replaces."""
    span = raw_span(document, edit)
    return document.raw[span.start : span.end]
