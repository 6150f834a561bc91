"""Two concepts have the same rendering.

## What it does
Reports an accepted rendering that another concept accepts as well. The rule is off by default, because
synonyms and ranks often share renderings.

## Why is this bad?
Readers of the translation cannot distinguish two things that the source distinguishes. termcheck cannot
either: a text that renders one of the two terms seems to render both.

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
from termcheck.rules.glossary_context import GlossaryContext, identity, overlap, place_in_glossary

RULE = Rule("GLO305", "shared-rendering", Severity.INFO, scope=Scope.GLOSSARY, since="0.1.0", default=False)


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each rendering that an earlier concept accepts as well."""
    seen: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept in ctx.glossary.concepts:
        for term in ctx.accepted(concept):
            earlier = seen.setdefault(identity(term), [])
            for other, first in earlier:
                if other.id != concept.id and overlap(term, first):
                    place = place_in_glossary(first.origin, term.origin)
                    message = f"“{term.text}” also renders {other.terms[0].text} {place}"
                    yield ctx.finding(RULE, message, concept, term)
                    break
            earlier.append((concept, term))
