"""A rendering occurs in the target, but its term does not occur in the source.

## What it does
Checks the other direction: reports an accepted rendering in the target if the source contains no term of its
concept. The rule is off by default, because translators rightly spell out pronouns and allusions.

## Why is this bad?
In parallel corpora and legal texts, such a rendering points to a wrong pairing, an addition by the
translator, or a term that the glossary lacks.

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
If the source uses another name of the concept, add that name to the source side of the entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.match import Match
from termcheck.matching.strict.kept_text import kept_text
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
    """One finding for each concept that only the target has."""
    if not ctx.verdict.pair.source:
        return
    in_source = {match.concept.id for match in ctx.verdict.source}
    reported: set[str] = set()
    supported = {match.term.text.casefold() for match in ctx.verdict.target if match.concept.id in in_source}
    for match in ctx.verdict.target:
        concept = match.concept
        if concept.id in in_source or concept.id in reported or not concept.in_language(ctx.source_lang):
            continue
        if match.term.text.casefold() in supported or not _is_surely_meant(match):
            continue
        if kept_text(ctx.verdict.pair).holds(match):
            continue
        reported.add(concept.id)
        name = source_term(concept, ctx.source_lang)
        yield ctx.finding(
            RULE,
            f"“{match.text}” renders {name}, which does not occur in the source",
            at=match,
            source=ctx.verdict.pair.source[0],
            concept=concept,
            expected=[name],
            found=match.text,
            label=f"no {name} in the source",
        )


def _is_surely_meant(match: Match) -> bool:
    if not match.certain or not match.term.status.accepted:
        return False
    from termcheck.matching.strict.segmentation import straddled_word

    return not straddled_word(match)
