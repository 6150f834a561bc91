"""A reference in an entry leads nowhere.

## What it does
Reports a `see_also` that names no concept of the glossary, an `instead` that is neither an accepted rendering
of its concept nor a part of one, and an `except_in` phrase that contains none of the concept's terms.

## Why is this bad?
A translator who follows an `instead` that is not accepted gets the next finding. The other references are
usually misspelled and so have no effect.

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
        accepted = [other.text for other in concept.in_language(term.language) if other.status.accepted]
        # `instead` may also replace only the wrong part of a rendering, or add words to the accepted one.
        if not any(term.instead in text or text in term.instead for text in accepted):
            message = f"`instead` of “{term.text}” is “{term.instead}”, which is not accepted"
            yield ctx.finding(RULE, message, concept, term)


def _exceptions(ctx: GlossaryContext, concept: Concept) -> Iterator[Finding]:
    reported: set[str] = set()
    # The terms of one language usually share the list of their entry.
    for (language, phrases), term in _first_terms_with_exceptions(concept).items():
        terms = concept.in_language(language)
        if any(other.match is MatchMode.REGEX for other in terms):
            continue
        texts = [fold(other.text, other.language).text for other in terms]
        for phrase in phrases:
            folded = fold(phrase, language).text
            if phrase not in reported and not any(text in folded for text in texts):
                reported.add(phrase)
                message = f"`except_in` lists {phrase}, which does not contain {term.text}"
                yield ctx.finding(RULE, message, concept, term)


def _first_terms_with_exceptions(concept: Concept) -> dict[tuple[str, tuple[str, ...]], Term]:
    """The first term for each language and list of exceptions, without terms that have none."""
    terms: dict[tuple[str, tuple[str, ...]], Term] = {}
    for term in concept.terms:
        if term.except_in:
            terms.setdefault((term.language, term.except_in), term)
    return terms
