"""The SARIF 2.1.0 format, for code scanning on GitHub and other viewers.

Paths are relative to the root of the repository, whose own path is not included. Columns count code points.
The fingerprint has a key of its own, because GitHub's action computes the fingerprint it uses and warns of
a different one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from termcheck.lazy import compile_later
from termcheck.model import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Location,
    Report,
    Silenced,
    SilencedBy,
    TermcheckError,
)
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.json import dump_portable, summary_object
from termcheck.report.sarif_rules import INDEXES, LEVELS, descriptors

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_KINDS = {SilencedBy.COMMENT: "inSource", SilencedBy.GLOSSARY: "external", SilencedBy.BASELINE: "external"}
_FIXES = {Applicability.SAFE: "Safe fix", Applicability.UNSAFE: "Unsafe fix: look before you take it"}
_NO_BYTE = compile_later("[\ud800-\udc7f\udd00-\udfff]")
# GitHub rejects a file with more results than the first number, and shows at most the second.
_MOST_TAKEN, _MOST_SHOWN = 25_000, 5_000


def render(report: Report, options: RenderOptions) -> str:
    """A log of one run, with a result per line."""
    run = dump_portable(_run(report, options))
    results = ",\n".join(dump_portable(result) for result in _results(report, options))
    listed = f"[\n{results}\n]" if results else "[]"
    head = f'"$schema": {dump_portable(_SCHEMA)}, "version": "2.1.0"'
    return f'{{{head}, "runs": [{run[:-1]}, "results": {listed}}}]}}\n'


def limits(report: Report) -> Iterator[str]:
    """What GitHub's code scanning does not accept or show of a report, as sentences."""
    count = len(report.findings)
    if count > _MOST_TAKEN:
        yield f"GitHub refuses SARIF files of more than {_MOST_TAKEN:,} results; this one has {count:,}"
    elif count > _MOST_SHOWN:
        yield f"GitHub shows the {_MOST_SHOWN:,} most severe results of a SARIF file; this one has {count:,}"


def _run(report: Report, options: RenderOptions) -> dict[str, Any]:
    driver: dict[str, Any] = {
        "name": "termcheck",
        "fullName": f"termcheck {options.version}",
        "version": options.version,
    }
    if options.documentation:
        driver["informationUri"] = options.documentation
    notifications = [_of_error(error, options) for error in report.problems]
    notifications += [{"level": "note", "message": {"text": notice}} for notice in report.notices]
    return {
        "tool": {"driver": driver | {"rules": descriptors(options)}},
        "automationDetails": {"id": "termcheck/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {"executionSuccessful": not report.errors, "toolExecutionNotifications": notifications}
        ],
        "properties": {"summary": summary_object(report)},
    }


def _of_error(error: TermcheckError, options: RenderOptions) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": "error", "message": {"text": error.advised}}
    if error.path:
        region = {"startLine": error.line} if error.line else {}
        if error.line and error.column:
            region["startColumn"] = error.column
        location = {"artifactLocation": _artifact(error.path, options)} | (
            {"region": region} if region else {}
        )
        notification["locations"] = [{"physicalLocation": location}]
    return notification


def _results(report: Report, options: RenderOptions) -> Iterator[dict[str, Any]]:
    """The findings and, if they may be included, the silenced findings, in order."""
    reported = ((finding, None) for finding in report.findings)
    silenced = ((silence.finding, silence) for silence in (report.silenced if options.silenced else ()))
    for finding, silence in heapq.merge(reported, silenced, key=lambda item: item[0].sort_key):
        yield _result(finding, silence, options)


def _result(finding: Finding, silenced: Silenced | None, options: RenderOptions) -> dict[str, Any]:
    related = list(_related(finding, options))
    links = "".join(f" [{location['message']['text']}]({location['id']})" for location in related)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        **({"ruleIndex": INDEXES[finding.code]} if finding.code in INDEXES else {}),
        "level": LEVELS[finding.severity],
        "message": {"text": _escaped(finding.message) + links},
        "locations": [_location(finding.location, options)],
    }
    if related:
        result["relatedLocations"] = related
    if finding.fingerprint:
        result["partialFingerprints"] = {"termcheckFingerprint/v1": finding.fingerprint}
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix, finding.location.path, options)]
    if silenced:
        reason = {"justification": silenced.reason} if silenced.reason else {}
        result["suppressions"] = [{"kind": _KINDS[silenced.by], "status": "accepted", **reason}]
    if properties := _properties(finding):
        result["properties"] = properties
    return result


def _escaped(text: str) -> str:
    # In a message, brackets are links.
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _related(finding: Finding, options: RenderOptions) -> Iterator[dict[str, Any]]:
    """The locations of the source and of the glossary entry, if a finding has them."""
    if finding.source:
        yield {"id": 1, "message": {"text": "source"}, **_location(finding.source, options)}
    path, _, line = finding.term.origin.rpartition(":") if finding.term else ("", "", "")
    if path and line.isdecimal():
        location = {"artifactLocation": _artifact(path, options), "region": {"startLine": int(line)}}
        yield {"id": 2, "message": {"text": "glossary"}, "physicalLocation": location}


def _location(location: Location, options: RenderOptions) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(location.path, options),
            "region": _region(location),
        }
    }


def _artifact(path: str, options: RenderOptions) -> dict[str, str]:
    # In Python, surrogates U+DC80 to U+DCFF stand for bytes of a file name; others cannot be encoded.
    name = _NO_BYTE.sub("\ufffd", repository_path(path, options)).encode("utf-8", "surrogateescape")
    return {"uri": quote(name, safe="/!$&'()*+,;=@~"), "uriBaseId": _ROOT}


def _region(location: Location | Edit) -> dict[str, int]:
    return {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }


def _fix(fix: Fix, path: str, options: RenderOptions) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": _FIXES[fix.applicability]},
        "artifactChanges": [{"artifactLocation": _artifact(path, options), "replacements": replacements}],
    }


def _properties(finding: Finding) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if finding.term:
        properties |= {
            "term": finding.term.source,
            "concept": finding.term.id,
            "expected": list(finding.term.expected),
            "found": finding.term.found,
        }
    if finding.confidence:
        properties |= {"confidence": finding.confidence.value, "reasons": list(finding.reasons)}
    return properties
