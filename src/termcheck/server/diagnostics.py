"""Turns findings and errors into the diagnostics of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
)
from lsprotocol.types import Location as Place

from termcheck.model import Finding, Location, Severity, TermcheckError
from termcheck.report.addresses import rule_page
from termcheck.server.lines import Lines

SOURCE = "termcheck"
"""What editors show as the origin of a diagnostic."""

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}
# Editors show what is of no use greyed out, and what is no longer to be used struck through.
_TAGS = {"unused-suppression": [DiagnosticTag.Unnecessary]}

Find = Callable[[str], tuple[str, Lines] | None]
"""The address and the lines of the text at a path; None if it cannot be shown."""


def diagnostic(finding: Finding, lines: Lines, find: Find, documentation: str) -> Diagnostic:
    """The diagnostic of a finding in a text with these lines; `documentation` is the address of the docs."""
    address = rule_page(finding.name, documentation)
    return Diagnostic(
        lines.range(finding.location),
        finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=CodeDescription(address) if address else None,
        source=SOURCE,
        tags=_TAGS.get(finding.name),
        related_information=_related(finding.source, find),
        data={"fingerprint": finding.fingerprint, "name": finding.name},
    )


def diagnostic_of_error(error: TermcheckError, lines: Lines) -> Diagnostic:
    """The diagnostic of an error; without a place it stands at the beginning of the text."""
    place = Location(
        "", max(error.line, 1), max(error.column, 1), max(error.line, 1), max(error.column, 1) + 1
    )
    message = f"{error.message}; {error.advice}" if error.advice else error.message
    return Diagnostic(lines.range(place), message, severity=DiagnosticSeverity.Error, source=SOURCE)


def of_finding(finding: Finding, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of the client that are about a finding."""
    return [
        one
        for one in diagnostics
        if isinstance(one.data, dict) and one.data.get("fingerprint") == finding.fingerprint
    ]


def _related(source: Location | None, find: Find) -> list[DiagnosticRelatedInformation] | None:
    """The place of the source term that a finding is about."""
    found = find(source.path) if source is not None else None
    if source is None or found is None:
        return None
    address, lines = found
    return [DiagnosticRelatedInformation(Place(address, lines.range(source)), f"the term “{source.text}”")]
