"""A rendering stands in the target although its term does not stand in the source.

## What it does
Looks the other way round: reports an accepted rendering in a target whose source has none of the
concept's terms. Off by default, because translators rightly spell out pronouns and allusions.

## Why is this bad?
In parallel corpora and in legal texts, a term out of nowhere is a sign of a wrong pairing, of an
addition, or of a term missing from the glossary.

## Example
```yaml
glossary:
  上合组织: SCO
source: 该组织成员国将举行会议。
target: Member states of the SCO will meet.
```

## Use instead
```yaml
source: 上合组织成员国将举行会议。
```
or list the other name of the concept on the source side of its entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.strict import segmentation
from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, source_term

RULE = Rule(
    "TRM110",
    "unsupported-rendering",
    Severity.WARNING,
    scope=Scope.PAIR,
    since="0.1.0",
    default=False,
    needs_every_pair=True,
)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each concept that only the target names."""
    if not ctx.verdict.pair.source:
        return
    supported = {match.concept.id for match in ctx.verdict.source}
    rendered = {match.term.text.casefold() for match in ctx.verdict.target if match.concept.id in supported}
    for match in ctx.verdict.target:
        concept = match.concept
        if concept.id in supported or not match.certain or not match.term.status.accepted:
            continue
        if match.term.text.casefold() in rendered or not concept.in_language(ctx.source_lang):
            continue
        if segmentation.straddled_word(match):
            continue
        supported.add(concept.id)
        name = source_term(concept, ctx.source_lang)
        yield ctx.finding(
            RULE,
            f"“{match.text}” renders {name}, which the source does not have",
            at=match,
            source=ctx.verdict.pair.source[0],
            concept=concept,
            expected=[name],
            found=match.text,
            label=f"no {name} in the source",
        )
