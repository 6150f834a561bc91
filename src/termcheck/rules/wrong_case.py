"""An accepted rendering differs from the glossary in letter case.

## What it does
Reports a rendering that lacks a capital of the listed form or has capitals inside its words. Additional
capitals at the beginning of words are accepted, because sentences, titles and headings have them, and so are
texts that are all capitals. An acronym (SCO, US) in another case is another word and counts as missing,
unless it has digits or hyphens (Covid-19).

If nearly all renderings of a glossary begin with a capital, as in many lists of terms, the first letters say
nothing and are not checked. If the words inside the renderings do too, no first letter is checked. German
nouns are always checked.

## Why is this bad?
A proper name in small letters is a spelling mistake, and a form that appears in both cases invites more of
them.

## Example
```yaml
glossary:
  一带一路: Belt and Road Initiative
  维和: peacekeeping
source: 双方将共建一带一路。
target: The two sides will jointly pursue the belt and road initiative.
```

## Use instead
```yaml
target: The two sides will jointly pursue the Belt and Road Initiative.
```

## Fix safety
The fix is safe if the capital is surely meant: if the glossary has other renderings in small letters, or if
the rest of the text has the rendering with its capital. Otherwise it is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.matching.match import Match, Trait
from termcheck.model import Applicability, Finding, Severity
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext
from termcheck.text.search import find_all

RULE = Rule("TRM105", "wrong-case", Severity.WARNING, scope=Scope.PAIR, since="0.1.0", fix=Applicability.SAFE)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each obligation that only renderings in the wrong case meet."""
    accused = {match.concept.id for match in ctx.verdict.accusing}
    for obligation in ctx.obligations:
        if not obligation.met_by or obligation.concept.id in accused:
            continue
        if not all(match.traits & Trait.OTHER_CASE for match in obligation.met_by):
            continue
        match = obligation.met_by[0]
        yield ctx.finding(
            RULE,
            f"“{match.text}” is written “{match.term.text}” in the glossary",
            at=match,
            source=obligation.occurrences[0],
            concept=obligation.concept,
            expected=[term.text for term in obligation.accepted],
            found=match.text,
            fix=fixes.recased(
                ctx.bitext.target, obligation.met_by, ctx.capitals, sure=_is_meant(ctx, obligation.met_by)
            ),
            label=f"write “{match.term.text}”",
        )


def _is_meant(ctx: PairContext, matches: Sequence[Match]) -> bool:
    """Whether the listed case is surely meant: the glossary says so, or all the rest of the text has it.

    Rows are no text of one author, and a table may be checked in parts.
    """
    if all(match.traits & Trait.MEANT for match in matches):
        return True
    listed = matches[0].term.text
    if matches[0].segment.row is not None or any(match.term.text != listed for match in matches):
        return False
    raw = ctx.bitext.target.raw
    as_listed = len(list(find_all(listed, raw)))
    return 0 < as_listed == len(list(find_all(listed.lower(), raw.lower()))) - len(matches)
