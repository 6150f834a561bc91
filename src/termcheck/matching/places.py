"""Finds matches by their place in a segment.

A paragraph may have thousands of matches, so they are not compared one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from termcheck.matching.match import DOUBTFUL, Match, Trait
from termcheck.model import Span, merge


class NestedMatches:
    """The matches of some segments that are nested and otherwise certain, with their numbers.

    `matches` are in the order of their segments and offsets.
    """

    def __init__(self, matches: Sequence[Match]) -> None:
        self._by_segment: dict[int, list[tuple[int, Match]]] = defaultdict(list)
        for number, match in enumerate(matches):
            if match.holder and match.traits & DOUBTFUL == Trait.NESTED:
                self._by_segment[id(match.segment)].append((number, match))

    def inside(self, whole: Match) -> Iterator[tuple[int, Match]]:
        """The nested matches that lie in a match of one of the segments."""
        nested = self._by_segment.get(id(whole.segment), ())
        first = bisect_left(nested, whole.span.start, key=_start)
        for index in range(first, len(nested)):
            number, match = nested[index]
            if match.span.start >= whole.span.end:
                return
            if match.span.end <= whole.span.end:
                yield number, match


def spans_by_segment(matches: Iterable[Match]) -> Mapping[int, Sequence[Span]]:
    """The spans of matches by the identity of their segment, merged."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for match in matches:
        spans[id(match.segment)].append(match.span)
    return {segment: merge(found) for segment, found in spans.items()}


def _start(numbered: tuple[int, Match]) -> int:
    return numbered[1].span.start
