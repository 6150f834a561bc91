"""A term occurs in the source, but the target has no accepted rendering.

## What it does
Reports a pair in which a glossary term clearly occurs in the source while the target contains none of its
accepted renderings, whether preferred or admitted. An inflected or hyphenated rendering is accepted, and so
is one that is split by a coordination or by an inserted word. A word inserted into a name, or inserted
wherever the term is rendered, makes it another term. A term inside a longer term needs no rendering of its
own while the longer term is rendered.

## Why is this bad?
Readers who know an institution, an exercise or a product by its name will not recognise it under another
name. If two documents use two names, readers assume two different things.

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
If the rendering in the text is acceptable too, add it to the entry. If the term has another meaning in
this phrase, list the phrase under `except_in`.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule("TRM101", "missing-rendering", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each unmet obligation without a near miss or an untranslated term."""
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
