"""A term has no rendering that is valid today.

## What it does
Reports a concept with a valid source term whose renderings have all expired, are not valid yet, or do not
exist in the target language. An entry that only forbids renderings is intentional and is not reported.

## Why is this bad?
No translation can satisfy the entry, or the entry is never checked.

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
    """One finding for each concept with a valid source term and no valid rendering."""
    for concept in ctx.glossary.concepts:
        name = next((term for term in ctx.source_terms(concept) if ctx.is_valid(term)), None)
        accepted = ctx.accepted(concept)
        if name is None or any(ctx.is_valid(term) for term in accepted):
            continue
        if accepted:
            message = f"no rendering of {name.text} is valid on {ctx.date}"
            yield ctx.finding(RULE, message, concept, accepted[-1])
        elif not ctx.renderings(concept):
            yield ctx.finding(RULE, f"{name.text} has no rendering in {ctx.target_lang}", concept, name)
