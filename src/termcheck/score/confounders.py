"""Rejects substitutes that other words of the source explain better than the missed term does.

Words occur together. Where a term is missed, the words beside it in the source occur too, and the target
holds the renderings of all of them. A phrase that is associated more strongly with such a confounder is its
rendering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from termcheck.association import log_likelihood
from termcheck.matching.verdict import Obligation
from termcheck.model import Segment, Span
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import neighbours, phrase, phrases, tokenized

# The number of pairs with a phrase that are examined. Chosen by hand.
SAMPLE = 40


class Confounders:
    """The words in the sources of missed pairs that are not part of the term; `missed` is by pair number."""

    def __init__(self, corpus: Corpus, missed: Mapping[int, Obligation]) -> None:
        self._corpus, self._missed = corpus, missed
        self._other_phrases: dict[int, frozenset[str]] = {}
        self._explained: dict[tuple[frozenset[int], frozenset[int]], bool] = {}
        terms = {match.text for obligation in missed.values() for match in obligation.occurrences}
        self._term_keys = {key for text in terms for key in phrase(text, corpus.source_lang).split()}

    def explain(self, pairs: frozenset[int], missed_pairs: frozenset[int], score: float) -> bool:
        """Whether a frequent phrase beside the term is at least as strongly associated as the term.

        The substitute stands in `pairs`, `missed_pairs` among them; `score` is its G² with the missed pairs.
        """
        if (pairs, missed_pairs) not in self._explained:
            frequent = self._frequent(missed_pairs, self._outside_term)
            scores = (self._association(confounder, pairs) for confounder in frequent)
            self._explained[pairs, missed_pairs] = any(other >= score for other in scores)
        return self._explained[pairs, missed_pairs]

    def explain_part(self, substitute: str, missed_pairs: frozenset[int]) -> bool:
        """Whether a substitute starts or ends with the rendering of a neighbour of the term.

        The 主要 of 主要央行 renders the `major` of `major central banks`, not the term.
        """
        adjacent = list(self._frequent(missed_pairs, self._next_to_term))
        for part in _ends(substitute, self._corpus.target_lang) if adjacent else ():
            pairs = self._corpus.target.pairs_with(part)
            joint = len(pairs & self._missed.keys())
            score = log_likelihood(joint, len(pairs), len(self._missed), len(self._corpus))
            if any(self._association(confounder, pairs) >= score for confounder in adjacent):
                return True
        return False

    def _association(self, confounder: str, pairs: frozenset[int]) -> float:
        others = self._corpus.source.pairs_with(confounder)
        return log_likelihood(len(pairs & others), len(pairs), len(others), len(self._corpus))

    def _frequent(
        self, missed_pairs: frozenset[int], phrases_in: Callable[[int], frozenset[str]]
    ) -> Iterator[str]:
        """The phrases in at least half of the sources, and in at least two, that are not part of the term."""
        sample = sorted(missed_pairs)[:SAMPLE]
        counts = Counter(text for number in sample for text in phrases_in(number))
        min_count = max(2, len(sample) / 2)
        frequent = (text for text, count in counts.items() if count >= min_count)
        return (text for text in frequent if not self._term_keys.issuperset(text.split()))

    def _outside_term(self, number: int) -> frozenset[str]:
        """The phrases of a pair's source outside the term."""
        if number not in self._other_phrases:

            def term_spans(segment: Segment) -> list[Span]:
                occurrences = self._missed[number].occurrences
                return [match.span for match in occurrences if match.segment is segment]

            language = self._corpus.source_lang
            rest = tokenized(self._corpus.verdicts[number].pair.source, language, term_spans)
            self._other_phrases[number] = frozenset(phrases(rest, language))
        return self._other_phrases[number]

    def _next_to_term(self, number: int) -> frozenset[str]:
        """The phrases next to the term in a pair's source."""
        language = self._corpus.source_lang
        occurrences = self._missed[number].occurrences
        beside = (
            text for match in occurrences for text, _ in neighbours(match.segment, match.span, language)
        )
        return frozenset(text for tokens in beside for text in phrases(tokens, language))


def _ends(phrase: str, language: str) -> Iterator[str]:
    """The proper beginnings and ends of a phrase that are phrases themselves."""
    keys = phrase.split()
    parts = (f" {' '.join(part)} " for cut in range(1, len(keys)) for part in (keys[:cut], keys[cut:]))
    return (part for part in parts if part in phrases(part, language))
