"""Two concepts with one rendering.

## What it does
Reports an accepted rendering that another concept accepts, too. It is off unless selected, because
synonyms and ranks do share renderings.

## Why is this bad?
Where the source keeps two things apart, a reader of the translation cannot; and a text that renders one
of the two is taken to render both.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    安全: security
    安保: security
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    安全: security
    安保: security services
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, Severity, Term
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext, identity, together, where

RULE = Rule("GLO305", "shared-rendering", Severity.INFO, scope=Scope.GLOSSARY, since="0.1.0", default=False)


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding at each rendering that an earlier concept has."""
    seen: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept in ctx.glossary.concepts:
        for term in ctx.accepted(concept):
            others = seen.setdefault(identity(term), [])
            for other, first in others:
                if other.id != concept.id and together(term, first):
                    name = other.terms[0].text
                    place = where(first.origin, term.origin)
                    yield ctx.finding(RULE, f"“{term.text}” also renders {name} in {place}", concept, term)
                    break
            others.append((concept, term))
