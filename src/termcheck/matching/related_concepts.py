"""Which entries speak of one thing, and which short forms a document introduces.

Term lists often have one row for the name and one for its abbreviation (CU, CUs, Convertibility
Undertaking); such rows acquit one another. And a text that writes `Backing Portfolio (BP)` or
`支持组合（BP）` may say BP from there on. Both only ever acquit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.matching.lenient.renderings import articles
from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.model import Concept, Segment, Status, Term, TermType
from termcheck.text.fold import fold

# What a text introduces in brackets right after a term: an acronym of two letters or more, or a few
# characters of a script without capitals.
_INTRODUCED = compile_later(
    r"[\s”\"'’」』》]{0,2}[(（]\s*[“\"「]?(?:以下简称|下称|简称|以下簡稱|下稱|簡稱|hereinafter|the)?[：:\s“\"「]*"
    r"((?:[A-Z][A-Za-z0-9&./-]*[A-Z0-9]s?)|[\u3400-\u9fff]{2,8})\s*[”\"」]?[)）]"
)
_WORD = compile_later(r"[^\W_]+")
# Words that initials leave out: Anti-Money Laundering and Counter-Financing of Terrorism is AML/CFT.
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def related_concepts(
    concepts: Sequence[Concept], source_lang: str, target_lang: str
) -> Mapping[str, tuple[Concept, ...]]:
    """For each concept id the other concepts that are the same thing by another name.

    Two rows are kin when they prefer the same rendering, when their source terms differ by an article, or
    when one's source term is the initials (three or more) of the other's and of no third one's.
    """
    found: dict[str, dict[str, Concept]] = defaultdict(dict)
    for group in (
        *_by_rendering(concepts, target_lang),
        *_by_initials(concepts, source_lang),
        *_by_article(concepts, source_lang),
    ):
        for one in group:
            found[one.id] |= {other.id: other for other in group if other is not one}
    return {one: tuple(others.values()) for one, others in found.items() if others}


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
    terms = {fold(term.text, language).text: one for one in concepts for term in one.in_language(language)}
    for text, concept in terms.items() if free else ():
        first, _, rest = text.partition(" ")
        if first in free and rest in terms:
            yield [concept, terms[rest]]


def _initials(text: str) -> str:
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    return "".join(word[0] for word in words).upper() if text.isascii() else ""


class Kinship(Struct):
    """What is known of a document so far; `related` comes from the glossary."""

    related: Mapping[str, tuple[Concept, ...]] = field(default_factory=dict)
    _short: dict[str, list[Term]] = field(default_factory=dict)
    _met: dict[str, dict[str, Concept]] = field(default_factory=dict)

    def read(self, source: Sequence[Match], target: Sequence[Match]) -> None:
        """Learn what the matches of a pair are followed by in brackets."""
        for match in target:
            short = _introduced(match)
            if short and match.term.status.accepted:
                self._learn(match, short)
        for match in source:
            found = _introduction(match)
            other = _at(found.start(1), match.segment, source) if found else None
            if other is not None and other.concept is not match.concept:
                self._met.setdefault(match.concept.id, {})[other.concept.id] = other.concept
                self._met.setdefault(other.concept.id, {})[match.concept.id] = match.concept

    def _learn(self, match: Match, short: str) -> None:
        known = self._short.setdefault(match.concept.id, [])
        if all(term.text != short for term in known):
            kind = TermType.ACRONYM if short.isascii() else TermType.ABBREVIATION
            note = f"introduced after “{match.text}”"
            known.append(Term(short, match.term.language, Status.ADMITTED, kind, note=note))

    def others(self, concept: Concept) -> Iterator[Concept]:
        """The concepts whose renderings acquit this one too."""
        yield from self.related.get(concept.id, ())
        yield from self._met.get(concept.id, {}).values()

    def short_forms(self, concept: Concept) -> Sequence[Term]:
        """The short forms of the target language that the document has introduced so far."""
        return self._short.get(concept.id, ())


def _introduced(match: Match) -> str:
    found = _introduction(match)
    return found[1] if found else ""


def _at(start: int, segment: Segment, matches: Sequence[Match]) -> Match | None:
    """The last of the matches that begin at a place."""
    found = (one for one in reversed(matches) if one.segment is segment and one.span.start == start)
    return next(found, None)


def _introduction(match: Match) -> re.Match[str] | None:
    text, end = match.segment.text, match.span.end
    # Few matches have a bracket behind them, and that is quickly seen.
    near = text[end : end + 3]
    return _INTRODUCED.match(text, end) if "(" in near or "（" in near else None
