"""A comment to termcheck cannot be understood.

## What it does
Reports a comment to termcheck that names a rule or a term there is not, or is not written as such a comment
must be: another verb than `ignore`, `disable`, `enable` and `file-ignore`, no colon, rules that are not in
brackets, a bracket or a comment that is not closed.

## Why is this bad?
It silences nothing, though whoever wrote it thinks so.

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
What names no rule and resembles none is taken out, which changes nothing. What is probably misspelled is
corrected instead; that is unsafe, because from then on it silences something.
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
    """The finding on a comment, or on a part of it; `root` as for the fingerprints of other findings."""
    message = f"{problem}; {advice}" if advice else problem
    print_ = digest(RULE.code, project_path(at.path, root), at.text, problem)
    return Finding(RULE.code, RULE.name, RULE.severity, message, at, fix=fix, fingerprint=print_)
