"""An abbreviation is used before its full form.

## What it does
Checks entries with `first_use`. With `first_use: full`, the first rendering of the term in a document must be
a full form. With `first_use: full (abbr)`, the abbreviation must also follow in brackets if the document uses
it later.

## Why is this bad?
Readers who do not know the abbreviation cannot look it up in the text.

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
from collections.abc import Iterable, Iterator, Sequence

from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.model import Finding, FirstUse, Severity, Term, TermType
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import DocumentContext, quoted

RULE = Rule(
    "TRM108", "first-use", Severity.WARNING, scope=Scope.DOCUMENT, since="0.1.0", needs_document_start=True
)

_Mention = tuple[PairVerdict, Obligation, Match]

_SHORT = (TermType.ACRONYM, TermType.ABBREVIATION, TermType.SHORT)


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """At most one finding for each concept with `first_use`, at its first rendering in the document."""
    for mentions in _mentions_by_concept(ctx.pairs).values():
        verdict, obligation, match = mentions[0]
        problem = _problem(obligation, match, [mention.term for _, _, mention in mentions])
        if problem:
            yield ctx.pair_context(verdict).finding(
                RULE,
                problem,
                at=match,
                source=obligation.occurrences[0],
                concept=obligation.concept,
                expected=_full_forms(obligation),
                found=match.text,
                label="first mention",
            )


def _mentions_by_concept(verdicts: Iterable[PairVerdict]) -> dict[str, list[_Mention]]:
    """The renderings of each concept with `first_use`, in document order."""
    mentions: dict[str, list[_Mention]] = {}
    for verdict in verdicts:
        for obligation in verdict.obligations:
            if obligation.concept.first_use is not FirstUse.OFF:
                for match in sorted(obligation.met_by, key=_position):
                    mentions.setdefault(obligation.concept.id, []).append((verdict, obligation, match))
    return mentions


def _position(match: Match) -> tuple[int, int]:
    return match.segment.raw.start, match.span.start


def _problem(obligation: Obligation, first: Match, renderings: Sequence[Term]) -> str:
    """The message about the first of all renderings in a document; empty if nothing is wrong with it."""
    full_forms = _full_forms(obligation)
    if not full_forms:
        return ""
    if _is_short(first.term):
        return f"“{first.text}” is used before its full form; write {quoted(full_forms)} first"
    if obligation.concept.first_use is FirstUse.FULL_ABBR:
        abbreviations = [term.text for term in renderings if _is_short(term)]
        after = first.segment.text[first.span.end :]
        if abbreviations and not any(_introduces(after, abbreviation) for abbreviation in abbreviations):
            short = abbreviations[0]
            return f"“{short}” is used later; introduce it here: “{first.text} ({short})”"
    return ""


def _introduces(after: str, abbreviation: str) -> bool:
    """Whether the text after a full form has the abbreviation in brackets, within 40 characters."""
    in_brackets = rf"[(（]\s*(?:the )?[“”\"'‘]*{re.escape(abbreviation)}\b"
    return re.match(rf"[^.!?;。！？；()（）]{{0,40}}{in_brackets}", after) is not None


def _full_forms(obligation: Obligation) -> list[str]:
    return [term.text for term in obligation.accepted if not _is_short(term)]


def _is_short(term: Term) -> bool:
    return term.type in _SHORT or (term.type is None and casing.is_capitals(term.text))
