"""What stands where a listed rendering does not: phrases of the accused pairs that other pairs lack.

A phrase is a candidate if it stands in accused pairs significantly more often than elsewhere. It is none if
other words of the source explain it better: what goes with a term, not what renders it (the competition
of Melamed 2000, "Models of Translational Equivalence among Words", Computational Linguistics 26:2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from termcheck.matching.judge import JudgedPair, Obligation
from termcheck.matching.seams import seam_word
from termcheck.matching.views import located
from termcheck.model import Segment, Span, same_language
from termcheck.report.scorecard import Kind, Substitute
from termcheck.score.association import SURE, Rows, log_likelihood
from termcheck.score.phrases import phrase, phrases, places, row
from termcheck.score.rivals import PLACES, Rivals
from termcheck.text.fold import fold

# As many are told as a reader can weigh; each must stand in so many accused pairs, and such a share of them.
_MOST = 3
_LEAST_PAIRS = 2
_LEAST_SHARE = 0.1
# So many units are a sentence rather than a paragraph.
_SHORT = 40
# So many candidates are looked at closely.
_CLOSELY = 20


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A phrase in `inside` of the accused rows, and in `rows` of all."""

    phrase: str
    inside: frozenset[int]
    rows: frozenset[int]
    score: float


class Field:
    """All judged pairs of two languages, as rows; `missed` is always a map from row numbers."""

    def __init__(self, judged: Sequence[JudgedPair], source_lang: str, target_lang: str) -> None:
        self._judged = judged
        self._source_lang, self._target_lang = source_lang, target_lang
        self._source = Rows([row(one.pair.source, source_lang) for one in judged])
        self._target = Rows([row(one.pair.target, target_lang) for one in judged])
        self._unexplained: dict[int, frozenset[str]] = {}

    def substitutes(self, missed: Mapping[int, Obligation]) -> Iterator[tuple[Substitute, frozenset[int]]]:
        """What stands in these pairs instead, and in which of them, each pair counted once."""
        rivals = Rivals((self._source, self._target), self._source_lang, self._judged, missed)
        rest = frozenset(missed)
        for _ in range(_MOST):
            found = self._best(missed, rest, rivals)
            if found is None:
                return
            besides = len(found.rows - missed.keys())
            text = self._as_written(found)
            yield Substitute(text, Kind.PHRASE, len(found.inside), besides, found.score), found.inside
            rest -= found.inside

    def _best(
        self, missed: Mapping[int, Obligation], rest: frozenset[int], rivals: Rivals
    ) -> _Candidate | None:
        """The surest candidate for what is left of the missed rows."""
        likely = _whole(self._candidates(rest, len(missed)))
        accepted = [term.text for owed in missed.values() for term in owed.accepted]
        listed = [phrase(text, self._target_lang).split() for text in dict.fromkeys(accepted)]
        likely = [one for one in likely if self._says_enough(one, listed)]
        likely.sort(key=lambda one: _likelihood(one, listed))
        for one in likely[:_CLOSELY]:
            doubted = rivals.explain(one.rows, one.inside, one.score)
            if not doubted and not rivals.explain_part(one.phrase, one.inside) and not self._is_cut(one):
                return one
        return None

    def _says_enough(self, one: _Candidate, listed: Sequence[Sequence[str]]) -> bool:
        """Whether a phrase is in more than two pairs, or in two short ones, or like a listed rendering.

        Two long paragraphs on one subject have always a phrase in common that no other has.
        """
        if len(one.inside) > _LEAST_PAIRS or _shared(one, listed):
            return True
        return all(len(self._target[number].split()) <= _SHORT for number in one.inside)

    def _candidates(self, rest: frozenset[int], accused: int) -> Iterator[_Candidate]:
        """The phrases in the rest of the accused rows that stand there significantly often."""
        total, least = len(self._target), max(_LEAST_PAIRS, accused * _LEAST_SHARE)
        counts = Counter(text for number in rest for text in self._phrases(number))
        for text, count in counts.items():
            if count < least or log_likelihood(count, count, accused, total) < SURE:
                continue
            rows = self._target.having(text)
            score = log_likelihood(count, len(rows), accused, total)
            if score >= SURE:
                inside = frozenset(number for number in rest if text in self._phrases(number))
                yield _Candidate(text, inside, rows, score)

    def _phrases(self, number: int) -> frozenset[str]:
        """The phrases of a target that no term of the source is known to be rendered by."""
        if number not in self._unexplained:
            judged = self._judged[number]

            def rendering(segment: Segment) -> list[Span]:
                met_by = (match for owed in judged.obligations for match in owed.met_by)
                return [match.span for match in met_by if match.segment is segment]

            left = row(judged.pair.target, self._target_lang, rendering)
            self._unexplained[number] = frozenset(phrases(left, self._target_lang))
        return self._unexplained[number]

    def _places(self, one: _Candidate) -> Iterator[tuple[Segment, Span]]:
        """Some places of a candidate, as spans of the segments' texts."""
        for number in sorted(one.inside)[:PLACES]:
            for segment in self._judged[number].pair.target:
                for span in places(one.phrase, segment, self._target_lang):
                    yield segment, span

    def _is_cut(self, one: _Candidate) -> bool:
        """Whether a Chinese phrase is mostly a piece of dictionary words."""
        if not same_language(self._target_lang, "zh"):
            return False
        cuts = []
        for segment, span in self._places(one):
            folded = fold(segment.text, self._target_lang)
            cuts.append(bool(seam_word(folded.text, located(folded, span))))
        return 2 * sum(cuts) >= len(cuts)

    def _as_written(self, one: _Candidate) -> str:
        """The phrase as the texts have it most often."""
        written: Counter[str] = Counter()
        for segment, span in self._places(one):
            written[" ".join(segment.text[span.start : span.end].split())] += 1
        return max(written, key=lambda text: (written[text], text))


def _likelihood(one: _Candidate, listed: Sequence[Sequence[str]]) -> tuple[float, int, int, str]:
    """The surer first; then what is most like a listed rendering, in its units and their number."""
    longer = min((abs(len(one.phrase.split()) - len(other)) for other in listed), default=0)
    return -round(one.score, 6), -_shared(one, listed), longer, one.phrase


def _shared(one: _Candidate, listed: Sequence[Sequence[str]]) -> int:
    """How many units the phrase has in common with a listed rendering at most."""
    return max((len(set(one.phrase.split()).intersection(other)) for other in listed), default=0)


def _whole(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    """The candidates without those that stand only as a part of another."""
    groups: dict[tuple[frozenset[int], int], list[_Candidate]] = {}
    for one in candidates:
        groups.setdefault((one.inside, len(one.rows)), []).append(one)
    return [
        one
        for group in groups.values()
        for one in group
        if not any(one.phrase in other.phrase and one is not other for other in group)
    ]
