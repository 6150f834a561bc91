"""A paragraph has no counterpart.

## What it does
Reports the paragraphs in either language that the alignment left without a counterpart, such as a date line
that was not translated. Terms in such a paragraph are not checked. Texts in front matter are left out,
because a translation often lacks some keys of its original.

There is one finding for each file, at the first of these paragraphs. It counts them and names their lines.
With `unpaired = "each"` in the configuration, or `--unpaired each`, every paragraph is a finding. A comment
that suppresses the rule at a paragraph takes that paragraph out of the count. A baseline that has the finding
of a file hides it, however many paragraphs are added.

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

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from termcheck.messages import listing
from termcheck.model import Finding, Severity
from termcheck.rules.base import Rule, Scope, digest
from termcheck.rules.context import PairContext

RULE = Rule("ALN201", "unpaired-paragraph", Severity.INFO, scope=Scope.PAIR, since="0.1.0", needs_pairs=True)


# More lines than these are counted. Chosen by hand.
_MOST_LINES = 8


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


def in_one(findings: Sequence[Finding], path: str) -> Finding:
    """One finding for the paragraphs of a file, at the first; `path` is the file's path in the project.

    Its fingerprint does not depend on the paragraphs, so that a baseline knows it when one is added.
    """
    first, *others = sorted(findings, key=lambda finding: finding.sort_key)
    fingerprint = digest(RULE.code, path)
    if not others:
        return replace(first, fingerprint=fingerprint)
    same_language = all(finding.message == first.message for finding in others)
    language = first.message.rpartition("counterpart")[2] if same_language else ""
    lines = list(dict.fromkeys(finding.location.place or str(finding.location.line) for finding in others))
    where = "the other in line" if len(others) == 1 else "the others in lines"
    if first.location.place:
        where = "the other at" if len(others) == 1 else "the others at"
    message = (
        f"{len(findings)} paragraphs have no counterpart{language}; the first is here, {where} "
        f"{listing(lines, _MOST_LINES)}"
    )
    return replace(first, message=message, fingerprint=fingerprint)
