"""From verdicts to findings: apply the selected rules, with the severities the user and the glossary give."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.prepare import Prepared, read_bytes
from termcheck.engine.project_paths import project_root
from termcheck.matching.index.compiled_glossary import direction
from termcheck.matching.judge import JudgedPair
from termcheck.model import (
    Document,
    Finding,
    Severity,
)
from termcheck.readers.encoding import decode
from termcheck.rules import (
    DOCUMENT_CHECKS,
    GLOSSARY_CHECKS,
    NEEDS_EVERY_PAIR,
    PAIR_CHECKS,
    GlossaryCheck,
    PairCheck,
    forbidden_rendering,
    missing_rendering,
    unmatched_term,
    unpaired_paragraph,
)
from termcheck.rules.base import Rule
from termcheck.rules.confidence import with_pair_doubt
from termcheck.rules.context import DocumentContext, PairContext
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.rules.term_usage import TermOutcomes
from termcheck.text.positions import line_starts

if TYPE_CHECKING:
    from termcheck.glossary import Loaded


def findings_of(prepared: Prepared, judged: tuple[JudgedPair, ...], settings: Settings) -> Iterator[Finding]:
    """The findings on one bitext, without those on terms that were not to be checked."""
    compiled = prepared.compiled
    for finding in _raw_findings(prepared, judged, settings):
        if finding.term is None:
            yield finding
        elif finding.term.id in compiled.checked:
            severity = compiled.severities.get(finding.term.id)
            # What is an error by itself, a forbidden rendering, stays one: an entry's severity says how
            # bad a missing rendering of it is.
            own = finding.code in settings.selection.severities or finding.severity is Severity.ERROR
            yield finding if severity is None or own else replace(finding, severity=severity)


def _pair_findings(ctx: PairContext, checks: Sequence[PairCheck]) -> Iterator[Finding]:
    """The findings on one pair; a forbidden rendering says already that the right one is missing."""
    found = [with_pair_doubt(finding, ctx.judged.pair) for check in checks for finding in check(ctx)]
    forbidden = {one.term.id for one in found if one.term and one.code == forbidden_rendering.RULE.code}
    for finding in found:
        missing = finding.code == missing_rendering.RULE.code
        if not (missing and finding.term and finding.term.id in forbidden):
            yield finding


def _raw_findings(
    prepared: Prepared, judged: tuple[JudgedPair, ...], settings: Settings
) -> Iterator[Finding]:
    compiled, bitext = prepared.compiled, prepared.bitext
    whole = DocumentContext(bitext, judged, compiled.source_lang, compiled.target_lang, prepared.root)
    enabled = functools.partial(settings.selection.enabled, path=bitext.target.path)
    severities = settings.selection.severities
    # Where nothing is paired at all, the notice about the file says it for all of its paragraphs.
    paired = prepared.prefiltered is not None or any(one.is_paired for one in judged)
    idle = () if paired else (unpaired_paragraph.RULE,)
    pair_checks = {rule: check for rule, check in PAIR_CHECKS.items() if enabled(rule) and rule not in idle}
    # Of most pairs there is nothing to say, and that is quickly seen.
    of_any = list(pair_checks.values())
    of_those_in_order = [check for rule, check in pair_checks.items() if rule in NEEDS_EVERY_PAIR]
    found: list[Finding] = []
    for one in judged:
        checks = of_those_in_order if one.is_clean else of_any
        if checks:
            found += _pair_findings(whole.pair_context(one), checks)
    found += [finding for rule, check in DOCUMENT_CHECKS.items() if enabled(rule) for finding in check(whole)]
    for finding in found:
        severity = severities.get(finding.code)
        yield finding if severity is None else replace(finding, severity=severity)


def glossary_findings(
    found: Loaded,
    settings: Settings,
    checks: Mapping[Rule, GlossaryCheck],
    seen: frozenset[str] | None = None,
    usage: Mapping[str, TermOutcomes] = MappingProxyType({}),
) -> Iterator[Finding]:
    """The findings of some rules on a glossary; `seen` and `usage` say what the texts do with its terms."""
    source, target = direction(found.glossary, settings.source_lang, settings.target_lang)
    date = settings.date or datetime.date.today().isoformat()
    paths = found.glossary.paths
    root = project_root(paths[0], settings, paths) if paths else ""
    ctx = GlossaryContext(found.glossary, source, target, found.conflicts, date, seen, usage, root)
    for rule, check_glossary_rule in checks.items():
        if settings.selection.enabled(rule):
            for finding in check_glossary_rule(ctx):
                chosen = settings.selection.severities.get(finding.code)
                yield finding if chosen is None else replace(finding, severity=chosen)


def glossary_document(path: str) -> Document:
    """A glossary as a document without segments, so that a report can quote it."""
    raw = decode(read_bytes(path, path, None), path, None)
    return Document(path, raw, (), line_starts(raw))


def idle_reason(settings: Settings, *, of_glossaries: bool) -> tuple[str, tuple[str, ...]]:
    """Why no selected rule looks at what is checked, and the notice that says what does; else nothing."""
    selected = settings.selection.codes
    if not selected:
        return "no rule is selected", ()
    on_glossaries = {rule.code for rule in GLOSSARY_CHECKS if rule is not unmatched_term.RULE}
    if of_glossaries and not selected & on_glossaries:
        reason, command = "the selected rules look at texts only", "termcheck check"
    elif not of_glossaries and selected <= on_glossaries:
        reason, command = "the selected rules look at glossaries only", "termcheck glossary check"
    else:
        return "", ()
    return reason, (f"{reason}: `{command}` runs them",)
