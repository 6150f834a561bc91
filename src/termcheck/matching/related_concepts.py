"""Glossary entries that mean the same thing: their renderings acquit one another.

Term lists often have one row for a name and another for its abbreviation (CU, CUs, Convertibility
Undertaking).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.matching.strict import casing
from termcheck.model import Concept, Status
from termcheck.text.fold import fold

_WORD = compile_later(r"[^\W_]+")
# Small words that an acronym leaves out: Anti-Money Laundering and Counter-Financing of Terrorism is AML/CFT.
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


class RelatedConcepts(Struct, frozen=True):
    """Groups of concepts that mean the same thing, given by number, and the groups of each concept by id.

    Thousands of entries may share a rendering (`TODO`), so a group is stored once, not once per pair.
    """

    groups: tuple[tuple[int, ...], ...]
    of: Mapping[str, tuple[int, ...]]


def related_concepts(concepts: Sequence[Concept], source_lang: str, target_lang: str) -> RelatedConcepts:
    """The concepts that mean the same thing.

    Two concepts are related when they prefer the same rendering, when their source terms differ by an article
    only, or when one source term is the initials (three or more) of the other and of no third.
    """
    found = chain(
        _by_rendering(concepts, target_lang),
        _by_initials(concepts, source_lang),
        _by_article(concepts, source_lang),
    )
    groups = [tuple(dict.fromkeys(group)) for group in found]
    groups = [group for group in groups if len(group) > 1]
    of: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for number in group:
            of[concepts[number].id].append(index)
    return RelatedConcepts(tuple(groups), {concept_id: tuple(indices) for concept_id, indices in of.items()})


def _by_rendering(concepts: Sequence[Concept], language: str) -> Iterable[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        for term in concept.in_language(language):
            if term.status is Status.PREFERRED and not concept.keep:
                groups[fold(term.text, language).text].append(number)
    return groups.values()


def _by_initials(concepts: Sequence[Concept], language: str) -> Iterable[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        for term in concept.in_language(language):
            initials = term.text if casing.is_capitals(term.text) else _initials(term.text)
            if len(initials) >= 3:
                groups[initials].append(number)
    return (group for group in groups.values() if len(group) == 2)


def _by_article(concepts: Sequence[Concept], language: str) -> Iterable[list[int]]:
    # Imported here, because most runs take a glossary from the cache and need only `RelatedConcepts`.
    from termcheck.matching.lenient.words import articles

    free = articles(language)
    terms = {
        fold(term.text, language).text: number
        for number, concept in enumerate(concepts)
        for term in concept.in_language(language)
    }
    for text, number in terms.items() if free else ():
        first, _, rest = text.partition(" ")
        if first in free and rest in terms:
            yield [number, terms[rest]]


def _initials(text: str) -> str:
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    return "".join(word[0] for word in words).upper() if text.isascii() else ""
