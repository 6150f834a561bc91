"""The source term occurs, and nothing in the counterpart renders it.

## What it does
Reports a pair in which a term of the glossary surely occurs in the source, while the target has none of
the renderings the glossary accepts for it: not the preferred one, not an admitted one, not inflected,
hyphenated, spread over a coordination or with a word inserted. A word inserted into a name, or one that
comes back wherever the term is rendered, makes another term of it. A term inside a longer term owes nothing
while the longer one is rendered.

## Why is this bad?
Readers who know the institution, the exercise or the product by its name will not recognise it under
another, and two names in two documents look like two things.

## Example
```yaml
glossary:
  上合组织: [SCO, Shanghai Cooperation Organization]
source: 上合组织成员国将于下周举行会议。
target: Member states of the bloc will meet next week.
```

## Use instead
```yaml
target: Member states of the SCO will meet next week.
```
If the rendering in the text is acceptable too, add it to the entry. If the term means something else
here, shield it with `except_in`.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule("TRM101", "missing-rendering", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation that nothing meets, not even a near miss."""
    for obligation in ctx.obligations:
        if obligation.met or obligation.misspelling or obligation.untranslated:
            continue
        expected = [term.text for term in obligation.accepted]
        term = obligation.occurrences[0]
        yield ctx.finding(
            RULE,
            f"{term.text} has no accepted rendering here; expected {quoted(expected)}",
            source=term,
            concept=obligation.concept,
            expected=expected,
            label=f"no {quoted(expected)}",
        )
