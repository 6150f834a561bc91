"""Pairs neighbours that plainly belong together, in one linear pass.

In most bilingual documents each paragraph stands next to its counterpart, or each section next to its
translation. Where the sides alternate and the lengths fit, nothing has to be compared with anything else.
Whatever is less plain is left to the aligner, together with the pairs around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from termcheck.align.fitting import LengthFit, Texts
from termcheck.model import Side

# All figures were chosen by hand. A document with fewer fitting pairs does not reveal its length ratio.
_MIN_PAIRS = 5
# The order of the languages is clear if it explains all blocks, or if the opposite order explains only this
# share of what it explains.
_CLEAR_SHARE = 0.8


class Neighbours(Struct, frozen=True):
    """The plain pairs of a document, and the ranges of blocks that are left; both are in document order.

    A pair is given by the indices of its source and its target among the blocks.
    """

    pairs: Sequence[tuple[int, int]]
    left: Sequence[range]


class _Couple(Struct, frozen=True):
    """Two neighbouring sections with the same number of blocks in different languages."""

    start: int
    size: int

    @property
    def end(self) -> int:
        return self.start + 2 * self.size

    def pairs(self) -> Iterator[tuple[int, int]]:
        return ((self.start + index, self.start + self.size + index) for index in range(self.size))


def find_neighbours(texts: Texts, sides: Sequence[Side]) -> Neighbours:
    """The plain pairs of a document, given the texts of its blocks and their sides in order."""
    nothing = Neighbours((), (range(len(sides)),) if sides else ())
    if len(sides) < 2 * _MIN_PAIRS:
        return nothing
    sections = [len(list(section)) for _, section in groupby(sides)]
    orders = [list(_fitting(texts, _couples(sections, first))) for first in (0, 1)]
    covered = [sum(2 * couple.size for couple in couples) for couples in orders]
    best = covered.index(max(covered))
    is_clear = covered[best] == len(sides) or covered[1 - best] <= _CLEAR_SHARE * covered[best]
    if covered[best] < 2 * _MIN_PAIRS or not is_clear:
        return nothing
    return _divide(orders[best], sides)


def _couples(sections: Sequence[int], first: int) -> Iterator[_Couple]:
    """The couples of equal sections, if the couples begin with section number `first`."""
    start = sum(sections[:first])
    for index in range(first, len(sections) - 1, 2):
        size, other = sections[index : index + 2]
        if size == other:
            yield _Couple(start, size)
        start += size + other


def _fitting(texts: Texts, couples: Iterator[_Couple]) -> Iterator[_Couple]:
    """The couples whose blocks fit one another in order."""
    found = list(couples)
    pairs = [pair for couple in found for pair in couple.pairs()]
    if len(pairs) < _MIN_PAIRS:
        return
    fit = LengthFit.of(texts, texts, pairs)
    yield from (couple for couple in found if all(fit.holds(*pair) for pair in couple.pairs()))


def _divide(couples: Sequence[_Couple], sides: Sequence[Side]) -> Neighbours:
    """The couples that stand among other couples; one beside a gap is left to the aligner with the gap."""
    edges = [couple.end for couple in couples]
    starts = [couple.start for couple in couples]
    before = [True, *(end == start for end, start in zip(edges, starts[1:], strict=False))]
    before[0] = starts[0] == 0
    after = [*before[1:], edges[-1] == len(sides)]
    plain = [couple for couple, *closed in zip(couples, before, after, strict=True) if all(closed)]
    pairs = [
        pair if sides[pair[0]] is Side.SOURCE else (pair[1], pair[0])
        for couple in plain
        for pair in couple.pairs()
    ]
    gaps = pairwise([0, *(edge for couple in plain for edge in (couple.start, couple.end)), len(sides)])
    left = [range(start, end) for start, end in list(gaps)[::2] if start < end]
    return Neighbours(pairs, left)
