"""How surely two things stand together in pairs: Dunning's log-likelihood ratio, and where phrases stand."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Sequence

# G² of chance reaches this once in 10,000: chi-square's critical value for one degree of freedom.
SURE = 15.1


def log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """G² of two things that stand in `one` and `other` of `total` pairs, and together in `both`.

    Negative where they meet less often than chance would have it. It holds for small counts, where
    chi-square does not (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence",
    Computational Linguistics 19:1).
    """
    table = (both, one - both, other - both, total - one - other + both)
    margins = (one, total - one, other, total - other)
    value = 2 * (sum(map(_entropy, table)) - sum(map(_entropy, margins)) + _entropy(total))
    return value if both * total >= one * other else -value


def _entropy(count: int) -> float:
    return count * math.log(count) if count else 0.0


class Rows:
    """The rows of one side of all pairs, and which of them have a phrase."""

    def __init__(self, rows: Sequence[str]) -> None:
        self._rows = rows
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("l"))
        self._known: dict[str, frozenset[int]] = {}
        for number, row in enumerate(rows):
            for key in set(row.split()):
                self._postings[key].append(number)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> str:
        return self._rows[number]

    def having(self, phrase: str) -> frozenset[int]:
        """The numbers of the rows that have a phrase."""
        if phrase not in self._known:
            rarest = min((self._postings.get(key, array("l")) for key in phrase.split()), key=len)
            self._known[phrase] = frozenset(number for number in rarest if phrase in self._rows[number])
        return self._known[phrase]
