"""A pair has fewer renderings of a term than occurrences.

## What it does
Checks entries with `count: each`: compares how often the term occurs in the source of a pair with how often
its renderings occur in the target. For other entries one rendering in each pair is enough, because good
translations use pronouns.

## Why is this bad?
In contracts, standards and lists of duties, a dropped mention changes the meaning.

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

from termcheck.matching.match import Match
from termcheck.matching.verdict import Obligation
from termcheck.model import Count, Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule("TRM109", "missing-occurrence", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation with `count: each` that is met, but not often enough."""
    for obligation in ctx.obligations:
        occurrences, rendered = len(obligation.occurrences), _renderings(obligation)
        if obligation.concept.count is not Count.EACH or not 0 < rendered < occurrences:
            continue
        expected = [term.text for term in obligation.accepted]
        term = obligation.occurrences[-1]
        yield ctx.finding(
            RULE,
            f"{obligation.occurrences[0].text} occurs {_times(occurrences)}, "
            f"but {quoted(expected)} only {_times(rendered)}",
            source=term,
            concept=obligation.concept,
            expected=expected,
            label=f"{occurrences - rendered} missing",
        )


def _renderings(obligation: Obligation) -> int:
    """The number of renderings in the target, where overlapping ones count once."""
    count, last = 0, None
    for match in sorted(obligation.met_by, key=_position):
        if last is None or match.segment is not last.segment or not match.span.overlaps(last.span):
            count, last = count + 1, match
    return count


def _position(match: Match) -> tuple[int, int, int]:
    """Sorts matches in document order, and longer ones first at the same offset."""
    return match.segment.raw.start, match.span.start, -match.span.end


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
