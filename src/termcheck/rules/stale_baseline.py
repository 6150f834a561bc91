"""The baseline lists findings that no longer exist.

## What it does
Reports once that entries of the baseline match no finding, if their files were checked in this run or no
longer exist. Entries of rules that did not run and of terms that were not checked are not reported.

## Why is this bad?
As long as the baseline lists a corrected mistake, the same mistake in the same words is not reported again.

## Example
```console
$ termcheck check --baseline baseline.json
baseline.json:4:1: DIR403 [*] stale-baseline: 1 of 2 entries matches no finding any more: TRM101 in talk.md
```

## Use instead
Remove the entries with `--fix`, or rewrite the baseline with `--write-baseline baseline.json`.

## Fix safety
The fix is safe, because it removes only entries that match no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity
from termcheck.rules.base import Rule, Scope, digest
from termcheck.rules.context import BaselineContext

RULE = Rule(
    "DIR403",
    "stale-baseline",
    Severity.WARNING,
    scope=Scope.BASELINE,
    since="0.1.0",
    fix=Applicability.SAFE,
)


def check(ctx: BaselineContext) -> Iterator[Finding]:
    """One finding for all stale entries, at the first of them."""
    verb = "matches" if ctx.stale == 1 else "match"
    more = f" and {ctx.stale - 1} more" if ctx.stale > 1 else ""
    message = f"{ctx.stale} of {ctx.entries} entries {verb} no finding any more: {ctx.first}{more}"
    fingerprint = digest(RULE.code, ctx.first)
    yield Finding(RULE.code, RULE.name, RULE.severity, message, ctx.at, fix=ctx.fix, fingerprint=fingerprint)
