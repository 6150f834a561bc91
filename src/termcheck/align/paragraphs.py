"""Aligns the paragraphs of a bitext whose counterparts are not plain to see.

They are aligned by lengths, numbers, names and glossary terms. The length ratio of the two languages differs
from text to text, so it is estimated first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import chain

from termcheck.align.averages import median_of
from termcheck.align.beads import Aligner, Bead
from termcheck.align.layout import Run
from termcheck.align.profile import Anchors, length_of, profiles_of
from termcheck.align.scores import KNOWN_RATIO_VARIANCE, UNKNOWN_RATIO_VARIANCE, Scorer
from termcheck.align.shared_tokens import Node, SharedTokens
from termcheck.model import Segment, SegmentPair, Side

# The length ratio of a document is estimated from its anchors if there are this many, otherwise from the
# total lengths if both sides have this many segments, otherwise from a first alignment if it has this many
# 1-1 beads of this confidence. Chosen by hand.
_MIN_ANCHORS = 30
_MANY_SEGMENTS = 2_000
_MIN_CONFIDENT_PAIRS = 5
_CONFIDENT = 0.9
# The length ratio of a document with plain pairs is estimated from this many of them.
_SAMPLE = 200

Block = Sequence[Segment]
"""One or more segments that are aligned as one."""


class Paragraphs:
    """The blocks of both sides of a bitext that are not in rows; a block is one or more segments."""

    def __init__(
        self,
        sources: Sequence[Block],
        targets: Sequence[Block],
        anchors: Anchors,
        plain: Sequence[tuple[Block, Block]] = (),
    ) -> None:
        """`plain` are pairs of other blocks of the bitext, which show its length ratio."""
        self._sources, self._targets = sources, targets
        self._plain = plain[:: len(plain) // _SAMPLE + 1]
        self._profiles = (
            profiles_of(sources, Side.SOURCE, anchors),
            profiles_of(targets, Side.TARGET, anchors),
        )
        self._shared_tokens = SharedTokens(*self._profiles)

    def align(self, runs_of: Callable[[Aligner], Sequence[Run]]) -> list[tuple[Run, tuple[SegmentPair, ...]]]:
        """The pairs of each run; the second alignment uses the length ratio that the first one revealed."""
        scorer = self._scorer_before_alignment()
        aligned = _align(scorer or self._scorer(0.0, UNKNOWN_RATIO_VARIANCE), runs_of)
        if scorer is None:
            confident = [
                (bead.sources[0], bead.targets[0])
                for _, beads in aligned
                for bead in beads
                if bead.confidence >= _CONFIDENT and _is_one_to_one(bead)
            ]
            if len(confident) >= _MIN_CONFIDENT_PAIRS:
                aligned = _align(self._scorer_from(confident), runs_of)
        return [(run, tuple(map(self._pair, beads))) for run, beads in aligned]

    def _scorer_before_alignment(self) -> Scorer | None:
        """A scorer with the document's length ratio, if it can be estimated without an alignment."""
        if self._plain:
            ratios = (math.log(_length(target) / _length(source)) for source, target in self._plain)
            return self._scorer(median_of(ratios), KNOWN_RATIO_VARIANCE)
        sources, targets = self._profiles
        found = self._shared_tokens.anchor_chain((0, len(sources)), (0, len(targets)))
        if len(found) >= _MIN_ANCHORS:
            return self._scorer_from(found)
        if min(len(sources), len(targets)) >= _MANY_SEGMENTS:
            source_length, target_length = (
                sum(profile.length for profile in side) for side in self._profiles
            )
            return self._scorer(math.log(target_length / source_length), UNKNOWN_RATIO_VARIANCE)
        return None

    def _scorer_from(self, pairs: Sequence[Node]) -> Scorer:
        """A scorer with the median length ratio of some pairs (source, target)."""
        sources, targets = self._profiles
        log_ratio = median_of(
            math.log(targets[target].length / sources[source].length) for source, target in pairs
        )
        return self._scorer(log_ratio, KNOWN_RATIO_VARIANCE)

    def _scorer(self, log_ratio: float, ratio_variance: float) -> Scorer:
        return Scorer(*self._profiles, self._shared_tokens, log_ratio, ratio_variance)

    def _pair(self, bead: Bead) -> SegmentPair:
        return SegmentPair(
            tuple(chain.from_iterable(self._sources[slice(*bead.sources)])),
            tuple(chain.from_iterable(self._targets[slice(*bead.targets)])),
            bead.confidence,
        )


def _length(block: Sequence[Segment]) -> float:
    return sum(length_of(segment.text) for segment in block)


def _align(scorer: Scorer, runs_of: Callable[[Aligner], Sequence[Run]]) -> list[tuple[Run, list[Bead]]]:
    aligner = Aligner(scorer)
    return [(run, aligner.beads(run.sources, run.targets)) for run in runs_of(aligner)]


def _is_one_to_one(bead: Bead) -> bool:
    return bead.sources[1] - bead.sources[0] == bead.targets[1] - bead.targets[0] == 1
