"""Fewer renderings than occurrences, where the entry asks for each.

## What it does
For entries with `count: each`, compares how often a term occurs in the source of a pair with how often
its renderings occur in the target. Other entries are content with one rendering in a pair, because good
translations use pronouns.

## Why is this bad?
In contracts, standards and lists of obligations a dropped mention changes the meaning.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    甲方: {en: Party A, count: each}
source: 甲方应通知乙方，且甲方承担费用。
target: Party A shall notify the other side and bear the costs.
```

## Use instead
```yaml
target: Party A shall notify the other side, and Party A shall bear the costs.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.verdict import Obligation
from termcheck.model import Count, Finding, Severity, Span
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule("TRM109", "missing-occurrence", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation that is met, but less often than the entry asks."""
    for obligation in ctx.obligations:
        rendered = _places(obligation)
        if (
            obligation.concept.count is not Count.EACH
            or not rendered
            or rendered >= len(obligation.occurrences)
        ):
            continue
        expected = [term.text for term in obligation.accepted]
        yield ctx.finding(
            RULE,
            f"{obligation.occurrences[0].text} occurs {_times(len(obligation.occurrences))}, "
            f"but {quoted(expected)} only {_times(rendered)}",
            source=obligation.occurrences[-1],
            concept=obligation.concept,
            expected=expected,
            label=f"{len(obligation.occurrences) - rendered} missing",
        )


def _places(obligation: Obligation) -> int:
    """How many separate stretches of the target its renderings cover."""
    count, segment, covered = 0, None, Span(0, 0)
    for match in sorted(
        obligation.met_by, key=lambda one: (one.segment.raw.start, one.span.start, -one.span.end)
    ):
        if match.segment is not segment or not match.span.overlaps(covered):
            count, segment, covered = count + 1, match.segment, match.span
    return count


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
