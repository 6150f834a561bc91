"""Run the selected rules on the verdicts of pairs and on the document to get findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from termcheck.config import Settings
from termcheck.engine.prepare import PreparedBitext
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Finding
from termcheck.rules import DOCUMENT_CHECKS, PAIR_CHECKS, PairCheck
from termcheck.rules.base import Rule
from termcheck.rules.confidence import with_pair_doubt
from termcheck.rules.context import DocumentContext, PairContext


def apply_rules(
    prepared: PreparedBitext, verdicts: tuple[PairVerdict, ...], settings: Settings
) -> Iterator[Finding]:
    """The findings of the selected rules on one bitext, without those on terms that nobody asked for."""
    checked = prepared.compiled.checked
    for finding in _findings(prepared, verdicts, settings):
        if finding.term is None or finding.term.id in checked:
            yield finding


def _findings(
    prepared: PreparedBitext, verdicts: tuple[PairVerdict, ...], settings: Settings
) -> Iterator[Finding]:
    bitext = prepared.bitext
    document = DocumentContext(
        bitext,
        verdicts,
        *prepared.compiled.languages,
        prepared.root,
        prepared.settled_paragraphs,
        prepared.compiled.target.capitals,
        active=prepared.active,
    )
    has_pairs = prepared.prefiltered is not None or any(verdict.is_paired for verdict in verdicts)

    def runs(rule: Rule) -> bool:
        return (
            settings.selection.enabled(rule, bitext.target.path)
            and (has_pairs or not rule.needs_pairs)
            and (prepared.is_start or not rule.needs_document_start)
        )

    pair_checks = {rule: check for rule, check in PAIR_CHECKS.items() if runs(rule)}
    yield from _pair_findings(document, verdicts, pair_checks)
    for rule, check in DOCUMENT_CHECKS.items():
        if runs(rule):
            yield from check(document)


def _pair_findings(
    document: DocumentContext, verdicts: Iterable[PairVerdict], checks: Mapping[Rule, PairCheck]
) -> Iterator[Finding]:
    all_checks = list(checks.values())
    # Most pairs are clean, and most rules have nothing to say about a clean pair.
    checks_of_clean_pairs = [check for rule, check in checks.items() if rule.needs_every_pair]
    replaced = {rule.code: rule.replaces for rule in checks if rule.replaces}
    for verdict in verdicts:
        chosen = checks_of_clean_pairs if verdict.is_clean else all_checks
        if chosen:
            findings = list(_run(chosen, document.pair_context(verdict)))
            yield from _without_replaced(findings, replaced)


def _run(checks: Iterable[PairCheck], context: PairContext) -> Iterator[Finding]:
    for check in checks:
        for finding in check(context):
            yield with_pair_doubt(finding, context.verdict.pair)


def _without_replaced(
    findings: Sequence[Finding], replaced: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """The findings on a pair, except findings that another finding on the same concept replaces."""
    dropped = {
        (code, finding.term.id)
        for finding in findings
        if finding.term is not None
        for code in replaced.get(finding.code, ())
    }
    for finding in findings:
        if finding.term is None or (finding.code, finding.term.id) not in dropped:
            yield finding
