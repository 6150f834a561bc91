"""A paragraph has no counterpart.

## What it does
Reports a paragraph in either language that the alignment left without a counterpart, such as a date line that
was not translated. Terms in such a paragraph are not checked. Texts in front matter are left out, because
a translation often lacks some keys of its original.

## Why is this bad?
Editors often add or drop a paragraph on purpose, but a paragraph that was lost by accident is reported
nowhere else.

## Example
```yaml
glossary:
  记者会: press conference
text: |
  国防部举行例行记者会，发言人就近期热点问题回答了记者的提问。

  The ministry held its regular press conference, where the spokesperson took questions on current topics.

  （本报北京消息，记者现场报道，图片由主办方提供，版权所有。）
```

## Use instead
```yaml
text: |
  国防部举行例行记者会，发言人就近期热点问题回答了记者的提问。

  The ministry held its regular press conference, where the spokesperson took questions on current topics.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

RULE = Rule("ALN201", "unpaired-paragraph", Severity.INFO, scope=Scope.PAIR, since="0.1.0", needs_pairs=True)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each paragraph without a counterpart."""
    pair = ctx.verdict.pair
    if not pair.unpaired_paragraphs:
        return
    if not pair.target:
        for segment in pair.source:
            yield ctx.at_source(RULE, f"this paragraph has no counterpart in {ctx.target_lang}", segment)
    elif not pair.source:
        for segment in pair.target:
            yield ctx.finding(RULE, f"this paragraph has no counterpart in {ctx.source_lang}", at=segment)
