"""Decide between matches that overlap: better ones hold others, and phrases shield what is in them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from termcheck.matching.match import Match, Trait
from termcheck.model import Span, Term

Shield = tuple[Span, Term, str]
"""A phrase inside which a term does not count: its span, the term, and the phrase as written."""


def settled(matches: list[Match], shields: Sequence[Shield]) -> tuple[Match, ...]:
    """The matches of a segment in order, each of them marked if another one or a phrase holds it."""
    # In most segments no two matches overlap, and there is nothing to settle.
    if not shields and all(match.span.end <= following.span.start for match, following in pairwise(matches)):
        return tuple(matches)
    return tuple(_settle(matches, shields))


def _settle(matches: list[Match], shields: Sequence[Shield]) -> Iterator[Match]:
    """Order the matches, drop duplicates, and mark each match that a better one or a shield covers.

    A longer match is better, and at one place the concept with the higher priority. A listed form comes
    before an inflected one.
    """
    matches.sort(key=lambda match: (match.span.start, -match.span.end, match.traits & Trait.INFLECTED))
    unique = {(id(match.term), match.span): match for match in reversed(matches)}.values()
    best: dict[Span, int] = {}
    for match in unique:
        priority = match.concept.priority
        best[match.span] = max(priority, best.get(match.span, priority))
    phrases = _phrases(shields)
    holder: Match | None = None
    for match in reversed(unique):
        inside = holder is not None and holder.span != match.span and holder.span.contains(match.span)
        if inside or match.concept.priority < best[match.span]:
            match = replace(
                match, traits=match.traits | Trait.NESTED, holder=holder.text if holder and inside else ""
            )
        elif holder is None or match.span.end > holder.span.end:
            holder = match
        yield _shielded(match, phrases.get(id(match.term), ()))


def _phrases(shields: Sequence[Shield]) -> dict[int, list[Shield]]:
    """The shields of each term, in order; a shield that lies in another is left out."""
    phrases: dict[int, list[Shield]] = defaultdict(list)
    for shield in sorted(shields, key=lambda shield: (shield[0].start, -shield[0].end)):
        before = phrases[id(shield[1])]
        if not before or before[-1][0].end < shield[0].end:
            before.append(shield)
    return phrases


def _shielded(match: Match, phrases: Sequence[Shield]) -> Match:
    """The match, marked if it lies in one of the phrases, which are those of its term."""
    last = bisect_right(phrases, match.span.start, key=_shield_start) - 1
    # None lies in another, so the last that begins before the match also ends last.
    if last < 0 or not phrases[last][0].contains(match.span) or phrases[last][0] == match.span:
        return match
    return replace(match, traits=match.traits | Trait.SHIELDED, holder=phrases[last][2])


def _shield_start(shield: Shield) -> int:
    return shield[0].start
