"""A reference in an entry that leads nowhere.

## What it does
Reports a `see_also` that names no concept of the glossary, an `instead` that neither is nor shares an
accepted rendering of its concept, and an `except_in` phrase that contains none of the concept's terms.

## Why is this bad?
An `instead` that is not accepted sends the translator from one finding to the next. The others are
mostly misspelled, so that what was meant has no effect.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    南海:
      en:
        - South China Sea
        - {term: South Sea, status: forbidden, instead: S. China Sea}
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    南海:
      en:
        - South China Sea
        - {term: South Sea, status: forbidden, instead: South China Sea}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, MatchMode, Severity, Term
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.text.fold import fold

RULE = Rule("GLO309", "dangling-reference", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each reference that leads nowhere."""
    known = {concept.id for concept in ctx.glossary.concepts}
    known |= {term.text for concept in ctx.glossary.concepts for term in concept.terms}
    for concept in ctx.glossary.concepts:
        for name in concept.see_also:
            if name not in known:
                yield ctx.finding(RULE, f"`see_also` names {name}, which is not in the glossary", concept)
        yield from _instead(ctx, concept)
        yield from _exceptions(ctx, concept)


def _instead(ctx: GlossaryContext, concept: Concept) -> Iterator[Finding]:
    for term in concept.terms:
        if not term.instead:
            continue
        accepted = [one.text for one in concept.in_language(term.language) if one.status.accepted]
        # A part of an accepted rendering replaces the part that is wrong; a longer one has it in it.
        if not any(term.instead in text or text in term.instead for text in accepted):
            message = f"`instead` of “{term.text}” is “{term.instead}”, which is not accepted"
            yield ctx.finding(RULE, message, concept, term)


def _exceptions(ctx: GlossaryContext, concept: Concept) -> Iterator[Finding]:
    told: set[str] = set()
    # All names of a side mostly have the same exceptions, the entry's.
    for (language, phrases), term in _with_exceptions(concept).items():
        group = concept.in_language(language)
        if any(one.match is MatchMode.REGEX for one in group):
            continue
        texts = [fold(one.text, one.language).text for one in group]
        for phrase in phrases:
            folded = fold(phrase, language).text
            if phrase not in told and not any(text in folded for text in texts):
                told.add(phrase)
                message = f"`except_in` has {phrase}, which does not contain {term.text}"
                yield ctx.finding(RULE, message, concept, term)


def _with_exceptions(concept: Concept) -> dict[tuple[str, tuple[str, ...]], Term]:
    """The first term for each language and list of exceptions; terms without any are left out."""
    found: dict[tuple[str, tuple[str, ...]], Term] = {}
    for term in concept.terms:
        if term.except_in:
            found.setdefault((term.language, term.except_in), term)
    return found
