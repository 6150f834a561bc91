"""How an entry that fires too often could be mended, told from where it fires and where it does not.

Each proposal answers for the misses it would remove; what none removes is left to the entry's severity.
Whether a proposal is right only a person can say: what stands in a text may be the mistake.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from termcheck.matching.match import Trait
from termcheck.matching.verdict import Obligation
from termcheck.model import CaseMode, MatchMode, Severity
from termcheck.report.scorecard import Kind, Proposal, Substitute
from termcheck.score.association import log_likelihood
from termcheck.score.phrases import neighbours, phrases
from termcheck.score.tally import TermTally
from termcheck.text.fold import fold

# An entry is noisy from this share of misses on, and too noisy to warn from that one; below, misses are
# what the check is for.
_NOISY = 0.2
_TOO_NOISY = 0.5
_LEAST = 2
# A rendering worth allowing is in this share of the misses.
_ALLOWED_SHARE = 0.1
_SEVERAL = 3
# What sets misses apart from the rest is in several, hardly ever elsewhere, and not by chance (G² with one
# degree of freedom, once in 1000).
_PURITY = 0.9
_SURELY = 10.8

Instead = Sequence[tuple[Substitute, frozenset[int]]]


def propose(tally: TermTally, instead: Instead, language: str) -> Proposal:
    """A proposal, empty if the entry is not noisy or nothing can be said; `language` is the source's."""
    missed = len(tally.missed)
    if missed < _LEAST or missed < _NOISY * len(tally.obligation):
        return Proposal(remaining=missed)
    case = _Case(tally, set(tally.missed), language)
    return case.proposal(instead)


class _Case(Struct):
    """An entry and those of its misses that nothing proposed so far removes."""

    tally: TermTally
    rest: set[int]
    language: str
    _contexts: dict[int, dict[str, str]] = field(default_factory=dict)

    def proposal(self, instead: Instead) -> Proposal:
        allow = tuple(self._allow(instead)) if not self.tally.concept.keep else ()
        except_in = tuple(self._except_in())
        match = MatchMode.EXACT if self._set_apart(_has(Trait.INFLECTED)) else None
        case = CaseMode.SENSITIVE if self._set_apart(_has(Trait.OTHER_CASE)) else None
        remaining = len(self.rest)
        noisy = remaining >= _SEVERAL and remaining >= _TOO_NOISY * len(self.tally.obligation)
        severity = Severity.INFO if noisy and self.tally.concept.severity is not Severity.INFO else None
        return Proposal(allow, except_in, match, case, severity, remaining)

    def _allow(self, instead: Instead) -> Iterator[str]:
        least = max(_LEAST, _ALLOWED_SHARE * len(self.tally.missed))
        for substitute, pairs in instead:
            few = substitute.pairs < (_SEVERAL if self._is_piece(substitute.text) else least)
            if substitute.kind is not Kind.FORBIDDEN and not few:
                self.rest -= pairs
                yield substitute.text

    def _is_piece(self, text: str) -> bool:
        """Whether a text is only a part of a rendering that is listed."""
        folded = fold(text).text
        return any(
            folded in fold(term.text).text
            for obligation in self.tally.obligation[:1]
            for term in obligation.accepted
        )

    def _except_in(self) -> Iterator[str]:
        """Longer phrases of the source in which the term is missed, and hardly ever rendered."""
        counts = Counter(one for number in self.rest for one in self._beside(self.tally.missed[number]))
        for context, _ in counts.most_common():
            apart = self._set_apart(functools.partial(self._stands_in, context))
            found = [self._beside(self.tally.missed[number])[context] for number in sorted(apart)]
            yield from dict.fromkeys(found)

    def _stands_in(self, context: str, obligation: Obligation) -> bool:
        return context in self._beside(obligation)

    def _beside(self, obligation: Obligation) -> dict[str, str]:
        """What stands beside the occurrences: side and phrase -> the phrase with the term, in lower case."""
        if id(obligation) not in self._contexts:
            contexts = self._contexts[id(obligation)] = {}
            for match in obligation.occurrences:
                for text, span in neighbours(match.segment, match.span, self.language):
                    whole = " ".join(match.segment.text[span.start : span.end].lower().split())
                    if span.start < match.span.start:
                        contexts["before" + text] = whole
                    elif any(text.endswith(one) for one in phrases(text, self.language)):
                        # A phrase may begin with a small word (`by default`), but end with one it cannot.
                        contexts["after" + text] = whole
        return self._contexts[id(obligation)]

    def _set_apart(self, holds: Callable[[Obligation], bool]) -> set[int]:
        """The misses for which something holds, if it hardly ever does for the rest; they are removed."""
        missed = {number for number in self.rest if holds(self.tally.missed[number])}
        met = sum(map(holds, self.tally.met.values()))
        total = len(self.rest) + len(self.tally.met)
        score = log_likelihood(len(missed), len(missed) + met, len(self.rest), total)
        if len(missed) < max(_SEVERAL, _PURITY * (len(missed) + met)) or score < _SURELY:
            return set()
        self.rest -= missed
        return missed


def _has(trait: int) -> Callable[[Obligation], bool]:
    def holds(obligation: Obligation) -> bool:
        return all(match.traits & trait for match in obligation.occurrences)

    return holds
