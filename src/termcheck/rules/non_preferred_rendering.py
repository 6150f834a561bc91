"""An admitted rendering where the glossary prefers another.

## What it does
Reports a term that is rendered only by forms the glossary merely admits, although it has a preferred
one. Off by default: an admitted rendering is correct.

## Why is this bad?
Publications that want one name for one thing have to say so somewhere; this rule enforces it.

## Example
```yaml
glossary:
  联合国维和: [UN peacekeeping, blue-helmet operations]
source: 中国支持联合国维和。
target: China supports blue-helmet operations.
```

## Use instead
```yaml
target: China supports UN peacekeeping.
```

## Fix safety
Unsafe: two renderings of one term need not fit into a sentence in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity, Status
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, preferred

RULE = Rule(
    "TRM106",
    "non-preferred-rendering",
    Severity.WARNING,
    scope=Scope.PAIR,
    since="0.1.0",
    fix=Applicability.UNSAFE,
    default=False,
    needs_every_pair=True,
)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation met without its preferred rendering."""
    for obligation in ctx.obligations:
        if not obligation.met_by or obligation.accepted[0].status is not Status.PREFERRED:
            continue
        if any(match.term.status is Status.PREFERRED for match in obligation.met_by):
            continue
        match, wanted = obligation.met_by[0], preferred(obligation.accepted)
        yield ctx.finding(
            RULE,
            f"“{match.text}” is admitted for {obligation.occurrences[0].text}, but “{wanted}” is preferred",
            at=match,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=[wanted],
            found=match.text,
            fix=fixes.replaced(
                ctx.bitext.target,
                obligation.met_by,
                fixes.only_preferred(obligation.accepted),
                Applicability.UNSAFE,
            ),
            label=f"prefer “{wanted}”",
        )
