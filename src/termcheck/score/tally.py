"""Counts how often each concept was owed, met and by what, and missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.model import Concept
from termcheck.report.scorecard import Kind, Rendering, Substitute

FoundSubstitute = tuple[Substitute, frozenset[int]]
"""A substitute, and the numbers of the missed pairs in which it stands."""


class TermTally(Struct):
    """The obligations of one concept, by the number of their pair.

    `observed` holds, for missed obligations, what the check itself found in place of the rendering.
    """

    concept: Concept
    met: dict[int, Obligation] = field(default_factory=dict)
    missed: dict[int, Obligation] = field(default_factory=dict)
    observed: dict[int, tuple[Kind, str]] = field(default_factory=dict)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """All obligations."""
        return (*self.met.values(), *self.missed.values())

    @property
    def source(self) -> str:
        """The most frequent source term."""
        counts = Counter(
            match.term.text for obligation in self.obligations for match in obligation.occurrences
        )
        return counts.most_common(1)[0][0]

    @property
    def unexplained(self) -> Mapping[int, Obligation]:
        """The missed obligations in whose pairs the check found nothing in place of the rendering."""
        return {number: missed for number, missed in self.missed.items() if number not in self.observed}

    def renderings(self) -> tuple[Rendering, ...]:
        """The renderings that meet the obligations, the most frequent first; each counts once in a pair."""
        counts: Counter[tuple[str, bool]] = Counter()
        for obligation in self.met.values():
            listed = {id(term) for term in obligation.accepted}
            counts.update({(match.term.text, id(match.term) in listed) for match in obligation.met_by})
        ordered = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
        return tuple(Rendering(text, count, listed) for (text, listed), count in ordered)

    def observed_substitutes(self) -> Iterator[FoundSubstitute]:
        """What the check found in place of the rendering."""
        pairs_of: dict[tuple[Kind, str], set[int]] = {}
        for number, observed in self.observed.items():
            pairs_of.setdefault(observed, set()).add(number)
        for (kind, text), pairs in pairs_of.items():
            yield Substitute(" ".join(text.split()), kind, len(pairs)), frozenset(pairs)


def tally_terms(verdicts: Sequence[PairVerdict], concept_ids: frozenset[str]) -> list[TermTally]:
    """The tallies of these concepts, except for those that no pair owes a rendering."""
    tallies: dict[str, TermTally] = {}
    for number, verdict in enumerate(verdicts):
        forbidden = {match.concept.id: match.text for match in reversed(verdict.accusing)}
        for obligation in verdict.obligations:
            concept = obligation.concept
            if concept.id not in concept_ids:
                continue
            tally = tallies.setdefault(concept.id, TermTally(concept))
            if obligation.met:
                tally.met[number] = obligation
                continue
            tally.missed[number] = obligation
            observed = _observed(obligation, forbidden.get(concept.id))
            if observed is not None:
                tally.observed[number] = observed
    return list(tallies.values())


def _observed(obligation: Obligation, forbidden: str | None) -> tuple[Kind, str] | None:
    if forbidden is not None:
        return Kind.FORBIDDEN, forbidden
    if obligation.untranslated is not None:
        return Kind.LEFT, obligation.untranslated.text
    if obligation.misspelling is not None:
        return Kind.NEAR, obligation.misspelling[1].text
    return None
