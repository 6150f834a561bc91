"""Pairs neighbours that plainly belong together, in one linear pass.

In most bilingual documents each paragraph stands next to its counterpart, or each section next to its
translation. Where the sides alternate and the lengths fit, nothing has to be compared with anything else.
Whatever is less plain is left to the aligner, together with the pairs around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from termcheck.align.fitting import LengthFit, Texts
from termcheck.model import Side

# All figures were chosen by hand. A document with fewer fitting pairs does not reveal its length ratio.
_MIN_PAIRS = 5
# The order of the languages is clear if it explains all blocks, or if the opposite order explains only this
# share of what it explains.
_CLEAR_SHARE = 0.8
# So many blocks of a text that alternates show whether terms contradict the order of its languages.
_SAMPLE = 400


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


ConceptsOf = Callable[[Sequence[int]], Sequence[frozenset[str]]]
"""Finds the ids of the glossary concepts in the blocks with these numbers."""


def find_neighbours(texts: Texts, sides: Sequence[Side], concepts_of: ConceptsOf) -> Neighbours:
    """The plain pairs of a document, given the texts of its blocks and their sides in order."""
    nothing = Neighbours((), (range(len(sides)),) if sides else ())
    if len(sides) < 2 * _MIN_PAIRS:
        return nothing
    sections = [len(list(section)) for _, section in groupby(sides)]
    looked_at = _looked_at(sections, len(sides))
    concepts = dict(zip(looked_at, concepts_of(looked_at), strict=True))
    texts = texts.with_concepts([concepts.get(index, frozenset()) for index in range(len(sides))])
    # Of three blocks in a row, two are a couple.
    all_covered = len(sides) if len(concepts) == len(sides) else len(concepts) // 3 * 2
    orders: list[list[_Couple]] = []
    covered: list[int] = []
    for first in (0, 1):
        orders.append(list(_fitting(texts, _couples(sections, first))))
        explained = [one for one in orders[-1] if one.start in concepts and one.end - 1 in concepts]
        covered.append(sum(2 * couple.size for couple in explained))
        if covered[-1] == all_covered:
            break
    best = covered.index(max(covered))
    is_clear = covered[best] == all_covered or covered[1 - best] <= _CLEAR_SHARE * covered[best]
    if covered[best] < 2 * _MIN_PAIRS or not is_clear:
        return nothing
    return _divide(orders[best], sides)


def _looked_at(sections: Sequence[int], count: int) -> Sequence[int]:
    """The blocks whose concepts show in what order the languages are; in long texts, not all.

    A text that alternates throughout is in order throughout.
    """
    if len(sections) < count or count <= _SAMPLE:
        return range(count)
    step = 2 * (count // _SAMPLE + 1)
    return [index for start in range(0, count - 2, step) for index in range(start, start + 3)]


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
