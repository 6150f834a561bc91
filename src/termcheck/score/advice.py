"""Proposes changes to an entry that accuses too often.

A proposal is derived from the pairs in which the term is missed and those in which it is not. Each part of it
removes some misses; if many remain, a lower severity is proposed. Only a person can decide whether a proposal
is right, because the mistake may be in the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct, field

from termcheck.association import SIGNIFICANT, log_likelihood
from termcheck.matching.match import Trait
from termcheck.matching.verdict import Obligation
from termcheck.model import CaseMode, MatchMode, Severity
from termcheck.report.scorecard import Kind, Proposal
from termcheck.score.phrases import neighbours, phrases
from termcheck.score.tally import FoundSubstitute, TermTally
from termcheck.text.fold import fold

# All figures here were chosen by hand.

# An entry with a lower share of misses is not noisy: these misses are what the check is for. If this share of
# misses remains, the entry is too noisy for a warning.
_NOISY_SHARE = 0.2
_TOO_NOISY_SHARE = 0.5
_MIN_MISSES = 2
# A rendering is allowed if it stands in this share of the misses, or, if it is part of a listed one, in this
# many.
_ALLOWED_SHARE = 0.1
_SEVERAL = 3
# A condition sets misses apart if it holds for several of them, significantly more often than for other
# obligations, and if this share of the obligations for which it holds are misses.
_PURITY = 0.9


def propose(tally: TermTally, substitutes: Sequence[FoundSubstitute], source_lang: str) -> Proposal:
    """The proposal for an entry with these substitutes; empty if it is not noisy or nothing would help."""
    missed = len(tally.missed)
    if missed < _MIN_MISSES or missed < _NOISY_SHARE * len(tally.obligations):
        return Proposal(remaining=missed)
    return _Advisor(tally, set(tally.missed), source_lang).proposal(substitutes)


class _Advisor(Struct):
    """Builds the proposal for one entry; `remaining` are the misses that nothing proposed so far removes."""

    tally: TermTally
    remaining: set[int]
    source_lang: str
    _contexts: dict[int, dict[str, str]] = field(default_factory=dict)

    def proposal(self, substitutes: Sequence[FoundSubstitute]) -> Proposal:
        allow = tuple(self._allow(substitutes)) if not self.tally.concept.keep else ()
        except_in = tuple(self._except_in())
        match = MatchMode.EXACT if self._set_apart(partial(_always_has, Trait.INFLECTED)) else None
        case = CaseMode.SENSITIVE if self._set_apart(partial(_always_has, Trait.OTHER_CASE)) else None
        remaining = len(self.remaining)
        noisy = remaining >= _SEVERAL and remaining >= _TOO_NOISY_SHARE * len(self.tally.obligations)
        severity = Severity.INFO if noisy and self.tally.concept.severity is not Severity.INFO else None
        return Proposal(allow, except_in, match, case, severity, remaining)

    def _allow(self, substitutes: Sequence[FoundSubstitute]) -> Iterator[str]:
        """The substitutes that are frequent enough to be allowed."""
        min_pairs = max(_MIN_MISSES, _ALLOWED_SHARE * len(self.tally.missed))
        for substitute, pairs in substitutes:
            is_rare = substitute.pairs < (_SEVERAL if self._is_part_of_listed(substitute.text) else min_pairs)
            if substitute.kind is not Kind.FORBIDDEN and not is_rare:
                self.remaining -= pairs
                yield substitute.text

    def _is_part_of_listed(self, text: str) -> bool:
        """Whether a text is part of a listed rendering."""
        folded = fold(text).text
        return any(
            folded in fold(term.text).text
            for obligation in self.tally.obligations[:1]
            for term in obligation.accepted
        )

    def _except_in(self) -> Iterator[str]:
        """Longer source phrases in which the term is missed and hardly ever rendered."""
        counts = Counter(
            context for number in self.remaining for context in self._contexts_of(self.tally.missed[number])
        )
        for context, _ in counts.most_common():
            set_apart = self._set_apart(partial(self._is_in_context, context))
            contexts = [self._contexts_of(self.tally.missed[number])[context] for number in sorted(set_apart)]
            yield from dict.fromkeys(contexts)

    def _is_in_context(self, context: str, obligation: Obligation) -> bool:
        return context in self._contexts_of(obligation)

    def _contexts_of(self, obligation: Obligation) -> dict[str, str]:
        """The contexts of the term, as side and neighbour -> neighbour and term together, in lower case."""
        if id(obligation) not in self._contexts:
            contexts = self._contexts[id(obligation)] = {}
            for match in obligation.occurrences:
                for text, span in neighbours(match.segment, match.span, self.source_lang):
                    whole = " ".join(match.segment.text[span.start : span.end].lower().split())
                    if span.start < match.span.start:
                        contexts["before" + text] = whole
                    elif any(text.endswith(phrase) for phrase in phrases(text, self.source_lang)):
                        # A phrase may start with a function word (`by default`), but does not end with one.
                        contexts["after" + text] = whole
        return self._contexts[id(obligation)]

    def _set_apart(self, holds: Callable[[Obligation], bool]) -> set[int]:
        """Remove the remaining misses for which a condition holds, unless it also holds for met obligations.

        It may hold for a few of them (see _PURITY). Returns the numbers of the pairs with the removed misses.
        """
        missed = {number for number in self.remaining if holds(self.tally.missed[number])}
        met = sum(map(holds, self.tally.met.values()))
        total = len(self.remaining) + len(self.tally.met)
        score = log_likelihood(len(missed), len(missed) + met, len(self.remaining), total)
        if len(missed) < max(_SEVERAL, _PURITY * (len(missed) + met)) or score < SIGNIFICANT:
            return set()
        self.remaining -= missed
        return missed


def _always_has(trait: int, obligation: Obligation) -> bool:
    return all(match.traits & trait for match in obligation.occurrences)
