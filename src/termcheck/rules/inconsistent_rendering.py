"""A document renders a term in two accepted ways.

## What it does
Compares the renderings of a term in a whole document with its first one, and reports each other rendering
where it first occurs. A full form that introduces its abbreviation is consistent with it: forms typed `full`,
`short`, `acronym` or `abbreviation` count as one, and so do an all-capitals form and the words that it
abbreviates. Forms typed `variant`, forms with another `part_of_speech` (navy, naval) and forms that contain
one another (a city's name with and without “City”) may be mixed as well.

## Why is this bad?
Readers take two names for two things. Each rendering is correct, but a text should use only one of them.

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
The fix is unsafe, because the editor has to choose which rendering to keep. It writes the first rendering of
the document in all pairs that have only the other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

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
    """A further rendering of a concept: its first pair, the earlier rendering, and all its matches."""

    verdict: PairVerdict
    obligation: Obligation
    earlier: Match
    matches: list[Match]


def check(ctx: DocumentContext) -> Iterator[Finding]:
    """One finding for each further rendering of a concept, where it first occurs."""
    for deviation in _deviations(ctx.pairs):
        obligation, earlier, match = deviation.obligation, deviation.earlier, deviation.matches[0]
        term = obligation.occurrences[0]
        yield ctx.pair_context(deviation.verdict).finding(
            RULE,
            f"{term.text} is rendered “{match.text}” here, but “{earlier.text}” earlier",
            at=match,
            source=term,
            concept=obligation.concept,
            expected=[earlier.term.text],
            found=match.text,
            fix=fixes.replaced(
                ctx.bitext.target, deviation.matches, fixes.written(earlier.term), Applicability.UNSAFE
            ),
            label=f"“{earlier.text}” earlier",
        )


def _deviations(verdicts: Iterable[PairVerdict]) -> Iterable[_Deviation]:
    first: dict[str, Match] = {}
    deviations: dict[tuple[str, str], _Deviation] = {}
    for verdict in verdicts:
        for obligation in verdict.obligations:
            if not obligation.met_by:
                continue
            earlier = first.setdefault(obligation.concept.id, obligation.met_by[0])
            if any(_are_consistent(earlier.term, match.term) for match in obligation.met_by):
                continue
            for number, match in enumerate(obligation.met_by):
                key = (obligation.concept.id, match.term.text)
                if key in deviations:
                    deviations[key].matches.append(match)
                elif number == 0:
                    deviations[key] = _Deviation(verdict, obligation, earlier, [match])
    return deviations.values()


def _are_consistent(earlier: Term, later: Term) -> bool:
    """Whether a document may mix two renderings: they are one form, or a full form and its abbreviation."""
    if earlier.text.casefold() == later.text.casefold() or _is_part(earlier, later):
        return True
    if TermType.VARIANT in (earlier.type, later.type) or earlier.part_of_speech != later.part_of_speech:
        return True
    if earlier.type in _FORMS and later.type in _FORMS and earlier.type is not later.type:
        return True
    return casing.is_capitals(earlier.text) is not casing.is_capitals(later.text)


def _is_part(earlier: Term, later: Term) -> bool:
    """Whether one rendering is a part or an inflection of the other: Linggang in Linggang City."""
    from termcheck.matching.lenient.words import split

    words = [list(split(fold(term.text, term.language).text, term.language)) for term in (earlier, later)]
    short, long = sorted(words, key=len)
    return any(
        all(not part.keys.isdisjoint(word.keys) for part, word in zip(short, long[start:], strict=False))
        for start in range(len(long) - len(short) + 1)
    )
