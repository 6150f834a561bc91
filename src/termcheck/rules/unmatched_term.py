"""A term occurs in none of the checked texts.

## What it does
Reports every concept whose source terms do not occur in the texts of this run. Without texts it reports
nothing. The rule is off by default, because most runs check only a few files.

## Why is this bad?
A term that never occurs in a whole archive is often misspelled in the glossary or out of use.

## Example
```yaml
glossary:
  上合组织: SCO
  上合组只: SCO
source: 上合组织成员国举行会议。
target: SCO member states held a meeting.
```

## Use instead
```yaml
glossary:
  上合组织: SCO
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO304", "unmatched-term", Severity.INFO, scope=Scope.GLOSSARY_USE, since="0.1.0", default=False)


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each concept that does not occur, or none if no text was checked."""
    if ctx.seen is None:
        return
    for concept in ctx.glossary.concepts:
        names = ctx.source_terms(concept)
        if names and concept.id not in ctx.seen:
            yield ctx.finding(RULE, f"{names[0].text} occurs in none of the checked texts", concept, names[0])
