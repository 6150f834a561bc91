"""An admitted rendering is used although the glossary prefers another.

## What it does
Reports a term that a pair renders only in ways that the glossary merely admits, if the entry has a preferred
rendering. The rule is off by default, because an admitted rendering is correct.

## Why is this bad?
Publishers who want one name for each thing can enforce it with this rule.

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
The fix is unsafe, because two renderings of a term may need different sentences around them.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity, Status
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

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
    """One finding for each obligation that only admitted renderings meet."""
    for obligation in ctx.obligations:
        if not obligation.met_by or obligation.accepted[0].status is not Status.PREFERRED:
            continue
        if any(match.term.status is Status.PREFERRED for match in obligation.met_by):
            continue
        term, match, rendering = obligation.occurrences[0], obligation.met_by[0], obligation.accepted[0].text
        yield ctx.finding(
            RULE,
            f"“{match.text}” is admitted for {term.text}, but “{rendering}” is preferred",
            at=match,
            source=term,
            concept=obligation.concept,
            expected=[rendering],
            found=match.text,
            fix=fixes.replaced(
                ctx.bitext.target,
                obligation.met_by,
                fixes.only_preferred(obligation.accepted),
                Applicability.UNSAFE,
            ),
            label=f"prefer “{rendering}”",
        )
