"""A file has no counterpart, although the settings pair it.

## What it does
Reports a file that is one half of a pair by `pairs` while the file for the other half does not exist. If
`{lang}` stands for a language in `pairs`, a file is reported if it has no translation in any language.

## Why is this bad?
A page that exists in one language only was not translated or is obsolete, and it cannot be checked.

## Example
```toml
pairs = ["zh/{name}.md : en/{name}.md"]   # zh/news.md exists, en/news.md does not
```

## Use instead
Add the missing file, or `exclude` the existing one.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.globs import project_path
from termcheck.model import Finding, Location, Severity
from termcheck.rules.base import Rule, Scope, digest
from termcheck.rules.context import FileContext

RULE = Rule("ALN204", "unpaired-file", Severity.ERROR, scope=Scope.FILE, since="0.1.0")


def check(ctx: FileContext) -> Iterator[Finding]:
    """One finding at the beginning of the file."""
    message = f"the counterpart {ctx.missing} does not exist"
    fingerprint = digest(RULE.code, project_path(ctx.path, ctx.root), *filter(None, [ctx.language]))
    location = Location(ctx.path, 1, 1, 1, 1)
    yield Finding(RULE.code, RULE.name, RULE.severity, message, location, fingerprint=fingerprint)
