"""A term can never match.

## What it does
Reports a source term that is listed in its own `except_in`, and one that also belongs to a concept with a
higher `priority`.

## Why is this bad?
The entry looks as if it were checked, but it never is.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    国防部: {en: MND, except_in: [国防部]}
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    国防部: {en: MND, except_in: [国防部长]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Concept, Finding, MatchMode, Severity, Term
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext, identity, overlap, place_in_glossary
from termcheck.text.fold import fold

RULE = Rule("GLO303", "shadowed-term", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each source term that never matches."""
    by_identity: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept, term in ctx.all_source_terms():
        by_identity.setdefault(identity(term), []).append((concept, term))
    highest = {key: max(concept.priority for concept, _ in group) for key, group in by_identity.items()}
    for concept, term in ctx.all_source_terms():
        if _is_own_exception(term):
            message = f"{term.text} is listed in its own `except_in`, so it never matches"
            yield ctx.finding(RULE, message, concept, term)
            continue
        key = identity(term)
        # Comparing all terms of a large group would be slow, and without different priorities it is useless.
        for other, first in by_identity[key] if highest[key] > concept.priority else ():
            if other.priority > concept.priority and overlap(term, first):
                place = place_in_glossary(first.origin, term.origin)
                message = f"{term.text} never matches: the entry {place} has a higher priority"
                yield ctx.finding(RULE, message, concept, term)
                break


def _is_own_exception(term: Term) -> bool:
    if not term.except_in or term.match is MatchMode.REGEX:
        return False
    folded = fold(term.text, term.language).text
    return any(fold(phrase, term.language).text == folded for phrase in term.except_in)
