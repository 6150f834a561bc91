"""Two entries contradict each other about a rendering.

## What it does
Reports a rendering that one concept accepts and that another concept with the same term forbids, and an
accepted rendering that another entry forbids in any text (`where: always`). If two glossary files give
different renderings for a term, the later file wins, and a warning points to the entry that it overrides.

## Why is this bad?
No translation can satisfy both entries, so every text is reported. An overridden entry is silently ignored.

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

from collections.abc import Iterator, Mapping, Sequence

from termcheck.model import Concept, Finding, Severity, Status, Term, Where
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext, identity, overlap, place_in_glossary

RULE = Rule(
    "GLO302",
    "conflicting-rendering",
    Severity.ERROR,
    scope=Scope.GLOSSARY,
    since="0.1.0",
    across_glossaries=True,
)

# The identity of a rendering, and that of the source term opposite which it is forbidden.
_Key = tuple[tuple[str, str], tuple[str, str]]

# In place of the identities of all source terms.
_ANY_TERM = ("", "")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each accepted rendering that another entry forbids, and for each overridden entry."""
    forbidden = _forbidden(ctx)
    for concept in ctx.glossary.concepts if forbidden else ():
        for term in ctx.accepted(concept):
            rejected = _rejected(ctx, concept, term, forbidden)
            if rejected is not None:
                place = place_in_glossary(rejected.origin, term.origin)
                message = f"“{term.text}” is accepted here, but forbidden {place}"
                yield ctx.finding(RULE, message, concept, term)
    for conflict in ctx.conflicts:
        if conflict.differs:
            message = (
                f"{conflict.term} overrides the entry at {conflict.loser.origin}, which has other renderings"
            )
            yield ctx.finding(RULE, message, conflict.winner, severity=Severity.WARNING)


def _rejected(
    ctx: GlossaryContext,
    concept: Concept,
    term: Term,
    forbidden: Mapping[_Key, Sequence[tuple[Concept, Term]]],
) -> Term | None:
    """The first forbidden term of another concept that conflicts with an accepted rendering."""
    names = (_ANY_TERM, *map(identity, ctx.source_terms(concept)))
    candidates = (entry for name in names for entry in forbidden.get((identity(term), name), ()))
    return next(
        (rejected for other, rejected in candidates if other.id != concept.id and overlap(term, rejected)),
        None,
    )


def _forbidden(ctx: GlossaryContext) -> dict[_Key, list[tuple[Concept, Term]]]:
    forbidden: dict[_Key, list[tuple[Concept, Term]]] = {}
    for concept in ctx.glossary.concepts:
        for term in ctx.renderings(concept):
            if term.status is Status.FORBIDDEN:
                anywhere = term.where is Where.ALWAYS
                for name in (_ANY_TERM,) if anywhere else map(identity, ctx.source_terms(concept)):
                    forbidden.setdefault((identity(term), name), []).append((concept, term))
    return forbidden
