"""Two entries for one term.

## What it does
Reports a source term that names two concepts of the same priority, scope and time, a rendering that is
listed twice in one entry, and an entry that an earlier glossary file has in the same words.

## Why is this bad?
Both entries ask for their own rendering, so one of them is always called missing. The second place is
also the one that is forgotten when the term changes.

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
One entry with all its renderings, or two that say which goes before the other.
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
from termcheck.rules.glossary_context import GlossaryContext, identity, together, where

RULE = Rule("GLO301", "duplicate-term", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding at the later of two places."""
    seen: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept, term in ctx.named():
        others = seen.setdefault(identity(term), [])
        for other, first in others:
            if other.id != concept.id and other.priority == concept.priority and together(term, first):
                place = where(first.origin, term.origin)
                yield ctx.finding(RULE, f"{term.text} already names the concept in {place}", concept, term)
                break
        others.append((concept, term))
    for concept in ctx.glossary.concepts:
        yield from _listed_twice(ctx, concept)
    for conflict in ctx.conflicts:
        if not conflict.differs:
            message = f"{conflict.term} is in {conflict.loser.origin} in the same words"
            yield ctx.finding(RULE, message, conflict.winner, severity=Severity.INFO)


def _listed_twice(ctx: GlossaryContext, concept: Concept) -> Iterator[Finding]:
    seen: dict[tuple[str, str], list[Term]] = {}
    for term in concept.terms:
        same = seen.setdefault((term.language, term.text), [])
        first = next((one for one in same if together(one, term)), None)
        same.append(term)
        if first is not None:
            place = where(first.origin, term.origin)
            yield ctx.finding(RULE, f"“{term.text}” is already listed in {place}", concept, term)
