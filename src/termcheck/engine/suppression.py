"""Take out of the findings on a bitext what comments in it and the glossary silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.prepare import Prepared
from termcheck.matching.judge import JudgedPair
from termcheck.model import Finding, Silenced
from termcheck.rules import unused_suppression
from termcheck.rules.base import Rule

if TYPE_CHECKING:
    from termcheck.suppress import Judgement


def suppress(
    prepared: Prepared, judged: Sequence[JudgedPair], findings: tuple[Finding, ...], settings: Settings
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
    """The findings that are left, with those on the comments themselves, and those that are silenced."""
    bitext, ignores = prepared.bitext, prepared.compiled.ignores
    silenced: tuple[Silenced, ...] = ()
    if bitext.source.directives or bitext.target.directives:
        from termcheck.suppress import apply_comments

        outcome = apply_comments(bitext, findings, _judgement(prepared, judged, settings))
        findings, silenced = tuple(_severe(outcome.findings, settings)), outcome.silenced
    if ignores:
        from termcheck.suppress import apply_ignores

        outcome = apply_ignores(findings, ignores, (bitext.source.path, bitext.target.path))
        findings, silenced = outcome.findings, (*silenced, *outcome.silenced)
    return findings, silenced


def _judgement(prepared: Prepared, judged: Sequence[JudgedPair], settings: Settings) -> Judgement:
    from termcheck.suppress import Judgement

    compiled, path = prepared.compiled, prepared.bitext.target.path
    anything = any(one.is_paired for one in judged)

    def enabled(rule: Rule) -> bool:
        # Where nothing is paired, no comment could silence anything.
        idle = rule is unused_suppression.RULE and not anything
        return not idle and settings.selection.enabled(rule, path)

    restricted = settings.terms or settings.ignore_terms
    checked = compiled.checked if restricted else None
    return Judgement(enabled, compiled.glossary.concepts, checked, prepared.root)


def _severe(findings: Sequence[Finding], settings: Settings) -> Iterator[Finding]:
    """Findings on comments have the severity that the user gave their rule; the others have it already."""
    severities = settings.selection.severities
    for finding in findings:
        chosen = severities.get(finding.code) if finding.code.startswith("DIR") else None
        yield finding if chosen is None else replace(finding, severity=chosen)
