"""What else in the source could be the reason that a phrase stands in the target.

Words go together: where a term is missed, what stands beside it in the source is there as well, and the
target holds the rendering of both. A phrase that goes with other words of the source is left to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from termcheck.matching.verdict import Obligation
from termcheck.model import Segment, Span
from termcheck.score.association import log_likelihood
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import neighbours, phrase, phrases, row

# So many of the rows that have a phrase are looked at.
PLACES = 40


class Confounders:
    """The words of the accused sources that are no part of the term; `missed` maps row numbers."""

    def __init__(self, corpus: Corpus, missed: Mapping[int, Obligation]) -> None:
        self._corpus, self._missed = corpus, missed
        self._known: dict[int, frozenset[str]] = {}
        self._explained: dict[tuple[frozenset[int], frozenset[int]], bool] = {}
        terms = {match.text for obligation in missed.values() for match in obligation.occurrences}
        self._own = {key for text in terms for key in phrase(text, corpus.source_lang).split()}

    def explain(self, rows: frozenset[int], inside: frozenset[int], score: float) -> bool:
        """Whether something in half of the sources goes with a phrase at least as surely as the term.

        The phrase stands in `rows`, `inside` of them accused; `score` is its G² with the accused ones.
        """
        if (rows, inside) not in self._explained:
            rivals = self._frequent(inside, self._others)
            self._explained[rows, inside] = any(self._association(rival, rows) >= score for rival in rivals)
        return self._explained[rows, inside]

    def explain_part(self, phrase: str, inside: frozenset[int]) -> bool:
        """Whether a phrase begins or ends with what renders a neighbour of the term.

        The 主要 of 主要央行 goes with the `major` of `major central banks`, not with the term.
        """
        rivals = list(self._frequent(inside, self._beside))
        for part in _parts(phrase, self._corpus.target_lang) if rivals else ():
            rows = self._corpus.target.having(part)
            both = len(rows & self._missed.keys())
            own = log_likelihood(both, len(rows), len(self._missed), len(self._corpus))
            if any(self._association(rival, rows) >= own for rival in rivals):
                return True
        return False

    def _association(self, rival: str, rows: frozenset[int]) -> float:
        other = self._corpus.source.having(rival)
        return log_likelihood(len(rows & other), len(rows), len(other), len(self._corpus))

    def _frequent(self, inside: frozenset[int], look: Callable[[int], frozenset[str]]) -> Iterator[str]:
        """What a look finds in at least half of the sources, and in two."""
        numbers = sorted(inside)[:PLACES]
        counts = Counter(text for number in numbers for text in look(number))
        least = max(2, len(numbers) / 2)
        return (text for text, n in counts.items() if n >= least and not self._own.issuperset(text.split()))

    def _others(self, number: int) -> frozenset[str]:
        """The phrases of a source outside the term."""
        if number not in self._known:

            def own(segment: Segment) -> list[Span]:
                return [one.span for one in self._missed[number].occurrences if one.segment is segment]

            rest = row(self._corpus.judged[number].pair.source, self._corpus.source_lang, own)
            self._known[number] = frozenset(phrases(rest, self._corpus.source_lang))
        return self._known[number]

    def _beside(self, number: int) -> frozenset[str]:
        """The phrases next to the term in a source."""
        language = self._corpus.source_lang
        occurrences = self._missed[number].occurrences
        beside = (text for one in occurrences for text, _ in neighbours(one.segment, one.span, language))
        return frozenset(text for found in beside for text in phrases(found, language))


def _parts(phrase: str, language: str) -> Iterator[str]:
    """The beginnings and ends of a phrase that are phrases themselves."""
    keys = phrase.split()
    parts = (f" {' '.join(part)} " for at in range(1, len(keys)) for part in (keys[:at], keys[at:]))
    return (part for part in parts if part in phrases(part, language))
