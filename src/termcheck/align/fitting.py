"""Whether two texts fit each other at first sight: by length, by numbers, and by being headings.

This is the quick look that finds what plainly belongs together. The aligner's scores say more and cost a
hundred times as much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Self

from msgspec import Struct

from termcheck.align.averages import median_of
from termcheck.align.profile import shape_of
from termcheck.lazy import compile_later
from termcheck.model import Segment

# The first digit apart lets `re` skip to it.
_DIGITS = compile_later(r"\d\d*")
_ASCII_DIGITS = compile_later(r"[0-9][0-9]*")
# The variance of the log length ratio, as in `align.scores` but in characters, and the deviation that still
# fits, in standard deviations. Chosen by hand.
_VARIANCE = 0.015
_VARIANCE_PER_CHARACTER = 1.5
_FITTING_DEVIATION = 2.0
# The shape of a text of up to this many characters says more than its length.
_SHORT = 60
# The number of pairs from which a length ratio is estimated.
_SAMPLE = 500


class Texts(Struct, frozen=True, dict=True):
    """The texts of blocks, their lengths in characters (at least 1), and which of them are headings.

    `concepts` are the ids of the glossary concepts that seem to be in each.
    """

    texts: Sequence[str]
    lengths: Sequence[int]
    headings: Sequence[bool]
    concepts: Sequence[frozenset[str]] = ()

    @classmethod
    def of(cls, blocks: Sequence[Sequence[Segment]]) -> Self:
        """The texts of blocks of one or more segments, without their concepts."""
        texts = [
            block[0].text if len(block) == 1 else "\n".join([segment.text for segment in block])
            for block in blocks
        ]
        lengths = [len(text) or 1 for text in texts]
        return cls(texts, lengths, [block[0].heading for block in blocks])

    def with_concepts(self, concepts: Sequence[frozenset[str]]) -> Self:
        """The texts with the concepts in each."""
        return type(self)(self.texts, self.lengths, self.headings, concepts)

    @cached_property
    def numbers(self) -> Sequence[frozenset[str]]:
        """The numbers of each text in digits."""
        return [
            frozenset((_ASCII_DIGITS if text.isascii() else _DIGITS).findall(text)) for text in self.texts
        ]

    @cached_property
    def logs(self) -> Sequence[float]:
        """The logarithm of each length."""
        return [math.log(length) for length in self.lengths]

    @cached_property
    def roots(self) -> Sequence[float]:
        """The inverse square root of each length."""
        return [1 / math.sqrt(length) for length in self.lengths]


class LengthFit(Struct, frozen=True):
    """Knows the length ratio of a document, and so which of its texts fit each other.

    Firsts and seconds may be the same texts.
    """

    firsts: Texts
    seconds: Texts
    log_ratio: float

    @classmethod
    def of(cls, firsts: Texts, seconds: Texts, pairs: Sequence[tuple[int, int]]) -> Self:
        """With the median ratio of some pairs (first, second); there must be at least one pair."""
        sample = pairs[:: len(pairs) // _SAMPLE + 1]
        ratios = (seconds.lengths[second] / firsts.lengths[first] for first, second in sample)
        return cls(firsts, seconds, math.log(median_of(ratios)))

    def holds(self, first: int, second: int) -> bool:
        """Whether two texts fit; in doubt they do not."""
        if self.firsts.headings[first] is not self.seconds.headings[second]:
            return False
        first_length, second_length = self.firsts.lengths[first], self.seconds.lengths[second]
        deviation = (math.log(second_length / first_length) - self.log_ratio) / _FITTING_DEVIATION
        variance = _VARIANCE + _VARIANCE_PER_CHARACTER / math.sqrt(first_length * second_length)
        if deviation * deviation > variance:
            return False
        return not (
            self._concepts_differ(first, second)
            or self._shapes_differ(first, second)
            or self._numbers_differ(first, second)
        )

    def _concepts_differ(self, first: int, second: int) -> bool:
        """Whether both texts have terms of the glossary, but none of one concept."""
        concepts, others = self.firsts.concepts[first], self.seconds.concepts[second]
        return bool(concepts) and bool(others) and concepts.isdisjoint(others)

    def _shapes_differ(self, first: int, second: int) -> bool:
        """Whether a short text is a date, a label or a question, and the other one is not."""
        if max(self.firsts.lengths[first], self.seconds.lengths[second]) > _SHORT:
            return False
        shapes = [
            shape_of(side.texts[index], heading=False)
            for side, index in ((self.firsts, first), (self.seconds, second))
        ]
        return shapes[0] != shapes[1]

    def _numbers_differ(self, first: int, second: int) -> bool:
        """Whether both texts have numbers, but none in common."""
        numbers, others = self.firsts.numbers[first], self.seconds.numbers[second]
        return bool(numbers) and bool(others) and numbers.isdisjoint(others)
