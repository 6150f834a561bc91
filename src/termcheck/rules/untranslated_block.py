"""Both sides of a pair are the same text.

## What it does
Reports a paragraph, row or cell whose target repeats its source, if there is something to translate in it: a
term of the glossary, a word in a script that the target language does not use, or a sentence. Width, blanks,
quotes and emphasis make no difference. Code, numbers and addresses have nothing to translate. The terms of
such a text are never reported by themselves, and no fix changes it.

The rule is off by default, because titles, signatures, licences and examples are rightly left as they are.

## Why is this bad?
A translation tool fills in the source where nobody has translated it yet. Such a row looks finished.

## Example
```yaml
glossary:
  上合组织: SCO
source: 上合组织峰会
target: 上合组织峰会
```

## Use instead
```yaml
target: SCO summit
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.languages import scripts_of, share_script
from termcheck.languages.identify import side_of
from termcheck.matching.strict.kept_text import is_same
from termcheck.model import Finding, Severity, Side
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext

RULE = Rule(
    "ALN205",
    "untranslated-block",
    Severity.INFO,
    scope=Scope.PAIR,
    since="0.1.0",
    default=False,
    needs_every_pair=True,
)
# A shorter text may be a name. Chosen by hand.
_MIN_WORDS = 4


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for a pair that has the same text on both sides."""
    pair = ctx.verdict.pair
    if not pair.source or not pair.target:
        return
    if is_same(pair) and (_has_terms(ctx) or _has_wording(ctx)):
        yield ctx.finding(RULE, "the target is the same text as the source", source=pair.source[0])


def _has_terms(ctx: PairContext) -> bool:
    """Whether the text has a term that no accepted rendering in it renders."""
    met = {match.concept.id for match in ctx.verdict.target if match.term.status.accepted}
    return any(match.certain and match.concept.id not in met for match in ctx.verdict.source)


def _has_wording(ctx: PairContext) -> bool:
    """Whether the text is in a script of the source language alone, or has the words of a sentence."""
    text = " ".join(segment.unprotected_text for segment in ctx.verdict.pair.target)
    if side_of(text, ctx.source_lang, ctx.target_lang) is not Side.SOURCE:
        return False
    # Names in Latin letters are at home everywhere.
    foreign = "latin" not in scripts_of(ctx.source_lang) and not share_script(
        ctx.source_lang, ctx.target_lang
    )
    return foreign or len(text.split()) >= _MIN_WORDS
