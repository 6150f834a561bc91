"""What became of each concept in judged pairs: how often it is owed, met and by what, and missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.model import Concept
from termcheck.report.scorecard import Kind, Rendering, Substitute


class TermTally(Struct):
    """The obligations of one concept, by the number of the pair they are in.

    `seen` holds for missed ones what the check itself saw in the rendering's place.
    """

    concept: Concept
    met: dict[int, Obligation] = field(default_factory=dict)
    missed: dict[int, Obligation] = field(default_factory=dict)
    seen: dict[int, tuple[Kind, str]] = field(default_factory=dict)

    @property
    def obligation(self) -> tuple[Obligation, ...]:
        """All obligations."""
        return (*self.met.values(), *self.missed.values())

    @property
    def source(self) -> str:
        """The source term met most often."""
        counts = Counter(
            match.term.text for obligation in self.obligation for match in obligation.occurrences
        )
        return counts.most_common(1)[0][0]

    @property
    def unexplained(self) -> Mapping[int, Obligation]:
        """The missed obligations in whose pairs the check saw nothing."""
        return {number: obligation for number, obligation in self.missed.items() if number not in self.seen}

    def renderings(self) -> tuple[Rendering, ...]:
        """What meets the obligations, the busiest first; a pair counts once for each of its renderings."""
        counts: Counter[tuple[str, bool]] = Counter()
        for obligation in self.met.values():
            listed = {id(term) for term in obligation.accepted}
            counts.update({(match.term.text, id(match.term) in listed) for match in obligation.met_by})
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Rendering(text, count, listed) for (text, listed), count in ordered)

    def seen_instead(self) -> Iterator[tuple[Substitute, frozenset[int]]]:
        """What the check saw in the rendering's place, and in which pairs."""
        groups: dict[tuple[Kind, str], set[int]] = {}
        for number, what in self.seen.items():
            groups.setdefault(what, set()).add(number)
        for (kind, text), numbers in groups.items():
            yield Substitute(" ".join(text.split()), kind, len(numbers)), frozenset(numbers)


def term_tallies(judged: Sequence[PairVerdict], wanted: frozenset[str]) -> list[TermTally]:
    """One tally for each of the concepts with these ids that any pair owes a rendering of."""
    found: dict[str, TermTally] = {}
    for number, one in enumerate(judged):
        forbidden = {match.concept.id: match.text for match in reversed(one.accusing)}
        for obligation in one.obligations:
            if obligation.concept.id not in wanted:
                continue
            tally = found.setdefault(obligation.concept.id, TermTally(obligation.concept))
            if obligation.met:
                tally.met[number] = obligation
                continue
            tally.missed[number] = obligation
            seen = _seen(obligation, forbidden.get(obligation.concept.id))
            if seen is not None:
                tally.seen[number] = seen
    return list(found.values())


def _seen(obligation: Obligation, forbidden: str | None) -> tuple[Kind, str] | None:
    if forbidden is not None:
        return Kind.FORBIDDEN, forbidden
    if obligation.untranslated is not None:
        return Kind.LEFT, obligation.untranslated.text
    if obligation.misspelling is not None:
        return Kind.NEAR, obligation.misspelling[1].text
    return None
