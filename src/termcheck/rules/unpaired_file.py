"""A file has no counterpart, although the settings pair it.

## What it does
Reports a file that matches one half of a `pairs` pattern while the other half does not exist.

## Why is this bad?
A page that exists in one language only is untranslated or orphaned, and nothing in it was checked.

## Example
```toml
pairs = ["zh/{name}.md : en/{name}.md"]   # zh/news.md is there, en/news.md is not
```

## Use instead
Add the missing file, or `exclude` the one that is there.
"""

from __future__ import annotations

from termcheck.globs import project_path
from termcheck.model import Finding, Location, Severity
from termcheck.rules.base import Rule, digest

RULE = Rule("ALN204", "unpaired-file", Severity.ERROR, since="0.1.0")


def finding(path: str, missing: str, root: str = "") -> Finding:
    """The finding at the beginning of the file at `path`, which its fingerprint names as from `root`."""
    message = f"its counterpart {missing} does not exist"
    print_ = digest(RULE.code, project_path(path, root))
    return Finding(
        RULE.code, RULE.name, RULE.severity, message, Location(path, 1, 1, 1, 1), fingerprint=print_
    )
