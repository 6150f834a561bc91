"""The source has text, the target is empty.

## What it does
Reports a row of a table, CSV or JSON lines file whose source has text while its target is empty or
blank. Its terms are not reported as missing as well.

## Why is this bad?
It is a row that nobody has translated.

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
    """One finding for a pair with text on the source side only."""
    pair = ctx.verdict.pair
    if not pair.target or any(segment.text.strip() for segment in pair.target):
        return
    source = next((segment for segment in pair.source if segment.text.strip()), None)
    if source is not None:
        yield ctx.finding(RULE, "the translation is empty", at=pair.target[0], source=source)
