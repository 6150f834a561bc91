"""The baseline lists findings that are gone.

## What it does
Reports, once, that entries of the baseline match no finding any more, if their files were checked in this
run or are not there any more. Rules that did not run and terms that were not checked say nothing about their
entries.

## Why is this bad?
What was mended stays mended only if the baseline forgets it: else the same mistake in the same words would
pass unseen.

## Example
```console
$ termcheck check --baseline baseline.json
baseline.json:4:1: DIR403 [*] stale-baseline: 1 of 2 entries matches no finding any more: TRM101 in talk.md
```

## Use instead
Let `--fix` take such entries out, or `--write-baseline baseline.json`, which does nothing else.

## Fix safety
Nothing but the entries that match nothing is taken out.
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
    """One finding at the first stale entry, for all of them."""
    verb = "matches" if ctx.stale == 1 else "match"
    more = f" and {ctx.stale - 1} more" if ctx.stale > 1 else ""
    message = f"{ctx.stale} of {ctx.entries} entries {verb} no finding any more: {ctx.first}{more}"
    fingerprint = digest(RULE.code, ctx.first)
    yield Finding(RULE.code, RULE.name, RULE.severity, message, ctx.at, fix=ctx.fix, fingerprint=fingerprint)
