"""An accepted rendering differs from the glossary in letter case.

## What it does
Reports a rendering that lacks a capital of the listed form or has capitals inside its words. Additional
capitals at the beginning of words are accepted, because sentences, titles and headings have them, and so are
texts that are all capitals. An acronym (SCO, US) in another case counts as missing and is not reported here.
If nearly all renderings of a glossary begin with a capital, as the headwords of some dictionaries do, the
first letter is not checked.

## Why is this bad?
A proper name in small letters is a spelling mistake, and a form that appears in both cases invites more of
them.

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
The fix is safe, because it changes nothing but letter case.
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
    """One finding for each obligation that only renderings in the wrong case meet."""
    accused = {match.concept.id for match in ctx.verdict.accusing}
    for obligation in ctx.obligations:
        if not obligation.met_by or obligation.concept.id in accused:
            continue
        if not all(match.traits & Trait.OTHER_CASE for match in obligation.met_by):
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
