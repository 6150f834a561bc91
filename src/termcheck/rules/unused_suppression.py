"""A suppression comment silences nothing.

## What it does
Reports each rule in a suppression comment that silences no finding, because the text has been corrected or
the comment is at the wrong paragraph. Also reports an `enable` that ends no `disable`.

A comment is not reported if its rule did not run in this file or its term was not checked in this run.

## Why is this bad?
A comment that is no longer needed will silence the next mistake in the same place, and nobody will notice.

## Example
```yaml
path: talk.md
glossary:
  上合组织: SCO
text: |
  上合组织成员国代表出席会议。

  <!-- termcheck: ignore[missing-rendering] quoted as spoken -->
  SCO member states attended the meeting.
```

## Use instead
```yaml
text: |
  上合组织成员国代表出席会议。

  SCO member states attended the meeting.
```

## Fix safety
The fix is safe, because removing a comment that silences nothing changes no other finding. It removes the
whole comment if none of its rules remain, and the whole line if nothing else is on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.globs import project_path
from termcheck.model import Applicability, Finding, Fix, Location, Severity
from termcheck.rules.base import Rule, Scope, digest

RULE = Rule(
    "DIR401",
    "unused-suppression",
    Severity.WARNING,
    scope=Scope.COMMENT,
    since="0.1.0",
    fix=Applicability.SAFE,
    needs_pairs=True,
)


def finding(at: Location, verb: str, items: Sequence[str], fix: Fix, root: str = "") -> Finding:
    """The finding on a comment with `items` that have no effect, or without items if that is all of it.

    `root` is the directory relative to which the fingerprint names the file.
    """
    subject = " and ".join(f"`{item}`" for item in items) or "this comment"
    plural = "end" if verb == "enable" else "silence"
    message = f"{subject} {plural if len(items) > 1 else plural + 's'} nothing"
    fingerprint = digest(RULE.code, project_path(at.path, root), at.text, *items)
    return Finding(RULE.code, RULE.name, RULE.severity, message, at, fix=fix, fingerprint=fingerprint)
