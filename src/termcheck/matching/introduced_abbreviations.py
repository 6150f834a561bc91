"""Abbreviations that a document introduces in brackets, which acquit from there on.

A text that writes `Backing Portfolio (BP)` or `支持组合（BP）` may say BP afterwards. A source that writes
`Convertibility Undertaking (CU)`, where both are glossary terms, equates the two. An introduction only ever
acquits, and only from its own pair on, because a reader cannot know an abbreviation before it is introduced.

All introductions are collected before any pair is judged, so the order of judging changes no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.model import Concept, Status, Term, TermType

# A bracket right after a term introduces an abbreviation: an acronym of two letters or more, or a few
# characters of a script without capitals.
_INTRODUCTION = compile_later(
    r"[\s”\"'’」』》]{0,2}[(（]\s*[“\"「]?(?:(?P<mark>以下简称|下称|简称|以下簡稱|下稱|簡稱|hereinafter)|the)?[：:\s“\"「]*"
    r"(?P<short>(?:[A-Z][A-Za-z0-9&./-]*[A-Z0-9]s?)|[\u3400-\u9fff]{2,8})\s*[”\"」]?[)）]"
)
_NO_FORMS: Mapping[str, Sequence[tuple[int, Term]]] = MappingProxyType({})
_NO_CONCEPTS: Mapping[str, Sequence[tuple[int, Concept]]] = MappingProxyType({})


class Introductions(Struct, frozen=True):
    """By concept id, what a document introduces, each with the number of the pair that does so."""

    short_forms: Mapping[str, Sequence[tuple[int, Term]]] = _NO_FORMS
    equated: Mapping[str, Sequence[tuple[int, Concept]]] = _NO_CONCEPTS

    def short_forms_of(self, concept: Concept, pair: int) -> Iterator[Term]:
        """The target-language abbreviations of a concept introduced in pair number `pair` or before."""
        for introduced_in, term in self.short_forms.get(concept.id, ()):
            if introduced_in <= pair:
                yield term

    def equated_with(self, concept: Concept, pair: int) -> Iterator[Concept]:
        """The concepts that the source equates with this one in pair number `pair` or before."""
        for introduced_in, other in self.equated.get(concept.id, ()):
            if introduced_in <= pair:
                yield other


NO_INTRODUCTIONS = Introductions()


def introductions(pairs: Iterable[tuple[Sequence[Match], Sequence[Match]]]) -> Introductions:
    """Collect what a document introduces, given the matches of each pair, (source, target), in order."""
    short_forms: dict[str, dict[str, tuple[int, Term]]] = {}
    equated: dict[str, dict[str, tuple[int, Concept]]] = {}
    for number, (source, target) in enumerate(pairs):
        places = _Places(target)
        for match in target:
            introduction = _introduction(match)
            accepted = match.term.status.accepted
            if (
                introduction
                and accepted
                and _may_name(introduction, match, places.named_by(introduction, match))
            ):
                known = short_forms.setdefault(match.concept.id, {})
                short = introduction["short"]
                if short not in known:
                    known[short] = number, _short_form(match, short)
        places = _Places(source)
        for match in source:
            introduction = _introduction(match)
            other = places.named_by(introduction, match) if introduction else None
            if (
                introduction
                and other is not None
                and other.concept is not match.concept
                and _may_name(introduction, match, other)
            ):
                one_way, back = (match.concept, other.concept), (other.concept, match.concept)
                for concept, same in (one_way, back):
                    equated.setdefault(concept.id, {}).setdefault(same.id, (number, same))
    if not short_forms and not equated:
        return NO_INTRODUCTIONS
    return Introductions(
        {concept: tuple(forms.values()) for concept, forms in short_forms.items()},
        {concept: tuple(others.values()) for concept, others in equated.items()},
    )


def _short_form(match: Match, text: str) -> Term:
    kind = TermType.ACRONYM if text.isascii() else TermType.ABBREVIATION
    note = f"introduced after “{match.text}”"
    return Term(text, match.term.language, Status.ADMITTED, kind, note=note)


class _Places:
    """The matches of one side of a pair by the offset at which they begin; made when first asked."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._matches = matches
        self._last: dict[tuple[int, int], Match] | None = None

    def named_by(self, introduction: re.Match[str], match: Match) -> Match | None:
        """The last match that begins where the bracket behind a match begins; None if there is none."""
        if self._last is None:
            self._last = {(id(one.segment), one.span.start): one for one in self._matches}
        return self._last.get((id(match.segment), introduction.start("short")))


def _may_name(introduction: re.Match[str], match: Match, other: Match | None) -> bool:
    """Whether what stands in a bracket, where `other` begins, may name what stands before it.

    A bracket may as well add something else. If that is a term of an entry with other renderings, one of the
    two has to look like an abbreviation of the other, or the text has to call it one.
    """
    if other is None or other.concept is match.concept or introduction["mark"]:
        return True
    language = match.term.language
    names, others = (
        [term.text for term in one.concept.terms if term.language == language] for one in (match, other)
    )
    renderings, other_renderings = (
        {term.text for term in one.concept.terms if term.language != language and term.status.accepted}
        for one in (match, other)
    )
    return bool(renderings & other_renderings) or any(
        _abbreviates(one, another) or _abbreviates(another, one) for one in names for another in others
    )


def _abbreviates(short: str, full: str) -> bool:
    """Whether a text has letters of another in their order, or is an acronym that may come from elsewhere."""
    if len(short) >= len(full):
        return False
    if short.isascii() and short.isupper() and (" " in full or not full.isascii()):
        return True
    letters = iter(full.casefold())
    return all(letter in letters for letter in short.casefold() if letter.isalnum())


def _introduction(match: Match) -> re.Match[str] | None:
    text, end = match.segment.text, match.span.end
    # Most matches have no bracket behind them, and a look at three characters tells.
    behind = text[end : end + 3]
    return _INTRODUCTION.match(text, end) if "(" in behind or "（" in behind else None
