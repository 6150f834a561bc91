"""A suppression comment cannot be understood.

## What it does
Reports a comment addressed to termcheck that names an unknown rule or term or is malformed: it has another
verb than `ignore`, `disable`, `enable` or `file-ignore`, lacks the colon, does not put its rules in brackets,
or does not close a bracket or the comment.

## Why is this bad?
The comment silences nothing, although its author expects it to.

## Example
```yaml
path: talk.md
glossary:
  上合组织: SCO
text: |
  上合组织成员国代表出席会议。

  <!-- termcheck: ignore[mising-rendering] quoted as spoken -->
  Member states attended the meeting.
```

## Use instead
```yaml
text: |
  上合组织成员国代表出席会议。

  <!-- termcheck: ignore[missing-rendering] quoted as spoken -->
  Member states attended the meeting.
```

## Fix safety
The fix is safe if a name is unlike any known one: removing it changes no other finding. A name that is
probably misspelled is corrected instead, rules without brackets get them, and the words of other tools, such
as `noqa`, are translated. That is unsafe, because the corrected comment silences findings.
"""

from __future__ import annotations

from termcheck.globs import project_path
from termcheck.model import Applicability, Finding, Fix, Location, Severity
from termcheck.rules.base import Rule, Scope, digest

RULE = Rule(
    "DIR402",
    "unknown-rule-in-suppression",
    Severity.WARNING,
    scope=Scope.COMMENT,
    since="0.1.0",
    fix=Applicability.SAFE,
)


def finding(at: Location, problem: str, advice: str, fix: Fix | None, root: str = "") -> Finding:
    """The finding on a comment or on a part of it.

    `root` is the directory relative to which the fingerprint names the file.
    """
    message = f"{problem}; {advice}" if advice else problem
    fingerprint = digest(RULE.code, project_path(at.path, root), at.text)
    return Finding(RULE.code, RULE.name, RULE.severity, message, at, fix=fix, fingerprint=fingerprint)
