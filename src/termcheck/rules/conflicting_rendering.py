"""One entry accepts what another one forbids, or a later glossary file overrules an earlier one.

## What it does
Reports a rendering that one concept accepts while another concept with the same term forbids it, and a
rendering that is accepted here and forbidden everywhere (`where: always`) there. Where two glossary
files have different renderings for one term, the later file wins, and a warning says so.

## Why is this bad?
No text can be right: whatever the translator writes is reported. An overruled entry is checked no more,
and nobody notices until somebody looks for it.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    南海: South China Sea
    南海诸岛: {en: Nanhai Islands}
    南海岛礁:
      en:
        - islands and reefs in the South China Sea
        - {term: Nanhai Islands, status: forbidden, where: always}
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    南海: South China Sea
    南海诸岛: {en: South China Sea Islands}
    南海岛礁:
      en:
        - islands and reefs in the South China Sea
        - {term: Nanhai Islands, status: forbidden, where: always}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, Severity, Status, Term, Where
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext, identity, together, where

RULE = Rule(
    "GLO302",
    "conflicting-rendering",
    Severity.ERROR,
    scope=Scope.GLOSSARY,
    since="0.1.0",
    across_glossaries=True,
)

# Stands for all source terms at once.
_EVERYWHERE = ("", "")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each accepted rendering that is forbidden elsewhere, and for each overruled entry."""
    forbidden = _forbidden(ctx)
    for concept in ctx.glossary.concepts if forbidden else ():
        names = [_EVERYWHERE, *(identity(name) for name in ctx.names(concept))]
        for term in ctx.accepted(concept):
            rendering = identity(term)
            candidates = (one for name in names for one in forbidden.get((rendering, name), ()))
            for other, rejected in candidates:
                if other.id != concept.id and together(term, rejected):
                    place = where(rejected.origin, term.origin)
                    yield ctx.finding(
                        RULE, f"“{term.text}” is accepted here, but forbidden in {place}", concept, term
                    )
                    break
    for conflict in ctx.conflicts:
        if conflict.differs:
            message = (
                f"{conflict.term} replaces the entry in {conflict.loser.origin}, which has other renderings"
            )
            yield ctx.finding(RULE, message, conflict.winner, severity=Severity.WARNING)


def _forbidden(
    ctx: GlossaryContext,
) -> dict[tuple[tuple[str, str], tuple[str, str]], list[tuple[Concept, Term]]]:
    """The forbidden renderings by what they match and by the source term opposite which they accuse."""
    found: dict[tuple[tuple[str, str], tuple[str, str]], list[tuple[Concept, Term]]] = {}
    for concept in ctx.glossary.concepts:
        for term in ctx.renderings(concept):
            if term.status is Status.FORBIDDEN:
                names = (
                    [_EVERYWHERE]
                    if term.where is Where.ALWAYS
                    else [identity(name) for name in ctx.names(concept)]
                )
                for name in names:
                    found.setdefault((identity(term), name), []).append((concept, term))
    return found
