"""A term without a rendering that may be used today.

## What it does
Reports a concept with a source term in use whose renderings are all out of date, or not yet in use, or
missing for the target language. An entry that only forbids renderings is meant so, and is not reported.

## Why is this bad?
Nothing a translator writes can meet the entry, or the entry asks for nothing at all.

## Example
```yaml
date: 2025-12-25
glossary:
  languages: [zh, en]
  terms:
    美国防长:
      en: {term: US Secretary of Defense, valid_until: 2025-09-04}
```

## Use instead
```yaml
date: 2025-12-25
glossary:
  languages: [zh, en]
  terms:
    美国防长:
      en:
        - {term: US Secretary of Defense, valid_until: 2025-09-04}
        - {term: US Secretary of War, valid_from: 2025-09-05}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO306", "no-valid-rendering", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each concept that is owed and cannot be rendered."""
    for concept in ctx.glossary.concepts:
        name = next((term for term in ctx.names(concept) if ctx.valid(term)), None)
        accepted = ctx.accepted(concept)
        if name is None or any(ctx.valid(term) for term in accepted):
            continue
        if accepted:
            nearest = accepted[-1]
            message = f"no rendering of {name.text} is valid on {ctx.date}"
            yield ctx.finding(RULE, message, concept, nearest)
        elif not ctx.renderings(concept):
            yield ctx.finding(RULE, f"{name.text} has no rendering in {ctx.target_lang}", concept, name)
