"""A comment silences nothing.

## What it does
Reports each rule in a comment to termcheck that silences no finding: the text was mended since, or the
comment stands at another paragraph than it should. An `enable` that ends nothing is reported too.

A rule that does not run in this file, or a term that is not checked in this run, is not called unused.

## Why is this bad?
A comment that has outlived its reason will silence the next mistake at the same place, and nobody sees it.

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
Taking out what silences nothing changes no other finding. The comment goes with it if nothing is left of it,
and its line if nothing else is on it.
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
    """The finding on a comment, of which `items` have no effect (none are written: all of it).

    `root` is the directory from which the fingerprint names the file.
    """
    what = " and ".join(f"`{item}`" for item in items) or "this comment"
    does = "end" if verb == "enable" else "silence"
    message = f"{what} {does if len(items) > 1 else does + 's'} nothing"
    print_ = digest(RULE.code, project_path(at.path, root), at.text, *items)
    return Finding(RULE.code, RULE.name, RULE.severity, message, at, fix=fix, fingerprint=print_)
