"""A term that can never match.

## What it does
Reports a source term that is itself one of its `except_in` phrases, and one that another concept with a
higher `priority` has, too.

## Why is this bad?
The entry looks as if it were checked, and never is.

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
from termcheck.rules.glossary_context import GlossaryContext, identity, together, where
from termcheck.text.fold import fold

RULE = Rule("GLO303", "shadowed-term", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each source term that something always stands before."""
    by_identity: dict[tuple[str, str], list[tuple[Concept, Term]]] = {}
    for concept, term in ctx.named():
        by_identity.setdefault(identity(term), []).append((concept, term))
    highest = {key: max(concept.priority for concept, _ in group) for key, group in by_identity.items()}
    for concept, term in ctx.named():
        if term.match is not MatchMode.REGEX and _is_own_exception(term):
            yield ctx.finding(
                RULE, f"{term.text} is among its own exceptions, so it never matches", concept, term
            )
            continue
        key = identity(term)
        # Large groups without a priority are not walked through once for each of their terms.
        for other, first in by_identity[key] if highest[key] > concept.priority else ():
            if other.priority > concept.priority and together(term, first):
                place = where(first.origin, term.origin)
                message = f"{term.text} never matches: the entry in {place} has a higher priority"
                yield ctx.finding(RULE, message, concept, term)
                break


def _is_own_exception(term: Term) -> bool:
    if not term.except_in:
        return False
    folded = fold(term.text, term.language).text
    return any(fold(phrase, term.language).text == folded for phrase in term.except_in)
