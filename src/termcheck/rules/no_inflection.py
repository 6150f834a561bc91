"""Inflected forms of a language are not known.

## What it does
Reports once for each language of a glossary that termcheck knows no inflected forms of its words, so it finds
terms and renderings only as they are listed. Languages that do not inflect, such as Chinese, are not
reported, and neither is a language whose terms all have `match: exact` or `match: regex`.

## Why is this bad?
In a language that inflects, good translations use renderings in other forms than the listed one, and each of
them is reported as missing.

## Example
```yaml
glossary:
  languages: [en, kk]
  terms:
    server: сервер
```

## Use instead
```yaml
glossary:
  languages: [en, kk]
  terms:
    server: {kk: {term: "сервер(лер|дің|ге|ді|де|ден|мен)?", match: regex}}
```
List the forms that texts use, write regular expressions, or set `match: exact` under `defaults` if the terms
do not inflect.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck import languages
from termcheck.languages import Language
from termcheck.model import Finding, MatchMode, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext

RULE = Rule("GLO311", "no-inflection", Severity.INFO, scope=Scope.GLOSSARY, since="0.1.0")


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each language of the pair without forms, at its first term that may inflect."""
    for tag in (ctx.source_lang, ctx.target_lang):
        language = languages.get(tag)
        if not lacks_forms(language):
            continue
        for concept in ctx.glossary.concepts:
            term = next(
                (
                    term
                    for term in concept.in_language(tag)
                    if term.match not in (MatchMode.EXACT, MatchMode.REGEX)
                ),
                None,
            )
            if term is not None:
                message = (
                    f"no inflected forms of {language.name} are known; its terms are found only as listed"
                )
                yield ctx.finding(RULE, message, concept, term)
                break


def lacks_forms(language: Language) -> bool:
    """Whether words of a language may inflect and none of their forms are known."""
    return language.agreement and language.spaced and not (language.has_forms or language.has_keys)
