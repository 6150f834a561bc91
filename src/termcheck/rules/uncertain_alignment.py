"""It is unclear which texts belong together.

## What it does
In a document of paragraphs, reports once, at the first uncertain pair, that many paragraphs could be paired
in more than one way. The message names the lines that seem to belong together and what does not fit: the
number of paragraphs, a length, or numbers that stand on one side only. A term without a rendering in an
uncertain pair is reported only if the neighbouring paragraphs do not render it either. If the whole document
is out of step, such terms are not reported at all.

In a file of rows, such as JSON lines or a table, reports a row whose two sides share no number, name or term
and differ clearly in length. A series of such rows is reported once, at the first row. The message asks
whether the rows are shifted if the sides fit each other better some rows away. Abridged and free translations
are not reported, as long as long texts remain longer than short ones, or numbers and names are kept. The
terms of reported rows are not checked, except for renderings that are forbidden in any text.

## Why is this bad?
Findings in a wrong pair are misleading. The usual cause is a paragraph that is missing in one language near
the reported place or, in a file of rows, a column that is shifted by one row.

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
Put the paragraphs in the same order in both languages and leave none out, or use a format that pairs them
explicitly, such as a table, CSV or JSON lines. In a file of rows, realign the two sides or remove the rows.
`termcheck check --show-pairs` shows what was paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termcheck.matching.judge_document import is_misaligned
from termcheck.matching.verdict import SURE_PAIR, PairVerdict
from termcheck.model import Bitext, Finding, SegmentPair, Severity
from termcheck.readers import as_comment
from termcheck.rules.alignment_doubts import (
    lines,
    shift_of_rows,
    uncertain_stretch,
    unshared_numbers,
    what_belongs_together,
    what_does_not_fit,
)
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import DocumentContext
from termcheck.text.positions import locate

RULE = Rule("ALN202", "uncertain-alignment", Severity.WARNING, scope=Scope.DOCUMENT, since="0.1.0")


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """One finding for each series of unsure rows, and at most one for all paragraphs."""
    if not any(map(_is_unsure, ctx.pairs)):
        return
    paired = [verdict for verdict in ctx.pairs if verdict.is_paired]
    rows = [verdict for verdict in paired if verdict.pair.by_file]
    paragraphs = [verdict for verdict in paired if not verdict.pair.by_file]
    for unsure, series in groupby(rows, _is_unsure):
        if unsure:
            yield _finding_on_rows(ctx, list(series))
    if is_misaligned([verdict.pair for verdict in paragraphs], ctx.settled_paragraphs):
        yield _finding_on_paragraphs(ctx, paragraphs)


def _is_unsure(verdict: PairVerdict) -> bool:
    return verdict.pair.confidence < SURE_PAIR


def _finding_on_rows(ctx: DocumentContext, rows: Sequence[PairVerdict]) -> Finding:
    bitext, pairs, languages = ctx.bitext, [row.pair for row in rows], (ctx.source_lang, ctx.target_lang)
    if len(rows) == 1:
        lengths = [sum(len(segment.text) for segment in side) for side in (pairs[0].source, pairs[0].target)]
        message = (
            "the two sides of this row share nothing and differ in length "
            f"({lengths[0]} characters against {lengths[1]}): do they belong together?"
        )
        details = list(unshared_numbers(pairs[0].source, pairs[0].target, languages))
    else:
        first, last = (locate(bitext.target, pair.target[0].raw) for pair in (pairs[0], pairs[-1]))
        where = f"{first.place or f'lines {first.line}'} to {last.place or last.line}"
        shifted = any(pair.shifted for pair in pairs)
        message = (
            f"the two sides of {len(rows)} rows ({where}) share little and differ in length: "
            f"{'are the rows shifted' if shifted else 'do they belong together'}?"
        )
        shift = shift_of_rows(pairs) if shifted else None
        details = [_shift(bitext, *shift)] if shift else []
    hints = "".join(f" {detail[0].upper()}{detail[1:]}." for detail in details)
    advice = "Their terms are not checked; realign the two sides, or remove what does not belong"
    return ctx.pair_context(rows[0]).finding(
        RULE, f"{message}{hints} {advice}", source=rows[0].pair.source[0]
    )


def _shift(bitext: Bitext, row: SegmentPair, other: SegmentPair) -> str:
    source, target = lines(bitext.source, row.source), lines(bitext.target, other.target)
    return f"the source in {source} seems to belong to the target in {target}"


def _finding_on_paragraphs(ctx: DocumentContext, verdicts: Sequence[PairVerdict]) -> Finding:
    bitext, languages = ctx.bitext, (ctx.source_lang, ctx.target_lang)
    unsure = [verdict for verdict in verdicts if _is_unsure(verdict)]
    pairs = bitext.pairs
    stretch = uncertain_stretch(pairs, unsure[0].pair)
    together = what_belongs_together(bitext, stretch, languages)
    misfit = "".join(f"; {fact}" for fact in what_does_not_fit(bitext, pairs, stretch, languages))
    count = len(verdicts) + ctx.settled_paragraphs
    share = f"{len(unsure)} of {count} {'pair' if count == 1 else 'pairs'}"
    verb = "is" if len(unsure) == 1 else "are"
    order = "put the paragraphs in the same order"
    advice = f"add what is missing, or {order}"
    if as_comment(bitext.target, "-"):
        advice = f"add what is missing, {order}, or write `termcheck: ignore[{RULE.name}]` here"
    message = f"{together}{misfit}. {share} {verb} uncertain: {advice}"
    return ctx.pair_context(unsure[0]).finding(RULE, message, source=unsure[0].pair.source[0])
