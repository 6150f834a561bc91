"""Renderings with an abbreviation for the full form of a shorter term, or the full form for the abbreviation.

A glossary has 2019冠状病毒病病例 for `COVID-19 case`, and two renderings of COVID-19: 2019冠状病毒病 and
COVID-19. So COVID-19病例 is as good. Other words are not exchanged, because they may make another term: a
`tipo de objeto` is no `clase de objeto`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import casing
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Concept, MatchMode, Term

_ABBREVIATION = compile_later(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d-]+")


def exchanged_parts(
    occurrences: Sequence[Match],
    source: Sequence[Match],
    accepted: Callable[[Concept], Sequence[Term]],
) -> Iterator[Term]:
    """The renderings of the occurrences' concept with another form of a term inside them.

    `source` has all matches of the source; `accepted` gives the accepted renderings of a concept.
    """
    concept = occurrences[0].concept
    inner = {
        match.concept.id: match.concept
        for match in source
        if match.traits & Trait.NESTED
        and match.concept is not concept
        and any(_holds(occurrence, match) for occurrence in occurrences)
    }
    for part in inner.values():
        terms = [term.text for term in accepted(part) if term.match is not MatchMode.REGEX]
        for old, new in permutations(dict.fromkeys(terms), 2):
            if _is_short(old) != _is_short(new):
                for whole in accepted(concept):
                    text = _exchanged(whole.text, old, new)
                    if text != whole.text:
                        yield replace(whole, text=text)


def _is_short(text: str) -> bool:
    """Whether a term looks like an abbreviation: capitals, or letters and digits."""
    return casing.is_capitals(text) or _ABBREVIATION.fullmatch(text) is not None


def _holds(whole: Match, part: Match) -> bool:
    """Whether one match lies in another one and is shorter."""
    return part.segment is whole.segment and part.span != whole.span and whole.span.contains(part.span)


def _exchanged(text: str, old: str, new: str) -> str:
    """A rendering with one form for another, unless that begins or ends inside a word of it."""
    before = r"(?<!\w)" if is_alphabetic(old[0]) else ""
    after = r"(?!\w)" if is_alphabetic(old[-1]) else ""
    return re.sub(before + re.escape(old) + after, lambda _: new, text, flags=re.IGNORECASE)
