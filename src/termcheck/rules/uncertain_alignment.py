"""It is not clear which paragraphs belong together.

## What it does
Reports a document in which many paragraphs could be paired in more than one way, once, at the first such
pair. Terms that have no rendering in a doubtful pair are reported only if the neighbouring paragraphs
have none either; in a document as a whole out of step they are not reported at all.

## Why is this bad?
Findings on pairs that are none mislead. A paragraph missing in one language near the place reported is
the usual cause.

## Example
```yaml
glossary:
  演习: exercise
text: |
  第一段介绍演习的时间、地点和参演兵力等基本情况。
  第二段介绍双方指挥员在开幕式上的致辞要点内容。
  第三段说明演习的背景以及双方以往合作的情况。

  The weather was good.
  Everybody went home.
```

## Use instead
Put the paragraphs in the same order in both languages, leave none out, or use a format that pairs them
itself (a table, CSV, JSON lines).
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.judge import SURE
from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule
from termcheck.rules.context import DocumentContext

RULE = Rule("ALN202", "uncertain-alignment", Severity.WARNING, since="0.1.0")

# A single doubtful pair is every long document's lot; from this share on, the document is out of step.
SHARE = 0.3


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """At most one finding for a document."""
    pairs = [judged for judged in ctx.pairs if judged.pair.source and judged.pair.target]
    unsure = [judged for judged in pairs if judged.pair.confidence < SURE]
    if unsure and len(unsure) > SHARE * len(pairs):
        message = (
            f"{len(unsure)} of {len(pairs)} pairs are uncertain from here on: are all paragraphs there, "
            "and in the same order?"
        )
        first = unsure[0]
        yield ctx.pair_context(first).finding(RULE, message, source=first.pair.source[0])
