"""Infers what a target has instead of a listed rendering: phrases of missed pairs that other pairs lack.

A phrase is a candidate if it stands in missed pairs significantly more often than elsewhere. It is rejected
if other words of the source explain it better (the competition of Melamed 2000, "Models of Translational
Equivalence among Words", Computational Linguistics 26:2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from termcheck import languages
from termcheck.association import HIGHLY_SIGNIFICANT, log_likelihood
from termcheck.matching.match import place
from termcheck.matching.strict.bracket_views import located
from termcheck.matching.strict.segmentation import longer_word
from termcheck.matching.verdict import Obligation
from termcheck.model import Segment, Span
from termcheck.report.scorecard import Kind, Substitute
from termcheck.score.confounders import SAMPLE, Confounders
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import phrase, phrases, spans_of, tokenized
from termcheck.score.tally import FoundSubstitute
from termcheck.text.fold import fold

# All figures here were chosen by hand.

# At most this many substitutes are reported. Each must stand in this many missed pairs, and in this share of
# them.
_MAX_SUBSTITUTES = 3
_MIN_PAIRS = 2
_MIN_SHARE = 0.1
# A text of up to this many tokens is a sentence rather than a paragraph.
_SENTENCE_TOKENS = 40
# At most this many candidates are compared with confounders, because that is costly.
_MAX_COMPARED = 50


class _Candidate(Struct, frozen=True):
    """A phrase, the pairs whose target contains it, and those of the missed pairs among them."""

    phrase: str
    missed_pairs: frozenset[int]
    pairs: frozenset[int]
    score: float


def substitutes(
    corpus: Corpus, missed: Mapping[int, Obligation], met: Collection[int]
) -> Iterator[FoundSubstitute]:
    """Infer the substitutes for one term; each missed pair counts for one substitute only.

    `missed` are the obligations to explain, by pair number, and `met` the numbers of the pairs in which the
    term is rendered as listed.
    """
    search = _Search(corpus, missed, frozenset(met))
    remaining = frozenset(missed)
    for _ in range(_MAX_SUBSTITUTES):
        best = search.best(remaining)
        if best is None:
            return
        elsewhere = len(best.pairs - missed.keys())
        text = search.as_written(best)
        yield Substitute(text, Kind.PHRASE, len(best.missed_pairs), elsewhere, best.score), best.missed_pairs
        remaining -= best.missed_pairs


class _Search:
    """The search for what renders one term in the pairs that lack a listed rendering."""

    def __init__(self, corpus: Corpus, missed: Mapping[int, Obligation], met: frozenset[int]) -> None:
        self._corpus = corpus
        self._missed_count = len(missed)
        self._met = met
        self._confounders = Confounders(corpus, missed)
        self._phrases = {
            number: self._unexplained_phrases(number, obligation) for number, obligation in missed.items()
        }
        accepted = dict.fromkeys(term.text for obligation in missed.values() for term in obligation.accepted)
        self._listed = [phrase(text, corpus.target_lang) for text in accepted]

    def best(self, remaining: frozenset[int]) -> _Candidate | None:
        """The most likely candidate for the remaining missed pairs."""
        candidates = filter(self._has_enough_evidence, self._candidates(remaining))
        compared = sorted(candidates, key=self._preference)[:_MAX_COMPARED]
        return next((candidate for candidate in compared if not self._is_rejected(candidate)), None)

    def _is_rejected(self, candidate: _Candidate) -> bool:
        return (
            self._confounders.explain(candidate.pairs, candidate.missed_pairs, candidate.score)
            or self._confounders.explain_part(candidate.phrase, candidate.missed_pairs)
            or self._cuts_words(candidate)
        )

    def _candidates(self, remaining: frozenset[int]) -> Iterator[_Candidate]:
        """The phrases of these pairs that stand in missed pairs significantly often."""
        total, missed = len(self._corpus), self._missed_count
        min_count = max(_MIN_PAIRS, missed * _MIN_SHARE)
        counts = Counter(text for number in remaining for text in self._phrases[number])
        for text, count in counts.items():
            if count < min_count or log_likelihood(count, count, missed, total) < HIGHLY_SIGNIFICANT:
                continue
            pairs = self._pairs_with(text)
            score = log_likelihood(count, len(pairs), missed, total)
            if score >= HIGHLY_SIGNIFICANT:
                missed_pairs = frozenset(number for number in remaining if text in self._phrases[number])
                yield _Candidate(text, missed_pairs, pairs, score)

    def _pairs_with(self, phrase: str) -> frozenset[int]:
        """The pairs with a phrase; for part of a listed rendering, only those without the whole rendering."""
        pairs = self._corpus.target.pairs_with(phrase)
        return pairs - self._met if any(phrase in listed for listed in self._listed) else pairs

    def _unexplained_phrases(self, number: int, missed: Obligation) -> frozenset[str]:
        """The phrases of a pair's target outside the renderings of other terms."""
        verdict, language = self._corpus.verdicts[number], self._corpus.target_lang
        places = {place(match) for match in missed.occurrences}
        others = [
            obligation
            for obligation in verdict.obligations
            if places.isdisjoint(place(match) for match in obligation.occurrences)
        ]

        def renderings(segment: Segment) -> list[Span]:
            met_by = (match for obligation in others for match in obligation.met_by)
            return [match.span for match in met_by if match.segment is segment]

        return frozenset(phrases(tokenized(verdict.pair.target, language, renderings), language))

    def _has_enough_evidence(self, candidate: _Candidate) -> bool:
        """Whether a phrase is in more than two missed pairs, in two short ones, or like a listed rendering.

        Two long paragraphs on one subject always share some phrase that no other paragraph has.
        """
        if len(candidate.missed_pairs) > _MIN_PAIRS or self._shared_tokens(candidate):
            return True
        texts = (self._corpus.target[number] for number in candidate.missed_pairs)
        return all(len(text.split()) <= _SENTENCE_TOKENS for text in texts)

    def _preference(self, candidate: _Candidate) -> tuple[float, int, int, str]:
        """The sort key: by score, then by similarity to a listed rendering, then a whole before its parts."""
        tokens = len(candidate.phrase.split())
        return -round(candidate.score, 6), -self._shared_tokens(candidate), -tokens, candidate.phrase

    def _shared_tokens(self, candidate: _Candidate) -> int:
        """The most tokens that the phrase shares with a listed rendering."""
        keys = set(candidate.phrase.split())
        return max((len(keys.intersection(listed.split())) for listed in self._listed), default=0)

    def _cuts_words(self, candidate: _Candidate) -> bool:
        """Whether most occurrences of a Chinese phrase are only part of a dictionary word."""
        language = self._corpus.target_lang
        if not languages.get(language).segmenter:
            return False
        cuts = []
        for segment, span in self._occurrences(candidate):
            folded = fold(segment.text, language)
            cuts.append(bool(longer_word(folded.text, located(folded, span))))
        return 2 * sum(cuts) >= len(cuts)

    def as_written(self, candidate: _Candidate) -> str:
        """The most frequent spelling of a phrase."""
        spellings = Counter(
            " ".join(segment.text[span.start : span.end].split())
            for segment, span in self._occurrences(candidate)
        )
        return max(spellings, key=lambda text: (spellings[text], text))

    def _occurrences(self, candidate: _Candidate) -> Iterator[tuple[Segment, Span]]:
        """Occurrences of a candidate in a sample of missed pairs, as spans of the segments' texts."""
        for number in sorted(candidate.missed_pairs)[:SAMPLE]:
            for segment in self._corpus.verdicts[number].pair.target:
                for span in spans_of(candidate.phrase, segment, self._corpus.target_lang):
                    yield segment, span
