"""Remove the findings that comments in a bitext or the glossary suppress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.config import Settings
from termcheck.engine.prepare import PreparedBitext
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Finding, Silenced
from termcheck.rules.base import Rule

if TYPE_CHECKING:
    from termcheck.suppress import RunScope


def suppress(
    prepared: PreparedBitext,
    verdicts: Sequence[PairVerdict],
    findings: tuple[Finding, ...],
    settings: Settings,
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
    """The findings to report, including those on the comments themselves, and the suppressed ones."""
    bitext, ignores = prepared.bitext, prepared.compiled.ignores
    silenced: tuple[Silenced, ...] = ()
    if bitext.source.directives or bitext.target.directives:
        from termcheck.suppress import apply_comments

        outcome = apply_comments(bitext, findings, _run_scope(prepared, verdicts, settings))
        findings, silenced = outcome.findings, outcome.silenced
    if ignores:
        from termcheck.suppress import apply_ignores

        outcome = apply_ignores(findings, ignores, (bitext.source.path, bitext.target.path))
        findings, silenced = outcome.findings, (*silenced, *outcome.silenced)
    return findings, silenced


def _run_scope(prepared: PreparedBitext, verdicts: Sequence[PairVerdict], settings: Settings) -> RunScope:
    from termcheck.suppress import RunScope

    compiled, path = prepared.compiled, prepared.bitext.target.path
    has_pairs = any(verdict.is_paired for verdict in verdicts)

    def enabled(rule: Rule) -> bool:
        return (has_pairs or not rule.needs_pairs) and settings.selection.enabled(rule, path)

    restricted = settings.terms or settings.ignore_terms
    checked = compiled.checked if restricted else None
    return RunScope(enabled, compiled.glossary.concepts, checked, prepared.root)
