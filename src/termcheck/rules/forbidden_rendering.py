"""A rendering that the glossary forbids or deprecates.

## What it does
Reports a rendering with `status: forbidden` or `deprecated` (or listed under `forbid:` or `avoid:`) where
the source has the term, or anywhere if the entry says `where: always`. It must stand there as a whole
word or phrase, in its own right: not inside a longer accepted rendering, not in code or a URL.
A forbidden rendering is an error, a deprecated one a warning.

## Why is this bad?
Somebody decided that this form must not be printed: it is politically wrong, outdated, a rival's
trademark or a false friend.

## Example
```yaml
glossary:
  南海: {en: South China Sea, forbid: [South Sea, Nanhai]}
source: 双方就南海局势交换意见。
target: They exchanged views on the situation in the South Sea.
```

## Use instead
```yaml
target: They exchanged views on the situation in the South China Sea.
```

## Fix safety
Safe where the entry has one preferred rendering, or says what to write `instead`, and nothing else in the
sentence can have to change; capitals are carried over. The fix is unsafe where the rendering stands in the
plural, where `a` or `an` before it may be the wrong one then, and in languages where other words agree with a
noun. There is none where two terms want different things in one place.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.matching.match import Match
from termcheck.model import Applicability, Finding, Severity, Span, Status, same_language
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted

RULE = Rule(
    "TRM102",
    "forbidden-rendering",
    Severity.ERROR,
    scope=Scope.PAIR,
    since="0.1.0",
    fix=Applicability.SAFE,
    replaces=("TRM101",),
)


def check(ctx: PairContext) -> Iterator[Finding]:
    """One finding for each place of a forbidden or deprecated rendering of a term."""
    for match, wanted in _accusations(ctx):
        concept = match.concept
        deprecated = match.term.status is Status.DEPRECATED
        accepted = [
            term.text
            for term in concept.terms
            if same_language(term.language, ctx.target_lang) and term.status.accepted
        ]
        expected = [match.term.instead] if match.term.instead else accepted
        source = next((other for other in ctx.verdict.source if other.concept is concept), None)
        advice = f"; use {quoted(expected)}" if expected else ""
        verb = "deprecated" if deprecated else "forbidden"
        rendering = f"{source.text} is rendered “{match.text}”" if source else f"“{match.text}” is {verb}"
        yield ctx.finding(
            RULE,
            rendering + (f", which is {verb}" if source and not expected else "") + advice,
            at=match,
            source=source,
            concept=concept,
            expected=expected,
            found=match.text,
            severity=Severity.WARNING if deprecated else None,
            fix=fixes.replaced(ctx.bitext.target, [match], wanted),
            label=f"use {quoted(expected)}" if expected else verb,
        )


def _accusations(ctx: PairContext) -> Iterator[tuple[Match, str]]:
    """The renderings that accuse, each once, with what to write instead if that is one thing."""
    # Segments with the same words are equal, but not one place.
    places = {
        (match.segment.raw.start, match.span, match.concept.id): match for match in ctx.verdict.accusing
    }
    wanted: dict[tuple[int, Span], set[str]] = {}
    for (segment, span, _), match in places.items():
        wanted.setdefault((segment, span), set()).add(fixes.candidate(match, ctx.target_lang))
    for (segment, span, _), match in places.items():
        # Where two terms want different things in one place, the sentence says which is meant.
        one = wanted[segment, span]
        yield match, next(iter(one)) if len(one) == 1 else ""
