"""Set aside the findings that a baseline knows, and tell which of its entries are out of date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.prepare import read_bytes
from termcheck.engine.project_paths import ProjectPaths
from termcheck.model import Report, Silenced, SilencedBy, TermcheckError
from termcheck.readers.encoding import decode
from termcheck.rules import GLOSSARY_CHECKS, RULES, noisy_entry, stale_baseline

if TYPE_CHECKING:
    from termcheck.baseline import Baseline, Entry


def read_baseline(path: str) -> Baseline:
    """Read a baseline. Raises TermcheckError if it cannot be read, or is none."""
    from termcheck.baseline import parse_baseline

    if not os.path.lexists(path):
        advice = f"`termcheck check --write-baseline {path}` writes it"
        raise TermcheckError("the baseline is not there", path=path, advice=advice)
    return parse_baseline(decode(read_bytes(path, path, None), path), path)


def without_baselined(
    report: Report, baseline: Baseline, names: ProjectPaths, hidden: frozenset[str], settings: Settings
) -> Report:
    """The report without the findings of a baseline, and with what is stale in that.

    `hidden` are the fingerprints of findings that are there but not shown.
    """
    from termcheck.baseline import stale_finding

    known = [one for one in report.findings if one.fingerprint in baseline.fingerprints]
    left = [one for one in report.findings if one.fingerprint not in baseline.fingerprints]
    found = hidden | {one.fingerprint for one in known}
    entries = [entry for entry in baseline.entries if entry.fingerprint not in found]
    stale = list(_stale(entries, report, names, settings))
    documents = dict(report.documents)
    if stale and settings.selection.enabled(stale_baseline.RULE):
        severity = settings.selection.severity(stale_baseline.RULE)
        left.append(replace(stale_finding(baseline, stale), severity=severity))
        documents[baseline.path] = baseline.document
    silenced = (*report.silenced, *(Silenced(one, SilencedBy.BASELINE) for one in known))
    return replace(
        report,
        findings=tuple(sorted(left, key=lambda one: one.sort_key)),
        silenced=tuple(sorted(silenced, key=lambda one: one.finding.sort_key)),
        coverage=replace(report.coverage, baselined=len(known)),
        documents=documents,
        stale=frozenset(entry.fingerprint for entry in stale),
    )


def _stale(entries: list[Entry], report: Report, names: ProjectPaths, settings: Settings) -> Iterator[Entry]:
    """Those of the entries without a finding that would have one if they were not out of date."""
    if settings.terms or settings.ignore_terms or settings.changes is not None:
        return
    failed = {error.path for error in report.errors}
    checked = {names(path): path for path in report.documents if path not in failed}
    roots = {names.root(path) for path in report.documents}
    rules = {rule.code: rule for rule in RULES if rule not in GLOSSARY_CHECKS and rule != noisy_entry.RULE}
    for entry in entries:
        path, rule = checked.get(entry.path), rules.get(entry.rule)
        if path is not None:
            # What is said of a glossary depends on which texts are checked.
            if rule is not None and settings.selection.enabled(rule, path):
                yield entry
        elif roots and not any(os.path.lexists(f"{root.rstrip('/')}/{entry.path}") for root in roots):
            yield entry
