"""One document renders a term in two accepted ways.

## What it does
Looks at a whole document and reports the pairs in which a term is rendered otherwise than at its first
mention. A full form that introduces its abbreviation is no inconsistency: forms typed `full`, `short`,
`acronym` or `abbreviation`, and all-capitals forms beside the words they stand for, count as one. A form
typed `variant`, or of another `part_of_speech` (navy, naval), mixes with everything, and so does a form that
is part of the other one (the city's name with and without “City”).

## Why is this bad?
Readers take two names for two things. Each rendering may be right; both in one text are not.

## Example
```yaml
glossary:
  演习: [exercise, drill]
pairs:
  - {source: 演习将于周一开始。, target: The exercise will begin on Monday.}
  - {source: 演习将持续一周。, target: The drill will last a week.}
```

## Use instead
```yaml
pairs:
  - {source: 演习将于周一开始。, target: The exercise will begin on Monday.}
  - {source: 演习将持续一周。, target: The exercise will last a week.}
```

## Fix safety
Unsafe: which of the two is to stay is for the editor to say; the fix writes the one that comes first, in all
pairs that have only the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from termcheck.matching.lenient.words import split
from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.model import Applicability, Finding, Severity, Term, TermType
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import DocumentContext
from termcheck.text.fold import fold

RULE = Rule(
    "TRM107",
    "inconsistent-rendering",
    Severity.WARNING,
    scope=Scope.DOCUMENT,
    since="0.1.0",
    fix=Applicability.UNSAFE,
    compares_pairs=True,
)

_FORMS = (TermType.FULL, TermType.SHORT, TermType.ACRONYM, TermType.ABBREVIATION)


class _Deviation(Struct):
    """A further way of rendering a concept: where it first appears, what came before, and all its matches."""

    pair: PairVerdict
    obligation: Obligation
    used: Match
    matches: list[Match]


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """One finding for each concept and each further way of rendering it, where it first appears."""
    for one in _deviations(ctx.pairs):
        match = one.matches[0]
        yield ctx.pair_context(one.pair).finding(
            RULE,
            f"{one.obligation.occurrences[0].text} is rendered “{match.text}” here, "
            f"but “{one.used.text}” before",
            at=match,
            source=one.obligation.occurrences[0],
            concept=one.obligation.concept,
            expected=[one.used.term.text],
            found=match.text,
            fix=fixes.replaced(ctx.bitext.target, one.matches, one.used.term.text, Applicability.UNSAFE),
            label=f"“{one.used.text}” before",
        )


def _deviations(pairs: Iterable[PairVerdict]) -> Iterable[_Deviation]:
    first: dict[str, Match] = {}
    found: dict[tuple[str, str], _Deviation] = {}
    for judged in pairs:
        for obligation in judged.obligations:
            if not obligation.met_by:
                continue
            used = first.setdefault(obligation.concept.id, obligation.met_by[0])
            if any(_alike(used.term, match.term) for match in obligation.met_by):
                continue
            for number, match in enumerate(obligation.met_by):
                key = (obligation.concept.id, match.term.text)
                if key in found:
                    found[key].matches.append(match)
                elif number == 0:
                    found[key] = _Deviation(judged, obligation, used, [match])
    return found.values()


def _within(one: Term, other: Term) -> bool:
    """Whether one rendering is part of the other or an inflection of it: Linggang in Linggang City."""
    first, second = (list(split(fold(term.text, term.language).text, term.language)) for term in (one, other))
    short, long = sorted((first, second), key=len)
    starts = range(len(long) - len(short) + 1)
    return any(
        not any(one.keys.isdisjoint(other.keys) for one, other in zip(short, long[start:], strict=False))
        for start in starts
    )


def _alike(one: Term, other: Term) -> bool:
    """Whether two renderings are one form, or a full form and its abbreviation."""
    if one.text.casefold() == other.text.casefold():
        return True
    if _within(one, other):
        return True
    if TermType.VARIANT in (one.type, other.type) or one.part_of_speech != other.part_of_speech:
        return True
    if one.type in _FORMS and other.type in _FORMS and one.type is not other.type:
        return True
    return casing.is_capitals(one.text) is not casing.is_capitals(other.text)
