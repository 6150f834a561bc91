"""Findings on glossaries: problems of a glossary itself, and problems that a run of texts shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.config import Settings
from termcheck.engine.prepare import read_bytes
from termcheck.engine.project_paths import project_root
from termcheck.matching.index.compiled_glossary import direction
from termcheck.model import Document, Finding, Location, TermcheckError
from termcheck.readers.encoding import decode
from termcheck.rules import GLOSSARY_CHECKS, GLOSSARY_USE_CHECKS, RULES, GlossaryCheck
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.rules.term_usage import TermOutcomes
from termcheck.text.positions import line_starts

if TYPE_CHECKING:
    from termcheck.glossary import Loaded

_NO_OUTCOMES: Mapping[str, TermOutcomes] = MappingProxyType({})


def findings_on_glossary(loaded: Loaded, settings: Settings) -> Iterator[Finding]:
    """The findings of the selected rules on a glossary by itself."""
    languages = direction(loaded.glossary, settings.source_lang, settings.target_lang)
    yield from _findings(GLOSSARY_CHECKS, _context(loaded, languages, settings), settings)


class DirectionUse(Struct, frozen=True):
    """What the texts of a run in one direction say about their glossary.

    `languages` are source and target. `seen` holds the ids of the concepts that occur in the texts of the
    source language, whatever they are translated into; `outcomes` says how the texts render them.
    """

    languages: tuple[str, str]
    seen: frozenset[str]
    outcomes: Mapping[str, TermOutcomes]


def findings_on_use(loaded: Loaded, uses: Sequence[DirectionUse], settings: Settings) -> Iterator[Finding]:
    """What a run of texts says about its glossary, which it may use in several directions.

    A finding that does not depend on the target language comes once. Contradictions within one file are left
    to `glossary check`.
    """
    across = {rule: check for rule, check in GLOSSARY_CHECKS.items() if rule.across_glossaries}
    checks = {**(across if loaded.conflicts else {}), **GLOSSARY_USE_CHECKS}
    known: set[tuple[str, Location, str]] = set()
    for use in uses:
        context = _context(loaded, use.languages, settings, use, several=len(uses) > 1)
        for finding in _findings(checks, context, settings):
            key = finding.code, finding.location, finding.message
            if key not in known:
                known.add(key)
                yield finding


def _findings(
    checks: Mapping[Rule, GlossaryCheck], context: GlossaryContext, settings: Settings
) -> Iterator[Finding]:
    for rule, check in checks.items():
        if settings.selection.enabled(rule):
            yield from check(context)


def _context(
    loaded: Loaded,
    languages: tuple[str, str],
    settings: Settings,
    use: DirectionUse | None = None,
    *,
    several: bool = False,
) -> GlossaryContext:
    paths = loaded.glossary.paths
    return GlossaryContext(
        loaded.glossary,
        *languages,
        loaded.conflicts,
        settings.today,
        use.seen if use else None,
        use.outcomes if use else _NO_OUTCOMES,
        project_root(paths[0], settings, paths) if paths else "",
        several,
    )


def glossary_document(path: str, settings: Settings) -> Document:
    """A glossary file as a document without segments, so that a report can quote it if it is text."""
    try:
        raw = decode(read_bytes(path, path, settings.piped.get(path)), path, None)
    except TermcheckError:
        raw = ""
    return Document(path, raw, (), line_starts(raw))


def idle_reason(settings: Settings, *, of_glossaries: bool) -> tuple[str, tuple[str, ...]]:
    """Why no selected rule looks at what is checked, and the notice that names the right command."""
    selected = settings.selection.codes
    if not selected:
        return "no rule is selected", ()
    on_glossaries = {rule.code for rule in RULES if rule.scope is Scope.GLOSSARY}
    if of_glossaries and not selected & on_glossaries:
        reason, command = "the selected rules look at texts only", "termcheck check"
    elif not of_glossaries and selected <= on_glossaries:
        reason, command = "the selected rules look at glossaries only", "termcheck glossary check"
    else:
        return "", ()
    return reason, (f"{reason}: `{command}` runs them",)
