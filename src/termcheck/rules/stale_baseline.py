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

from termcheck.model import Applicability, Finding, Fix, Location, Severity
from termcheck.rules.base import Rule, digest

RULE = Rule("DIR403", "stale-baseline", Severity.WARNING, since="0.1.0", fix=Applicability.SAFE)


def finding(at: Location, stale: int, entries: int, first: str, fix: Fix) -> Finding:
    """The finding at the first of the stale entries, which `first` names, of all entries of the baseline."""
    match = "matches" if stale == 1 else "match"
    more = f" and {stale - 1} more" if stale > 1 else ""
    message = f"{stale} of {entries} entries {match} no finding any more: {first}{more}"
    print_ = digest(RULE.code, first)
    return Finding(RULE.code, RULE.name, RULE.severity, message, at, fix=fix, fingerprint=print_)
