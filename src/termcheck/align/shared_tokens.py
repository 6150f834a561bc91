"""What the tokens shared by source and target segments say about their belonging together, in nats.

A token counts by its rarity: that both sides have «the» says nothing, that both have 4,781 nearly all.
Long segments share some tokens by chance; what they would share so is taken off, or else the
longest paragraphs, and the largest merges, would always seem to fit best.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from termcheck.align.profile import Profile

# A token on one side has its counterpart on the other this often; what missing ones cost, one and at most.
_KEPT = 0.6
_MISSING = 0.4
_MISSING_MOST = 2.4
_GAIN_MOST = 5.0
_GAIN_LEAST = 0.3
# A token's rate is taken to have been seen in so many further segments, so that small documents prove little.
_RATE = 0.03
_RATE_WEIGHT = 20.0


class SharedTokens:
    """Weighs the tokens of two lists of profiles."""

    def __init__(self, sources: Sequence[Profile], targets: Sequence[Profile]) -> None:
        source_counts, target_counts = _counts(sources), _counts(targets)
        rates = {
            token: max(_rate(source_counts[token], len(sources)), _rate(target_counts[token], len(targets)))
            for token in source_counts.keys() & target_counts.keys()
        }
        gains = {token: min(math.log(_KEPT / rate), _GAIN_MOST) for token, rate in rates.items()}
        gains = {token: gain for token, gain in gains.items() if gain > _GAIN_LEAST}
        self._sources = [gains.keys() & (item.strict | item.words) for item in sources]
        self._targets = [gains.keys() & (item.strict | item.words) for item in targets]
        self._source_missing = [min(_MISSING * len(item.strict), _MISSING_MOST) for item in sources]
        self._target_missing = [min(_MISSING * len(item.strict), _MISSING_MOST) for item in targets]
        # By chance a source segment meets so much in a target segment of average size …
        self._by_chance = [sum(gains[token] * rates[token] for token in tokens) for tokens in self._sources]
        # … and the target segments are of these sizes.
        average = max(sum(map(len, self._targets)) / max(len(targets), 1), 1.0)
        self._sizes = [len(tokens) / average for tokens in self._targets]
        # A token met is not a missing one: what was taken off for it, on both sides, is given back.
        self._gains = {token: gain + _MISSING * _STRICTNESS.get(token[0], 0) for token, gain in gains.items()}

    def of_pair(self, source: int, target: int) -> float:
        """What speaks for one source and one target segment; less than 0 if it speaks against."""
        score = -self._source_missing[source] - self._target_missing[target]
        one, other = self._sources[source], self._targets[target]
        if one and other:
            score -= self._by_chance[source] * self._sizes[target]
            if not one.isdisjoint(other):
                score += sum(map(self._gains.__getitem__, one & other))
        return score

    def of_bead(self, start: int, end: int, first: int, last: int) -> float:
        """What speaks for sources `start:end` and targets `first:last` taken together."""
        score = -sum(self._source_missing[start:end]) - sum(self._target_missing[first:last])
        one: set[str] = set().union(*self._sources[start:end])
        other: set[str] = set().union(*self._targets[first:last])
        score -= sum(self._by_chance[start:end]) * sum(self._sizes[first:last])
        return score + sum(map(self._gains.__getitem__, one & other))

    def rare(self) -> list[tuple[int, int, float]]:
        """Source and target segments that share a token found nowhere else, and what speaks for them."""
        homes = _only_homes(self._targets)
        meetings = {
            (source, homes[token]) for token, source in _only_homes(self._sources).items() if token in homes
        }
        return [(*meeting, worth) for meeting in sorted(meetings) if (worth := self.of_pair(*meeting)) > 0]


# On how many sides of a pair a token of each kind is missed if it is missing: numbers and concepts on both,
# months where they are written in digits, words never.
_STRICTNESS = {"#": 2, "=": 2, "m": 1}


def _counts(items: Iterable[Profile]) -> Counter[str]:
    return Counter(token for item in items for token in item.strict | item.words)


def _rate(count: int, size: int) -> float:
    """How often a token is met by chance, not counting the one counterpart it may have."""
    return (max(count - 1, 0) + _RATE * _RATE_WEIGHT) / (max(size - 1, 0) + _RATE_WEIGHT)


def _only_homes(tokens: Iterable[Iterable[str]]) -> dict[str, int]:
    """The one segment each token occurs in; tokens of several segments are absent."""
    homes: dict[str, int] = {}
    for index, found in enumerate(tokens):
        for token in found:
            homes[token] = -1 if token in homes else index
    return {token: index for token, index in homes.items() if index >= 0}
