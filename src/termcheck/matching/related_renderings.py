"""Renderings of the entries that mean the same as another one, in the target of a pair.

Thousands of entries may share a rendering, such as the `TODO` of a list that is still being translated. So
each rendering of a group is searched for once in a pair, whatever the number of entries that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.matching.lenient.target_evidence import TargetEvidence
from termcheck.matching.match import Match, Trait, place
from termcheck.matching.related_concepts import RelatedConcepts
from termcheck.model import Concept, Span, Term

Accepted = Callable[[Concept], tuple[Term, ...]]
"""The accepted renderings of a concept in a document, preferred ones first."""

# The case of another entry's rendering is no slip.
_LENIENT = Trait.LENIENT | Trait.RELATED
# An entry does not count its own match, so it needs a second one at the same place.
_ENOUGH = 2


class _Group(Struct):
    """Concepts by their place in a group, and the concepts and terms of each rendering."""

    places: dict[str, int]
    renderings: dict[str, list[tuple[Concept, Term]]]


class RelatedRenderings(Struct):
    """The groups of related concepts with their renderings, which are collected when first asked for."""

    related: RelatedConcepts = RelatedConcepts((), {})
    concepts: Sequence[Concept] = ()
    _groups: dict[int, _Group] = field(default_factory=dict)

    def of(self, concept: Concept, evidence: TargetEvidence, accepted: Accepted) -> Iterator[Match]:
        """What renders the concepts that are related to one, in the target of a pair."""
        seen: set[tuple[int, tuple[int, Span]]] = set()
        for number in self.related.of.get(concept.id, ()):
            found = evidence.related.get(number)
            if found is None:
                found = evidence.related[number] = tuple(_found(self._group(number, accepted), evidence))
            for match in found:
                here = id(match.term), place(match)
                if match.concept is not concept and here not in seen:
                    seen.add(here)
                    yield match

    def _group(self, number: int, accepted: Accepted) -> _Group:
        if number not in self._groups:
            concepts = [self.concepts[index] for index in self.related.groups[number]]
            renderings: dict[str, list[tuple[Concept, Term]]] = {}
            for concept in concepts:
                for term in accepted(concept):
                    renderings.setdefault(term.text, []).append((concept, term))
            places = {concept.id: index for index, concept in enumerate(concepts)}
            self._groups[number] = _Group(places, renderings)
        return self._groups[number]


def renderings_of(concept: Concept, evidence: TargetEvidence, accepted: Sequence[Term]) -> Iterator[Match]:
    """What renders a concept that means the same as the one that is due."""
    for match in evidence.matches_of(concept):
        if match.term.status.accepted:
            yield replace(match, traits=match.traits | Trait.RELATED)
    for match in evidence.lenient_matches(concept, accepted):
        yield replace(match, traits=_LENIENT)


def _found(group: _Group, evidence: TargetEvidence) -> Iterator[Match]:
    """What renders the concepts of a group, in the order of the group."""
    found: list[tuple[int, bool, Match]] = []
    taken: dict[tuple[int, Span], int] = {}
    for match in evidence.matched_among(group.places):
        here = place(match)
        if match.term.status.accepted and taken.setdefault(here, 0) < _ENOUGH:
            taken[here] += 1
            found.append((group.places[match.concept.id], False, match))
    for entries in group.renderings.values():
        for concept, term in entries:
            matches = list(evidence.lenient_matches(concept, (term,)))
            if matches:
                found += ((group.places[concept.id], True, match) for match in matches)
                break
    found.sort(key=itemgetter(0, 1))
    for _, is_lenient, match in found:
        yield replace(match, traits=_LENIENT if is_lenient else match.traits | Trait.RELATED)
