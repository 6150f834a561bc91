"""A source term has only one character.

## What it does
Reports a source term that is a single Chinese character or a single letter. Kept terms, case-sensitive terms
(`case: sensitive`), regular expressions and terms with `except_in` are not reported.

## Why is this bad?
A single character is part of countless words: 法 means France in one sentence and law in the next. Such an
entry reports more good translations than bad ones.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    法: France
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    法国: France
    法方: French side
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import CaseMode, Finding, MatchMode, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.text.fold import fold

RULE = Rule("GLO308", "risky-short-term", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each source term of one letter that no attribute restricts."""
    for concept, term in ctx.all_source_terms():
        restricted = term.except_in or term.case is CaseMode.SENSITIVE or term.match is MatchMode.REGEX
        folded = fold(term.text, term.language).text
        if len(folded) == 1 and folded.isalpha() and not restricted and not concept.keep:
            message = f"{term.text} is too short to be matched reliably; use a longer term or `except_in`"
            yield ctx.finding(RULE, message, concept, term)
