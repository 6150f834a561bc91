"""How often texts render each term as listed, which makes a single finding likely or its entry doubtful.

If nearly all texts render a term as listed, an exception is probably a mistake. If hardly any do, the texts
are not wrong a hundred times: the entry does not fit them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from termcheck.matching.verdict import SURE_PAIR, PairVerdict

# The least number of pairs that render the term as listed, and their least share.
_USUAL, _USUAL_SHARE = 3, 0.75
# The least number of pairs with the term, and the least share that does not render it as listed.
_NOISY, _NOISY_SHARE = 5, 0.8
# The same for an entry that would flood a report. Machine translation may repeat one mistake 20 or 30 times,
# and only more than that is blamed on the entry alone.
_FLOOD, _FLOOD_SHARE = 40, 0.9

Outcomes = Counter[tuple[str, bool]]
"""The number of pairs by concept id and by whether they render the concept as listed."""


class TermOutcomes(Struct, frozen=True):
    """The number of pairs in which a concept occurs, and the number that render it as listed."""

    pairs: int = 0
    rendered: int = 0

    @property
    def usual(self) -> bool:
        """Whether these texts usually use a listed rendering."""
        return self.rendered >= max(_USUAL, _USUAL_SHARE * self.pairs)

    @property
    def noisy(self) -> bool:
        """Whether these texts hardly ever use a listed rendering."""
        return self.pairs >= _NOISY and self.pairs - self.rendered >= _NOISY_SHARE * self.pairs

    @property
    def flooding(self) -> bool:
        """Whether the entry is noisy beyond doubt, and so often that it would hide other findings."""
        return self.pairs >= _FLOOD and self.pairs - self.rendered >= _FLOOD_SHARE * self.pairs

    def __str__(self) -> str:
        return f"rendered as listed in {self.rendered} of {self.pairs} pairs"


def outcomes(verdicts: Sequence[PairVerdict]) -> Outcomes:
    """How the sure pairs of a document render each concept.

    A pair with a forbidden rendering of the concept does not count, because it does not contradict the entry.
    """
    counts: Outcomes = Counter()
    for verdict in verdicts:
        if verdict.pair.confidence >= SURE_PAIR:
            accused = {match.concept.id for match in verdict.accusing}
            counts.update(
                (obligation.concept.id, obligation.met)
                for obligation in verdict.obligations
                if obligation.concept.id not in accused
            )
    return counts


def outcomes_by_concept(counts: Outcomes) -> Mapping[str, TermOutcomes]:
    """The outcomes of each concept that occurred, by its id."""
    ids = dict.fromkeys(concept for concept, _ in counts)
    return {
        concept: TermOutcomes(counts[concept, True] + counts[concept, False], counts[concept, True])
        for concept in ids
    }
