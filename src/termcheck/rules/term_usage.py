"""How texts really render each term: what makes a single finding likely, and an entry doubtful.

A term that is rendered as listed nearly everywhere is a slip where it is not. A term that is rendered
otherwise nearly everywhere is no hundred slips: its entry and the texts disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from termcheck.matching.verdict import SURE_PAIR, PairVerdict

# Rendered as listed at least so often, and in such a share of the pairs.
_USUAL, _USUAL_SHARE = 3, 0.75
# Missed in such a share of at least so many pairs.
_NOISY, _NOISY_SHARE = 5, 0.8
# The same for entries that would flood a report. In texts by machine one wrong rendering may well stand 20
# or 30 times, so that only what is beyond that is taken for a mistake of the entry alone.
_FLOOD, _FLOOD_SHARE = 40, 0.9

Outcomes = Counter[tuple[str, bool]]
"""How many pairs render, and how many do not render, each concept: by its id and whether they do."""


class TermOutcomes(Struct, frozen=True):
    """In how many pairs a concept occurs, and how many of them render it as listed."""

    pairs: int = 0
    rendered: int = 0

    @property
    def usual(self) -> bool:
        """Whether the listed rendering is what these texts use."""
        return self.rendered >= max(_USUAL, _USUAL_SHARE * self.pairs)

    @property
    def noisy(self) -> bool:
        """Whether the listed rendering is what these texts do not use."""
        return self.pairs >= _NOISY and self.pairs - self.rendered >= _NOISY_SHARE * self.pairs

    @property
    def flooding(self) -> bool:
        """Whether that is so beyond any doubt, and often enough to drown what else is found."""
        return self.pairs >= _FLOOD and self.pairs - self.rendered >= _FLOOD_SHARE * self.pairs

    def __str__(self) -> str:
        return f"rendered as listed in {self.rendered} of {self.pairs} pairs"


def outcomes(judged: Sequence[PairVerdict]) -> Outcomes:
    """What became of each concept in the sure pairs of a document.

    Pairs with a rendering that is forbidden are left out: they say nothing against the entry.
    """
    found: Outcomes = Counter()
    for one in judged:
        if one.pair.confidence >= SURE_PAIR:
            accused = {match.concept.id for match in one.accusing}
            found.update(
                (obligation.concept.id, obligation.met)
                for obligation in one.obligations
                if obligation.concept.id not in accused
            )
    return found


def outcomes_by_concept(found: Outcomes) -> Mapping[str, TermOutcomes]:
    """The usage of each concept that occurred, by its id."""
    ids = dict.fromkeys(concept for concept, _ in found)
    return {
        concept: TermOutcomes(found[concept, True] + found[concept, False], found[concept, True])
        for concept in ids
    }
