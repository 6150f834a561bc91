"""An abbreviation stands before the full form it abbreviates.

## What it does
For entries that ask for it: with `first_use: full`, the first rendering in a document must be a full
form; with `first_use: full (abbr)`, the abbreviation must follow it in brackets there, if the document
uses the abbreviation later.

## Why is this bad?
Readers who do not know the abbreviation have nothing to look back to.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    联合国维和行动:
      en: [{term: UN peacekeeping operation, type: full}, {term: UNPKO, type: acronym}]
      first_use: full
pairs:
  - {source: 联合国维和行动需要支持。, target: The UNPKO needs support.}
```

## Use instead
```yaml
pairs:
  - {source: 联合国维和行动需要支持。, target: The UN peacekeeping operation needs support.}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.matching.verdict import Obligation
from termcheck.model import Finding, FirstUse, Severity, Term, TermType
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import DocumentContext, quoted

RULE = Rule(
    "TRM108", "first-use", Severity.WARNING, scope=Scope.DOCUMENT, since="0.1.0", needs_document_start=True
)

_SHORT = (TermType.ACRONYM, TermType.ABBREVIATION, TermType.SHORT)


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """At most one finding for each concept that asks, at its first rendering in the document."""
    mentions: dict[str, list[tuple[int, Obligation, Match]]] = {}
    for number, judged in enumerate(ctx.pairs):
        for obligation in judged.obligations:
            if obligation.concept.first_use is not FirstUse.OFF:
                mentions.setdefault(obligation.concept.id, []).extend(
                    (number, obligation, match) for match in sorted(obligation.met_by, key=_order)
                )
    for found in mentions.values():
        if not found:
            continue
        number, obligation, match = found[0]
        problem = _problem(obligation, match, [other.term for _, _, other in found])
        if problem:
            yield ctx.pair_context(ctx.pairs[number]).finding(
                RULE,
                problem,
                at=match,
                source=obligation.occurrences[0],
                concept=obligation.concept,
                expected=_full_forms(obligation),
                found=match.text,
                label="first mention",
            )


def _order(match: Match) -> tuple[int, int]:
    return match.segment.raw.start, match.span.start


def _problem(obligation: Obligation, match: Match, used: list[Term]) -> str:
    full = _full_forms(obligation)
    if not full:
        return ""
    if _short(match.term):
        return f"“{match.text}” stands before its full form; first write {quoted(full)}"
    if obligation.concept.first_use is FirstUse.FULL_ABBR:
        later = [term.text for term in used if _short(term)]
        after = match.segment.text[match.span.end :]
        if later and not any(_introduces(after, abbreviation) for abbreviation in later):
            return f"“{later[0]}” is used later; introduce it here: “{match.text} ({later[0]})”"
    return ""


def _introduces(after: str, abbreviation: str) -> bool:
    """Whether the text after a full form has its abbreviation in brackets, some words later at most."""
    inside = rf"[(（]\s*(?:the )?[“”\"'‘]*{re.escape(abbreviation)}\b"
    return re.match(rf"[^.!?;。！？；()（）]{{0,40}}{inside}", after) is not None


def _full_forms(obligation: Obligation) -> list[str]:
    return [term.text for term in obligation.accepted if not _short(term)]


def _short(term: Term) -> bool:
    return term.type in _SHORT or (term.type is None and casing.is_capitals(term.text))
