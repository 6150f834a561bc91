"""A hidden Markov model of the rows of a file: aligned, in a misaligned block, or misaligned on their own.

Public corpora have blocks of hundreds of rows that are shifted by one, and single rows in which, say, a
heading stands opposite a whole article. The two differ in how likely the next row is misaligned too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

# Log odds are clipped to this absolute value, in nats.
MAX_LOG_ODDS = 30.0


class RowModel(Struct, frozen=True):
    """The transition probabilities from one row to the next."""

    block_starts: float
    block_ends: float
    isolated_starts: float
    isolated_ends: float

    def posteriors(self, log_odds: Sequence[float]) -> list[float]:
        """The posterior probability of the aligned state for each row, by the forward-backward algorithm.

        `log_odds` are the log likelihood ratios of the rows: aligned over misaligned.
        """
        stays_aligned = 1 - self.block_starts - self.isolated_starts
        stays_block, stays_isolated = 1 - self.block_ends, 1 - self.isolated_ends
        ratios = [math.exp(min(max(odds, -MAX_LOG_ODDS), MAX_LOG_ODDS)) for odds in log_odds]
        forward: list[tuple[float, float, float]] = []
        aligned, block, isolated = 1.0, 0.0, 0.0
        for ratio in ratios:
            before = aligned
            aligned = (
                before * stays_aligned + block * self.block_ends + isolated * self.isolated_ends
            ) * ratio
            block = before * self.block_starts + block * stays_block
            isolated = before * self.isolated_starts + isolated * stays_isolated
            total = aligned + block + isolated
            aligned, block, isolated = aligned / total, block / total, isolated / total
            forward.append((aligned, block, isolated))
        # The likelihood of all later rows from each misaligned state, relative to that from the aligned one.
        posterior: list[float] = []
        from_block = from_isolated = 1.0
        for ratio, (aligned, block, isolated) in zip(reversed(ratios), reversed(forward), strict=True):
            posterior.append(aligned / (aligned + block * from_block + isolated * from_isolated))
            base = (
                stays_aligned * ratio + self.block_starts * from_block + self.isolated_starts * from_isolated
            )
            from_block = (self.block_ends * ratio + stays_block * from_block) / base
            from_isolated = (self.isolated_ends * ratio + stays_isolated * from_isolated) / base
        return posterior[::-1]


# Both models were chosen by hand. In the first, a block needs as much evidence as two isolated rows;
# otherwise every isolated row would draw its neighbours in. The second expects misaligned rows far more
# often.
ROW_MODEL = RowModel(block_starts=0.00005, block_ends=0.02, isolated_starts=0.00001, isolated_ends=0.7)
SUSPICIOUS_ROW_MODEL = RowModel(block_starts=0.01, block_ends=0.05, isolated_starts=0.01, isolated_ends=0.7)
