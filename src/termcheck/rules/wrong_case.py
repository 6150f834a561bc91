"""An accepted rendering in another case than the glossary's.

## What it does
Reports a rendering that has lost a capital letter of the glossary's form, or has capitals inside its
words. Capitals added at the beginning of words are fine (sentences, titles and headings have them), and
so is a text in capitals throughout. Terms in capitals only (SCO, US) are not met by another case at
all: they come out as missing. Where nearly all renderings of a glossary begin with a capital, as the
head words of a dictionary do, that first capital is taken for a habit and asks for nothing.

## Why is this bad?
Proper names in small letters are spelling mistakes, and a form once seen in both cases invites both.

## Example
```yaml
glossary:
  一带一路: Belt and Road Initiative
  维和: peacekeeping
source: 双方将共建一带一路。
target: The two sides will jointly pursue the belt and road initiative.
```

## Use instead
```yaml
target: The two sides will jointly pursue the Belt and Road Initiative.
```

## Fix safety
Safe: nothing but letter case changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.match import Trait
from termcheck.model import Applicability, Finding, Severity
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

RULE = Rule("TRM105", "wrong-case", Severity.WARNING, scope=Scope.PAIR, since="0.1.0", fix=Applicability.SAFE)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation that is met in the wrong case only."""
    accused = {match.concept.id for match in ctx.verdict.accusing}
    for obligation in ctx.obligations:
        if not all(match.traits & Trait.OTHER_CASE for match in obligation.met_by):
            continue
        if not obligation.met_by or obligation.concept.id in accused:
            continue
        match = obligation.met_by[0]
        yield ctx.finding(
            RULE,
            f"“{match.text}” is written “{match.term.text}” in the glossary",
            at=match,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=[term.text for term in obligation.accepted],
            found=match.text,
            fix=fixes.recased(ctx.bitext.target, obligation.met_by),
            label=f"write “{match.term.text}”",
        )
