"""The texts render a term otherwise than its entry says, nearly everywhere.

## What it does
Reports an entry whose term occurs in five pairs or more of the checked texts and is rendered as listed in
a fifth of them or less, once, with the count. From forty pairs on, of which nine in ten do not have it as
listed, the findings on the single pairs get low confidence, so that they are shown only with
`--min-confidence low`. Pairs with a rendering that the glossary forbids do not count.

## Why is this bad?
So many translators are rarely wrong in the same way. Mostly the entry is too narrow, out of date or of
another field, or the term is an everyday word; until it is mended its findings bury those that matter.

## Example
```yaml
glossary: {港口: harbor facility}
pairs:
  - {source: 港口已经开放。, target: The port is open.}
  - {source: 港口昨天关闭。, target: The port was closed yesterday.}
  - {source: 他在港口工作。, target: He works in the port.}
  - {source: 港口有四个码头。, target: The port has four quays.}
  - {source: 船只离开港口。, target: Ships leave the port.}
```

## Use instead
```yaml
glossary: {港口: [port, harbor facility]}
```
`termcheck glossary score` tells what stands there instead. If it is a fair rendering, list it; if the term is
too common a word, make it a longer phrase, or give it `match: exact` or `severity: info`.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO310", "noisy-entry", Severity.WARNING, scope=Scope.GLOSSARY_USE, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each concept that the texts hardly ever render as listed, at its severity if lower."""
    noisy = any(usage.noisy for usage in ctx.usage.values())
    for concept in ctx.glossary.concepts if noisy else ():
        usage = ctx.usage.get(concept.id)
        names = ctx.names(concept) if usage is not None and usage.noisy else ()
        if usage is not None and names:
            low = "; findings on it have low confidence" if usage.flooding else ""
            yield ctx.finding(
                RULE,
                f"{names[0].text} is {usage}: is the entry right? "
                f"`termcheck glossary score` tells what stands there instead{low}",
                concept,
                names[0],
                # An entry that asks for little attention gets no more for this.
                min(concept.severity or RULE.severity, RULE.severity, key=lambda severity: severity.rank),
            )
