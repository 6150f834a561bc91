"""Remove the findings that a baseline lists, and report its stale entries."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.engine.project_paths import ProjectPaths
from termcheck.messages import file_error
from termcheck.model import Finding, Report, Silenced, SilencedBy, TermcheckError
from termcheck.readers.encoding import decode
from termcheck.rules import BASELINE_CHECKS, RULES
from termcheck.rules.base import Scope

if TYPE_CHECKING:
    from termcheck.baseline import Baseline, Entry


def read_baseline(path: str) -> Baseline:
    """Read a baseline file. Raises TermcheckError if it cannot be read or is not a baseline."""
    from termcheck.baseline import parse_baseline

    if not os.path.lexists(path):
        advice = f"create it with `termcheck check --write-baseline {path}`"
        raise TermcheckError("the baseline does not exist", path=path, advice=advice)
    try:
        # The command line may name a pipe; a configuration may not.
        with open(path, "rb") as file:  # noqa: PTH123 - it may be a pipe
            data = file.read()
    except OSError as error:
        raise file_error("cannot be read", error, path) from None
    return parse_baseline(decode(data, path), path)


def without_baselined(
    report: Report,
    baseline: Baseline,
    names: ProjectPaths,
) -> Report:
    """The report without the findings that the baseline lists, and with a finding on its stale entries.

    A baseline is about the texts whose configurations name it.
    """
    known: list[Finding] = []
    new: list[Finding] = []
    for finding in report.findings:
        is_about = names.settings(finding.location.path).baseline == baseline.path
        listed = is_about and finding.fingerprint in baseline.fingerprints
        (known if listed else new).append(finding)
    existing = report.unsure | {finding.fingerprint for finding in known}
    unmatched = [entry for entry in baseline.entries if entry.fingerprint not in existing]
    stale = list(_stale(unmatched, baseline, report, names))
    documents = dict(report.documents)
    on_baseline = list(_findings(baseline, stale, names)) if stale else []
    if on_baseline:
        documents[baseline.path] = baseline.document
    silenced = (*report.silenced, *(Silenced(finding, SilencedBy.BASELINE) for finding in known))
    return replace(
        report,
        findings=tuple(sorted((*new, *on_baseline), key=lambda finding: finding.sort_key)),
        silenced=tuple(sorted(silenced, key=lambda item: item.finding.sort_key)),
        coverage=replace(report.coverage, baselined=report.coverage.baselined + len(known)),
        documents=documents,
        stale=report.stale.union(entry.fingerprint for entry in stale),
    )


def _findings(baseline: Baseline, stale: Sequence[Entry], names: ProjectPaths) -> Iterator[Finding]:
    from termcheck.baseline import baseline_context

    settings = next(one for one in names.all_settings() if one.baseline == baseline.path)
    context = baseline_context(baseline, stale)
    for rule, check in BASELINE_CHECKS.items():
        if settings.selection.enabled(rule):
            yield from map(settings.selection.as_configured, check(context))


def _stale(
    entries: Sequence[Entry], baseline: Baseline, report: Report, names: ProjectPaths
) -> Iterator[Entry]:
    """The unmatched entries whose file was checked or no longer exists."""
    failed = {error.path for error in report.errors}
    checked: dict[str, str] = {}
    roots: set[str] = set()
    for path in report.documents:
        settings = names.settings(path)
        if settings.baseline == baseline.path:
            if settings.terms or settings.ignore_terms or settings.changes is not None:
                return
            roots.add(names.baseline_root(path))
            if path not in failed:
                checked[names.in_baseline(path)] = path
    # Findings on a glossary depend on which texts are checked.
    on_glossaries = (Scope.GLOSSARY, Scope.GLOSSARY_USE)
    rules = {rule.code: rule for rule in RULES if rule.scope not in on_glossaries}
    for entry in entries:
        name, rule = checked.get(entry.path), rules.get(entry.rule)
        if name is not None:
            if rule is not None and names.settings(name).selection.enabled(rule, name):
                yield entry
        elif roots and not any(os.path.lexists(f"{root.rstrip('/')}/{entry.path}") for root in roots):
            yield entry
