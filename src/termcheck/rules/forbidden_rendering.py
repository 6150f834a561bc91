"""The target contains a rendering that the glossary forbids or deprecates.

## What it does
Reports a rendering with `status: forbidden` or `status: deprecated` (or listed under `forbid:` or `avoid:`)
where the source has the term, or in any text if the entry says `where: always`. Only whole words and phrases
are reported. A match inside a longer accepted rendering, in code or in a URL is not. A forbidden rendering is
an error, a deprecated one a warning.

## Why is this bad?
Someone decided that this form must not be published: it may be politically wrong, outdated, a competitor's
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
The fix is safe if the entry has one preferred rendering or names a rendering under `instead`, and if no other
word of the sentence can depend on the change. Only renderings that are valid on the date of the text and in
scope count. The fix keeps capitals. The fix is unsafe if the rendering is in the
plural, if the article before it has to change between `a` and `an`, and in languages where other words agree
with a noun. There is no fix if two terms want different renderings in the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.matching.match import Match
from termcheck.model import Applicability, Finding, Severity, Span, Status
from termcheck.rules import fixes
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import PairContext, quoted
from termcheck.text.fold import fold

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
    """One finding for each match of a forbidden or deprecated rendering."""
    for match, replacement in _accusations(ctx):
        concept = match.concept
        source = next((other for other in ctx.verdict.source if other.concept is concept), None)
        expected = _expected(ctx, match)
        deprecated = match.term.status is Status.DEPRECATED
        yield ctx.finding(
            RULE,
            _message(match, source, expected),
            at=match,
            source=source,
            concept=concept,
            expected=expected,
            found=match.text,
            severity=Severity.WARNING if deprecated else None,
            fix=fixes.replaced(ctx.bitext.target, [match], replacement),
            label=f"use {quoted(expected)}" if expected else match.term.status.value,
        )


def _message(match: Match, source: Match | None, expected: Sequence[str]) -> str:
    status = match.term.status.value
    if source is None:
        message = f"“{match.text}” is {status}"
    elif expected:
        message = f"{source.text} is rendered “{match.text}”"
    else:
        message = f"{source.text} is rendered “{match.text}”, which is {status}"
    return f"{message}; use {quoted(expected)}" if expected else message


def _expected(ctx: PairContext, match: Match) -> list[str]:
    """The renderings to recommend: `instead`, or else all accepted ones of the concept."""
    if instead := _instead(ctx, match):
        return [instead]
    return [term.text for term in ctx.accepted(match.concept)]


def _candidate(ctx: PairContext, match: Match) -> str:
    """The rendering to write in place of a forbidden one, or an empty text if the entry leaves a choice."""
    return _instead(ctx, match) or fixes.only_preferred(ctx.accepted(match.concept))


def _instead(ctx: PairContext, match: Match) -> str:
    """What the forbidden term names under `instead`, unless that is no accepted rendering here.

    It may be a rendering with other words around it, so the longest term that it contains decides.
    """
    if not (instead := match.term.instead):
        return ""
    text = fold(instead, ctx.target_lang).text
    lengths = {
        term: len(folded)
        for term in match.concept.in_language(ctx.target_lang)
        if (folded := fold(term.text, term.language).text) in text
    }
    longest = [term for term, length in lengths.items() if length == max(lengths.values())]
    usable = not longest or any(term.status.accepted and ctx.active(term) for term in longest)
    return instead if usable else ""


def _accusations(ctx: PairContext) -> Iterator[tuple[Match, str]]:
    """Each accusing match once, with its replacement, or an empty text if several are possible."""
    # Segments with the same text are equal, so only their offsets tell them apart.
    matches = {
        (match.segment.raw.start, match.span, match.concept.id): match for match in ctx.verdict.accusing
    }
    replacements: dict[tuple[int, Span], set[str]] = {}
    for (segment, span, _), match in matches.items():
        replacements.setdefault((segment, span), set()).add(_candidate(ctx, match))
    for (segment, span, _), match in matches.items():
        # If two terms want different renderings here, only the sentence shows which term is meant.
        replacement, *others = replacements[segment, span]
        yield match, "" if others else replacement
