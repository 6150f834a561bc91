"""A source term is left untranslated in the target.

## What it does
Reports a term that has no accepted rendering in the target while the target contains the source term itself.
The finding replaces that of a missing rendering. If a term may remain in the source language, list it under
`keep:` or add it to the renderings of its entry.

## Why is this bad?
Readers of the translation may not be able to read the term. It is usually left over from a draft or from
machine translation.

## Example
```yaml
glossary:
  大校: Senior Colonel
source: 发言人李宁大校回答了提问。
target: The spokesperson, 大校 Li Ning, took questions.
```

## Use instead
```yaml
target: The spokesperson, Senior Colonel Li Ning, took questions.
```

## Fix safety
The fix is unsafe, because the sentence may need an article or another word order. There is no fix if the
entry has several preferred renderings.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Applicability, Finding, Severity
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule(
    "TRM104", "untranslated-term", Severity.ERROR, scope=Scope.PAIR, since="0.1.0", fix=Applicability.UNSAFE
)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each unmet obligation whose source term is in the target."""
    for obligation in ctx.obligations:
        match = obligation.untranslated
        if match is None:
            continue
        expected = [term.text for term in obligation.accepted]
        rendering = fixes.only_preferred(obligation.accepted)
        yield ctx.finding(
            RULE,
            f"{match.text} is left untranslated; expected {quoted(expected)}",
            at=match,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=expected,
            found=match.text,
            fix=fixes.rewritten(ctx.bitext.target, match, rendering, ctx.target_lang),
            label=f"expected {quoted(expected)}",
        )
