"""A rendering that the glossary forbids or deprecates.

## What it does
Reports a rendering with `status: forbidden` or `deprecated` (or listed under `forbid:` or `avoid:`) where
the source has the term, or anywhere if the entry says `where: always`. It must stand there as a whole
word or phrase, in its own right: not inside a longer accepted rendering, not in code or a URL.
A forbidden rendering is an error, a deprecated one a warning.

## Why is this bad?
Somebody decided that this form must not be printed: it is politically wrong, outdated, a rival's
trademark or a false friend.

## Example
```yaml
glossary:
  南海: {en: South China Sea, forbid: [South Sea, Nanhai]}
source: 双方就南海局势交换意见。
target: They exchanged views on the situation in the South Sea.
```

## Use instead
```yaml
target: They exchanged views on the situation in the South China Sea.
```

## Fix safety
Safe where the entry has one preferred rendering, or says what to write `instead`; number and capitals are
carried over, and in English `a` or `an` before it. The fix is unsafe where spelling alone cannot tell what is
right: a plural whose replacement has none, an article before an abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity, Status, same_language
from termcheck.rules import fixes
from termcheck.rules.base import Rule
from termcheck.rules.context import PairContext, quoted

RULE = Rule("TRM102", "forbidden-rendering", Severity.ERROR, since="0.1.0", fix=Applicability.SAFE)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each place of a forbidden or deprecated rendering."""
    for match in ctx.judged.accusing:
        concept = match.concept
        deprecated = match.term.status is Status.DEPRECATED
        accepted = [
            term.text
            for term in concept.terms
            if same_language(term.language, ctx.target_lang) and term.status.accepted
        ]
        expected = [match.term.instead] if match.term.instead else accepted
        source = next((other for other in ctx.judged.source if other.concept is concept), None)
        advice = f"; use {quoted(expected)}" if expected else ""
        verb = "deprecated" if deprecated else "forbidden"
        rendering = f"{source.text} is rendered “{match.text}”" if source else f"“{match.text}” is {verb}"
        yield ctx.finding(
            RULE,
            rendering + (f", which is {verb}" if source and not expected else "") + advice,
            at=match,
            source=source,
            concept=concept,
            expected=expected,
            found=match.text,
            severity=Severity.WARNING if deprecated else None,
            fix=fixes.replaced(ctx.bitext.target, [match], fixes.candidate(match, ctx.target_lang)),
            label=f"use {quoted(expected)}" if expected else verb,
        )
