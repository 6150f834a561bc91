"""The JSON format, which other programs rely on.

Keys may be added, but never renamed or removed, and their meaning never changes. Each finding has a line of
its own, which keeps the output compact and easy to search and compare.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from termcheck.lazy import compile_later
from termcheck.model import Finding, Fix, Location, Report, Severity, TermcheckError, TermInfo
from termcheck.report.base import RenderOptions

CONTRACT_VERSION = 1

_SURROGATE = compile_later("[\ud800-\udfff]")


def render(report: Report, options: RenderOptions) -> str:
    """The whole report as one JSON object; lines and columns are 1-based code points, ends exclusive."""
    head = {
        "version": CONTRACT_VERSION,
        "tool": {"name": "termcheck", "version": options.version},
        "summary": summary_object(report),
    }
    lines = [f"  {dump(key)}: {dump(value)}," for key, value in head.items()]
    lines.append(_rows("findings", map(finding_object, report.findings)) + ",")
    lines.append(_rows("problems", map(problem_object, report.problems)))
    return "\n".join(("{", *lines, "}")) + "\n"


def _rows(key: str, values: Iterable[object]) -> str:
    """A key with a list, each of its values on a line of its own."""
    rows = ",\n".join(f"    {dump(value)}" for value in values)
    return f'  "{key}": [\n{rows}\n  ]' if rows else f'  "{key}": []'


def dump(value: object) -> str:
    """Compact JSON on one line with non-ASCII characters as they are, but lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def dump_portable(value: object) -> str:
    """As `dump`, but lone surrogates become U+FFFD, because strict JSON parsers reject their escapes."""
    return portable(json.dumps(value, ensure_ascii=False))


def portable(text: str) -> str:
    """The text with U+FFFD in place of lone surrogates, which UTF-8 cannot carry."""
    return _SURROGATE.sub("\ufffd", text)


def summary_object(report: Report) -> dict[str, int]:
    """The coverage and the counts by severity."""
    coverage = report.coverage
    return {
        "files": coverage.files,
        "pairs": coverage.pairs,
        "unpaired": coverage.unpaired,
        "terms": coverage.terms,
        "terms_seen": coverage.terms_seen,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "infos": report.count(Severity.INFO),
        "suppressed": coverage.suppressed,
        "baselined": coverage.baselined,
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as an object; what it lacks, such as a `fix`, is None."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        **_location(finding.location),
        "source": finding.source and {**_location(finding.source), "text": finding.source.text},
        "term": finding.term and _term(finding.term),
        "fix": finding.fix and _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        "confidence": finding.confidence and finding.confidence.value,
        "reasons": list(finding.reasons),
        "pair": finding.pair,
    }


def problem_object(problem: TermcheckError) -> dict[str, Any]:
    """What could not be checked, as an object; a place or an advice that is not known is None."""
    return {
        "path": problem.path or None,
        "line": problem.line or None,
        "column": problem.column or None,
        "message": problem.message,
        "advice": problem.advice or None,
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def _term(term: TermInfo) -> dict[str, Any]:
    return {
        "id": term.id,
        "source": term.source,
        "expected": list(term.expected),
        "found": term.found,
        "origin": term.origin,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [
        {
            "line": edit.line,
            "column": edit.column,
            "end_line": edit.end_line,
            "end_column": edit.end_column,
            "text": edit.text,
        }
        for edit in fix.edits
    ]
    return {"applicability": fix.applicability.value, "edits": edits}
