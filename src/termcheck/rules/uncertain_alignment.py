"""It is not clear which texts belong together.

## What it does
Of paragraphs: reports a document in which many could be paired in more than one way, once, at the first
such pair. Terms that have no rendering in a doubtful pair are reported only if the neighbouring
paragraphs have none either; in a document as a whole out of step they are not reported at all.

Of rows, as in JSON lines or a table: reports a row whose two sides share no number, name or term though
they should, and whose lengths clearly do not fit; a stretch of such rows once, at the first. They say
nothing about terms, so what depends on the pair is not reported there; a rendering that is forbidden
anywhere still is.

## Why is this bad?
Findings on pairs that are none mislead. A paragraph missing in one language near the place reported is
the usual cause, and in files of rows a column shifted by one.

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
itself (a table, CSV, JSON lines). Of rows, put both sides back in step, or take the stretch out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termcheck.align.rows import paired_by_file
from termcheck.matching.judge_document import is_misaligned
from termcheck.matching.verdict import SURE_PAIR, PairVerdict
from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import DocumentContext
from termcheck.text.positions import locate

RULE = Rule("ALN202", "uncertain-alignment", Severity.WARNING, scope=Scope.DOCUMENT, since="0.1.0")


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """One finding for each stretch of unsure rows, and at most one for all paragraphs."""
    if all(judged.pair.confidence >= SURE_PAIR for judged in ctx.pairs):
        return
    aligned: list[PairVerdict] = []
    rows: list[PairVerdict] = []
    fixed = paired_by_file(judged.pair for judged in ctx.pairs)
    for judged, by_file in zip(ctx.pairs, fixed, strict=True):
        if judged.pair.source and judged.pair.target:
            (rows if by_file else aligned).append(judged)
    for unsure, stretch in groupby(rows, lambda judged: judged.pair.confidence < SURE_PAIR):
        if unsure:
            yield _of_rows(ctx, list(stretch))
    if is_misaligned([judged.pair for judged in aligned]):
        yield _of_paragraphs(ctx, aligned)


def _of_rows(ctx: DocumentContext, stretch: Sequence[PairVerdict]) -> Finding:
    first, last = stretch[0].pair, stretch[-1].pair
    if len(stretch) == 1:
        message = "the two sides of this row share nothing and differ in length: do they belong together?"
    else:
        lines = [locate(ctx.bitext.target, pair.target[0].raw).line for pair in (first, last)]
        message = (
            f"{len(stretch)} rows, lines {lines[0]} to {lines[1]}, whose two sides share little and differ "
            "in length: are they shifted?"
        )
    return ctx.pair_context(stretch[0]).finding(
        RULE, f"{message} Terms are not checked there", source=first.source[0]
    )


def _of_paragraphs(ctx: DocumentContext, pairs: Sequence[PairVerdict]) -> Finding:
    unsure = [judged for judged in pairs if judged.pair.confidence < SURE_PAIR]
    message = (
        f"{len(unsure)} of {len(pairs)} pairs are uncertain from here on: are all paragraphs there, "
        "and in the same order?"
    )
    return ctx.pair_context(unsure[0]).finding(RULE, message, source=unsure[0].pair.source[0])
