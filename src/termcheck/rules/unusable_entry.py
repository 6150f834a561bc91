"""An entry of the glossary cannot be used, so it is left out.

## What it does
Reports an entry that has no rendering, and one with a placeholder in a term, such as `%s` or `{name}`. A
check of texts leaves such an entry out, says so in a notice, and goes on with the others.

## Why is this bad?
Texts are not checked against the entry. What programs put into a text is never searched, so a term with a
placeholder cannot be found.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    国防部:
    东盟: ASEAN
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    国防部: MND
    东盟: ASEAN
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, Severity, Term
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO312", "unusable-entry", Severity.ERROR, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each entry that was left out when the glossary was read."""
    for entry in ctx.glossary.left_out:
        term = Term(entry.term, ctx.source_lang, origin=entry.origin)
        concept = Concept(entry.term, (term,), origin=entry.origin)
        message = f"{entry.reason}; {entry.advice}" if entry.advice else entry.reason
        yield ctx.finding(RULE, message, concept, term)
