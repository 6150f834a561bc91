"""What stands where a listed rendering does not: phrases of the accused pairs that other pairs lack.

A phrase is a candidate if it stands in accused pairs significantly more often than elsewhere. It is none if
other words of the source explain it better: what goes with a term, not what renders it (the competition
of Melamed 2000, "Models of Translational Equivalence among Words", Computational Linguistics 26:2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from termcheck import languages
from termcheck.matching.match import place
from termcheck.matching.strict.bracket_views import located
from termcheck.matching.strict.segmentation import longer_word
from termcheck.matching.verdict import Obligation
from termcheck.model import Segment, Span
from termcheck.report.scorecard import Kind, Substitute
from termcheck.score.association import SURE, log_likelihood
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import phrase, phrases, places, row
from termcheck.score.rivals import PLACES, Confounders
from termcheck.text.fold import fold

# As many are told as a reader can weigh; each must stand in so many accused pairs, and such a share of them.
_MOST = 3
_LEAST_PAIRS = 2
_LEAST_SHARE = 0.1
# So many units are a sentence rather than a paragraph.
_SHORT = 40
# So many candidates are looked at closely.
_CLOSELY = 50


class _Candidate(Struct, frozen=True):
    """A phrase in `inside` of the accused rows, and in `rows` of all."""

    phrase: str
    inside: frozenset[int]
    rows: frozenset[int]
    score: float


def substitutes(
    corpus: Corpus, missed: Mapping[int, Obligation], met: Collection[int]
) -> Iterator[tuple[Substitute, frozenset[int]]]:
    """What stands instead in the rows of these obligations, and in which of them, each row counted once.

    `met` are the rows in which the term is rendered as listed.
    """
    search = _Search(corpus, missed, frozenset(met))
    rest = frozenset(missed)
    for _ in range(_MOST):
        found = search.best(rest)
        if found is None:
            return
        besides = len(found.rows - missed.keys())
        text = search.as_written(found)
        yield Substitute(text, Kind.PHRASE, len(found.inside), besides, found.score), found.inside
        rest -= found.inside


class _Search:
    """The search for what renders one term in the rows where no listed rendering does."""

    def __init__(self, corpus: Corpus, missed: Mapping[int, Obligation], met: frozenset[int]) -> None:
        self._corpus = corpus
        self._accused = len(missed)
        self._met = met
        self._rivals = Confounders(corpus, missed)
        self._phrases = {
            number: self._unexplained(number, obligation) for number, obligation in missed.items()
        }
        accepted = dict.fromkeys(term.text for obligation in missed.values() for term in obligation.accepted)
        self._listed = [phrase(text, corpus.target_lang) for text in accepted]

    def best(self, rest: frozenset[int]) -> _Candidate | None:
        """The surest candidate for these rows."""
        candidates = [one for one in self._candidates(rest) if self._says_enough(one)]
        candidates.sort(key=self._likelihood)
        for one in candidates[:_CLOSELY]:
            if not self._is_doubtful(one):
                return one
        return None

    def _is_doubtful(self, one: _Candidate) -> bool:
        return (
            self._rivals.explain(one.rows, one.inside, one.score)
            or self._rivals.explain_part(one.phrase, one.inside)
            or self._is_cut(one)
        )

    def _candidates(self, rest: frozenset[int]) -> Iterator[_Candidate]:
        """The phrases of these rows that stand in accused rows significantly often."""
        total, least = len(self._corpus), max(_LEAST_PAIRS, self._accused * _LEAST_SHARE)
        counts = Counter(text for number in rest for text in self._phrases[number])
        for text, count in counts.items():
            if count < least or log_likelihood(count, count, self._accused, total) < SURE:
                continue
            rows = self._rows(text)
            score = log_likelihood(count, len(rows), self._accused, total)
            if score >= SURE:
                inside = frozenset(number for number in rest if text in self._phrases[number])
                yield _Candidate(text, inside, rows, score)

    def _rows(self, phrase: str) -> frozenset[int]:
        """The rows that have a phrase; for a piece of a listed rendering those that have not all of it."""
        rows = self._corpus.target.having(phrase)
        return rows - self._met if any(phrase in listed for listed in self._listed) else rows

    def _unexplained(self, number: int, missed: Obligation) -> frozenset[str]:
        """The phrases of a target without the renderings of other terms there."""
        judged, language = self._corpus.judged[number], self._corpus.target_lang
        own = {place(match) for match in missed.occurrences}
        others = [
            obligation
            for obligation in judged.obligations
            if own.isdisjoint(place(match) for match in obligation.occurrences)
        ]

        def renderings(segment: Segment) -> list[Span]:
            met_by = (match for obligation in others for match in obligation.met_by)
            return [match.span for match in met_by if match.segment is segment]

        return frozenset(phrases(row(judged.pair.target, language, renderings), language))

    def _says_enough(self, one: _Candidate) -> bool:
        """Whether a phrase is in more than two rows, or in two short ones, or like a listed rendering.

        Two long paragraphs on one subject have always a phrase in common that no other has.
        """
        if len(one.inside) > _LEAST_PAIRS or self._shared(one):
            return True
        return all(len(self._corpus.target[number].split()) <= _SHORT for number in one.inside)

    def _likelihood(self, one: _Candidate) -> tuple[float, int, int, str]:
        """The surer first; then what is most like a listed rendering; then the whole before its parts."""
        return -round(one.score, 6), -self._shared(one), -len(one.phrase.split()), one.phrase

    def _shared(self, one: _Candidate) -> int:
        """How many units the phrase has in common with a listed rendering at most."""
        keys = set(one.phrase.split())
        return max((len(keys.intersection(other.split())) for other in self._listed), default=0)

    def _is_cut(self, one: _Candidate) -> bool:
        """Whether a Chinese phrase is mostly a piece of dictionary words."""
        language = self._corpus.target_lang
        if not languages.get(language).segmenter:
            return False
        cuts = []
        for segment, span in self._places(one):
            folded = fold(segment.text, language)
            cuts.append(bool(longer_word(folded.text, located(folded, span))))
        return 2 * sum(cuts) >= len(cuts)

    def as_written(self, one: _Candidate) -> str:
        """The phrase as the texts have it most often."""
        written = Counter(
            " ".join(segment.text[span.start : span.end].split()) for segment, span in self._places(one)
        )
        return max(written, key=lambda text: (written[text], text))

    def _places(self, one: _Candidate) -> Iterator[tuple[Segment, Span]]:
        """Some places of a candidate, as spans of the segments' texts."""
        for number in sorted(one.inside)[:PLACES]:
            for segment in self._corpus.judged[number].pair.target:
                for span in places(one.phrase, segment, self._corpus.target_lang):
                    yield segment, span
