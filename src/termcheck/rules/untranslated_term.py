"""The source term stands untranslated in the target.

## What it does
Where a term has no accepted rendering in its counterpart, but the term itself was left there in the
source language. It takes the place of missing-rendering. Terms that may stay as they are belong under
`keep:`, or list the source form among their renderings.

## Why is this bad?
Readers of the translation cannot read it. Mostly it is a leftover of a draft or of machine translation.

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
Unsafe: the sentence may need an article or another word order. There is none where several renderings are
preferred.
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
    """One finding for each obligation whose term was left as it is."""
    for obligation in ctx.obligations:
        if obligation.untranslated is None:
            continue
        expected = [term.text for term in obligation.accepted]
        yield ctx.finding(
            RULE,
            f"{obligation.untranslated.text} is left untranslated; expected {quoted(expected)}",
            at=obligation.untranslated,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=expected,
            found=obligation.untranslated.text,
            fix=fixes.rewritten(
                ctx.bitext.target,
                obligation.untranslated,
                fixes.only_preferred(obligation.accepted),
                ctx.target_lang,
            ),
            label=f"expected {quoted(expected)}",
        )
