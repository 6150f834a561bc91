"""A phrase looks like a misspelling of an accepted rendering.

## What it does
If a term has no accepted rendering in the target, looks for a phrase that differs from an accepted
rendering by a typing error: by one or two letters in one longer word, or by one character in a long Chinese
name. Such a phrase is reported instead of a missing rendering.

## Why is this bad?
A misspelled name is worse than a missing one. It looks careless, and searches do not find it.

## Example
```yaml
glossary:
  香山论坛: Xiangshan Forum
source: 香山论坛将于九月举行。
target: The Xiangshang Forum will be held in September.
```

## Use instead
```yaml
target: The Xiangshan Forum will be held in September.
```

## Fix safety
The fix is unsafe, because what looks like a misspelling may be another name.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

RULE = Rule(
    "TRM103",
    "misspelled-rendering",
    Severity.WARNING,
    scope=Scope.PAIR,
    since="0.1.0",
    fix=Applicability.UNSAFE,
)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each unmet obligation with a near miss in the target."""
    for obligation in ctx.obligations:
        if obligation.misspelling is None:
            continue
        rendering, match = obligation.misspelling
        yield ctx.finding(
            RULE,
            f"“{match.text}” looks like a misspelling of “{rendering}”, "
            f"the rendering of {obligation.occurrences[0].text}",
            at=match,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=[term.text for term in obligation.accepted],
            found=match.text,
            fix=fixes.rewritten(ctx.bitext.target, match, rendering, ctx.target_lang),
            label=f"did you mean “{rendering}”?",
        )
