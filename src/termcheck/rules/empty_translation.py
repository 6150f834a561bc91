"""The source has text, but the target is empty.

## What it does
Reports a row of a table, CSV or JSON lines file that has text in the source and nothing but white space in
the target. The terms of such a row are not reported as missing.

## Why is this bad?
The row was not translated.

## Example
```yaml
glossary:
  演习: exercise
source: 演习结束。
target: ""
```

## Use instead
```yaml
target: The exercise is over.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

RULE = Rule("ALN203", "empty-translation", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for a pair that has text in the source only."""
    pair = ctx.verdict.pair
    if not pair.target or any(segment.text.strip() for segment in pair.target):
        return
    source = next((segment for segment in pair.source if segment.text.strip()), None)
    if source is not None:
        yield ctx.finding(RULE, "the translation is empty", at=pair.target[0], source=source)
