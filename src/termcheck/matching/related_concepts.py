"""Glossary entries that mean the same thing: their renderings acquit one another.

Term lists often have one row for a name and another for its abbreviation (CU, CUs, Convertibility
Undertaking).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import articles
from termcheck.matching.strict import casing
from termcheck.model import Concept, Status
from termcheck.text.fold import fold

_WORD = compile_later(r"[^\W_]+")
# Small words that an acronym leaves out: Anti-Money Laundering and Counter-Financing of Terrorism is AML/CFT.
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def related_concepts(
    concepts: Sequence[Concept], source_lang: str, target_lang: str
) -> Mapping[str, tuple[Concept, ...]]:
    """For each concept id the other concepts that mean the same thing.

    Two concepts are related when they prefer the same rendering, when their source terms differ by an article
    only, or when one source term is the initials (three or more) of the other and of no third.
    """
    related: dict[str, dict[str, Concept]] = defaultdict(dict)
    for group in (
        *_by_rendering(concepts, target_lang),
        *_by_initials(concepts, source_lang),
        *_by_article(concepts, source_lang),
    ):
        for concept in group:
            related[concept.id] |= {other.id: other for other in group if other is not concept}
    return {concept_id: tuple(others.values()) for concept_id, others in related.items() if others}


def _by_rendering(concepts: Sequence[Concept], language: str) -> Iterable[list[Concept]]:
    groups: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        for term in concept.in_language(language):
            if term.status is Status.PREFERRED and not concept.keep:
                groups[fold(term.text, language).text].append(concept)
    return groups.values()


def _by_initials(concepts: Sequence[Concept], language: str) -> Iterable[list[Concept]]:
    groups: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        for term in concept.in_language(language):
            initials = term.text if casing.is_capitals(term.text) else _initials(term.text)
            if len(initials) >= 3:
                groups[initials].append(concept)
    return (group for group in groups.values() if len(group) == 2)


def _by_article(concepts: Sequence[Concept], language: str) -> Iterable[list[Concept]]:
    free = articles(language)
    terms = {
        fold(term.text, language).text: concept
        for concept in concepts
        for term in concept.in_language(language)
    }
    for text, concept in terms.items() if free else ():
        first, _, rest = text.partition(" ")
        if first in free and rest in terms:
            yield [concept, terms[rest]]


def _initials(text: str) -> str:
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    return "".join(word[0] for word in words).upper() if text.isascii() else ""
