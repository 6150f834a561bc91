"""Two entries have the same term.

## What it does
Reports a source term that names two concepts with the same priority, scope and validity, a rendering that is
listed twice in one entry, and an entry that repeats one of an earlier glossary file.

## Why is this bad?
Each entry demands its own rendering, so one of them is always reported as missing. When the term changes, one
of the two entries is easily forgotten.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    上合组织: SCO
    上海五国机制:
      zh: 上合组织
      en: Shanghai Five
```

## Use instead
Write one entry with all renderings, or give the entries different terms or priorities.
```yaml
glossary:
  languages: [zh, en]
  terms:
    上合组织: SCO
    上海五国机制: Shanghai Five
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, Severity, Term
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext, identity, overlap, place_in_glossary

RULE = Rule("GLO301", "duplicate-term", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each repeated term, at the later of its two places."""
    seen: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept, term in ctx.all_source_terms():
        earlier = seen.setdefault(identity(term), [])
        for other, first in earlier:
            if other.id != concept.id and other.priority == concept.priority and overlap(term, first):
                place = place_in_glossary(first.origin, term.origin)
                yield ctx.finding(RULE, f"{term.text} already names the concept {place}", concept, term)
                break
        earlier.append((concept, term))
    for concept in ctx.glossary.concepts:
        yield from _listed_twice(ctx, concept)
    for conflict in ctx.conflicts:
        if not conflict.differs:
            message = f"{conflict.term} repeats the entry at {conflict.loser.origin} word for word"
            yield ctx.finding(RULE, message, conflict.winner, severity=Severity.INFO)


def _listed_twice(ctx: GlossaryContext, concept: Concept) -> Iterator[Finding]:
    """One finding for each term that the concept lists again."""
    seen: dict[tuple[str, str], list[Term]] = {}
    for term in concept.terms:
        same = seen.setdefault((term.language, term.text), [])
        first = next((other for other in same if overlap(other, term)), None)
        same.append(term)
        if first is not None:
            place = place_in_glossary(first.origin, term.origin)
            yield ctx.finding(RULE, f"“{term.text}” is already listed {place}", concept, term)
