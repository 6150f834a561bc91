"""Nearly all texts render a term differently from its entry.

## What it does
Reports an entry once, with figures, if its term occurs in at least five pairs of the checked texts and at
most a fifth of these pairs render it as listed. If the term occurs in at least forty pairs and at most a
tenth of them render it as listed, the findings on the single pairs get low confidence, so they are shown only
with `--min-confidence low`. Pairs that contain a forbidden rendering do not count.

## Why is this bad?
So many translations are rarely wrong in the same way. Usually the entry is too narrow, out of date or meant
for another field, or its term is an everyday word. Until the entry is corrected, its findings hide the ones
that matter.

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
`termcheck glossary score` shows which renderings the texts use. If one of them is acceptable, add it to the
entry. If the term is too common a word, replace it by a longer phrase, or give it `match: exact` or
`severity: info`.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO310", "noisy-entry", Severity.WARNING, scope=Scope.GLOSSARY_USE, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each concept that the texts hardly ever render as listed."""
    any_noisy = any(usage.noisy for usage in ctx.usage.values())
    for concept in ctx.glossary.concepts if any_noisy else ():
        usage = ctx.usage.get(concept.id)
        names = ctx.source_terms(concept) if usage is not None and usage.noisy else ()
        if usage is not None and names:
            low = "; findings on it have low confidence" if usage.flooding else ""
            # The finding on an entry is never more severe than the findings that it explains.
            severity = min(concept.severity or RULE.severity, RULE.severity, key=lambda level: level.rank)
            language = f" in {ctx.target_lang}" if ctx.one_of_several else ""
            message = (
                f"{names[0].text} is {usage}{language}: is the entry correct? "
                f"`termcheck glossary score` shows the renderings that the texts use{low}"
            )
            shown = ctx.renderings(concept) if ctx.one_of_several else names
            yield ctx.finding(RULE, message, concept, shown[0], severity)
