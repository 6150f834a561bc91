"""How much the tokens that source and target segments share say for an alignment, in nats.

A token counts by its rarity: a shared "the" says nothing, a shared 4,781 says nearly everything. Long
segments share some tokens by chance. That expected gain is subtracted, because otherwise the longest
paragraphs and the largest merges would always seem to fit best.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from termcheck.align.profile import Profile

Range = tuple[int, int]
"""A half-open range of indices of segments."""

Node = tuple[int, int]
"""(s, t): the point of the lattice behind the first s sources and the first t targets of two ranges."""

# All figures here were chosen by hand.

# How often a token of one side has its counterpart on the other.
_KEPT_RATE = 0.6
# The penalty for each expected token that is missing, and the largest penalty for one side.
_MISSING_PENALTY = 0.4
_MAX_MISSING_PENALTY = 2.4
# The largest gain for one shared token. Tokens that gain less than the minimum are ignored.
_MAX_GAIN = 5.0
_MIN_GAIN = 0.3
# The rate assumed for an unseen token, and how many segments that assumption counts for, so that a small
# document proves little.
_PRIOR_RATE = 0.03
_PRIOR_WEIGHT = 20.0
# On how many sides an expected token of each kind is penalised when it is missing. Concepts (=) and numbers
# (#) are expected on both sides, months (m) only where they are written in digits, and words on neither.
_SIDES_EXPECTED = {"#": 2, "=": 2, "m": 1}


class SharedTokens:
    """Scores the tokens that the segments of two lists of profiles share."""

    def __init__(self, sources: Sequence[Profile], targets: Sequence[Profile]) -> None:
        source_counts, target_counts = _segment_counts(sources), _segment_counts(targets)
        rates = {
            token: max(_rate(source_counts[token], len(sources)), _rate(target_counts[token], len(targets)))
            for token in source_counts.keys() & target_counts.keys()
        }
        gains = {token: min(math.log(_KEPT_RATE / rate), _MAX_GAIN) for token, rate in rates.items()}
        gains = {token: gain for token, gain in gains.items() if gain > _MIN_GAIN}
        self._sources = [gains.keys() & profile.tokens for profile in sources]
        self._targets = [gains.keys() & profile.tokens for profile in targets]
        self._source_penalties = list(map(_missing_penalty, sources))
        self._target_penalties = list(map(_missing_penalty, targets))
        # What each source segment gains by chance from a target segment of average size …
        self._chance_gains = [
            sum(gains[token] * rates[token] for token in tokens) for tokens in self._sources
        ]
        # … and the size of each target segment relative to the average.
        average = max(sum(map(len, self._targets)) / max(len(targets), 1), 1.0)
        self._relative_sizes = [len(tokens) / average for tokens in self._targets]
        # A shared token is not missing, so its gain refunds the penalty on both sides.
        self._gains = {
            token: gain + _MISSING_PENALTY * _SIDES_EXPECTED.get(token[0], 0) for token, gain in gains.items()
        }

    def score_pair(self, source: int, target: int) -> float:
        """The log odds for one source and one target segment; negative if their tokens speak against them."""
        score = -self._source_penalties[source] - self._target_penalties[target]
        source_tokens, target_tokens = self._sources[source], self._targets[target]
        if source_tokens and target_tokens:
            score -= self._chance_gains[source] * self._relative_sizes[target]
            if not source_tokens.isdisjoint(target_tokens):
                score += sum(map(self._gains.__getitem__, source_tokens & target_tokens))
        return score

    def score_bead(self, source_start: int, source_end: int, target_start: int, target_end: int) -> float:
        """The log odds for several source segments taken together with several target segments."""
        sources, targets = slice(source_start, source_end), slice(target_start, target_end)
        score = -sum(self._source_penalties[sources]) - sum(self._target_penalties[targets])
        source_tokens: set[str] = set().union(*self._sources[sources])
        target_tokens: set[str] = set().union(*self._targets[targets])
        score -= sum(self._chance_gains[sources]) * sum(self._relative_sizes[targets])
        return score + sum(map(self._gains.__getitem__, source_tokens & target_tokens))

    def anchor_chain(self, sources: Range, targets: Range) -> list[Node]:
        """The nodes in front of anchors, as the rising chain with the highest total score."""
        return rising_chain(
            (source - sources[0], target - targets[0], score)
            for source, target, score in self._anchors()
            if sources[0] <= source < sources[1] and targets[0] <= target < targets[1]
        )

    def _anchors(self) -> list[tuple[int, int, float]]:
        """Pairs (source, target, log odds) whose segments alone share some token, with positive log odds."""
        source_of, target_of = _only_segments(self._sources), _only_segments(self._targets)
        pairs = {(source, target_of[token]) for token, source in source_of.items() if token in target_of}
        return [(*pair, score) for pair in sorted(pairs) if (score := self.score_pair(*pair)) > 0]


def rising_chain(links: Iterable[tuple[int, int, float]]) -> list[Node]:
    """The links (source, target, score) that rise on both sides and have the highest total score.

    This is a weighted longest increasing subsequence, found in O(k log k) with a Fenwick tree over the
    targets.
    """
    ordered = sorted(links, key=lambda link: (link[0], -link[1]))
    size = max((target for _, target, _ in ordered), default=-1) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    previous: list[int] = []
    for index, (_, target, score) in enumerate(ordered):
        total, last = _prefix_maximum(tree, target)
        previous.append(last)
        leaf = target + 1
        while leaf <= size:
            tree[leaf] = max(tree[leaf], (total + score, index))
            leaf += leaf & -leaf
    last = _prefix_maximum(tree, size)[1]
    chain: list[Node] = []
    while last >= 0:
        chain.append(ordered[last][:2])
        last = previous[last]
    return chain[::-1]


def _prefix_maximum(tree: Sequence[tuple[float, int]], end: int) -> tuple[float, int]:
    """The best chain that ends before a target, as (total score, last anchor)."""
    best = (0.0, -1)
    while end > 0:
        best = max(best, tree[end])
        end -= end & -end
    return best


def _segment_counts(profiles: Iterable[Profile]) -> Counter[str]:
    """The number of segments that contain each token."""
    return Counter(token for profile in profiles for token in profile.tokens)


def _missing_penalty(profile: Profile) -> float:
    """The penalty if the counterpart lacks all expected tokens of a segment."""
    return min(_MISSING_PENALTY * len(profile.expected), _MAX_MISSING_PENALTY)


def _rate(count: int, size: int) -> float:
    """The smoothed rate at which a token occurs by chance, its one genuine counterpart left out."""
    return (max(count - 1, 0) + _PRIOR_RATE * _PRIOR_WEIGHT) / (max(size - 1, 0) + _PRIOR_WEIGHT)


def _only_segments(segments: Iterable[Iterable[str]]) -> dict[str, int]:
    """The index of the only segment that contains each token; tokens of several segments are absent."""
    found: dict[str, int] = {}
    for index, tokens in enumerate(segments):
        for token in tokens:
            found[token] = -1 if token in found else index
    return {token: index for token, index in found.items() if index >= 0}
