"""Which forbidden and deprecated renderings accuse: the strict side of the target.

A forbidden rendering accuses only if it stands there as a word of its own, opposite its source term or
wherever the glossary says `where: always`, and no other entry accepts the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from msgspec import Struct

from termcheck.matching.match import Match, Trait, place
from termcheck.matching.strict.kept_text import KeptText
from termcheck.matching.verdict import Dismissal, Reason, kept_reason
from termcheck.model import Concept, Span, Term, Where
from termcheck.text.fold import fold


class Accuser(Struct, dict=True):
    """Finds what accuses in one pair; `dismissed` collects the forbidden renderings that do not, and why.

    A pair may hold thousands of forbidden renderings, so what depends on the pair alone is found once.
    """

    accepted: Callable[[Concept], tuple[Term, ...]]
    source: tuple[Match, ...]
    target: tuple[Match, ...]
    kept: KeptText
    dismissed: list[Dismissal]

    def accusing(self) -> Iterator[Match]:
        """The forbidden and deprecated renderings that are surely meant, in order."""
        for match in self.target:
            if match.term.status.accepted or not match.certain:
                continue
            dismissal = self._dismissal(match)
            if dismissal is None:
                yield match
            else:
                self.dismissed.append(dismissal)

    def _dismissal(self, match: Match) -> Dismissal | None:
        if self.kept.holds(match):
            return Dismissal(match, *kept_reason(self.kept, match))
        if self._is_accepted_for_other(match):
            return Dismissal(match, Reason.ACCEPTED_FOR_OTHER_CONCEPT)
        if not _has_listed_hyphens(match) and self._hyphens_decide(match):
            return Dismissal(match, Reason.ONLY_HYPHENS_DIFFER)
        from termcheck.matching.strict.segmentation import straddled_word

        if match.term.where is not Where.ALWAYS:
            if match.concept.id not in self._terms:
                return Dismissal(match, Reason.NOT_OPPOSITE_ITS_TERM)
            if word := self._word_around_all(match.concept):
                return Dismissal(match, Reason.TERM_STRADDLES_WORDS, word)
        word = straddled_word(match)
        return Dismissal(match, Reason.STRADDLES_WORDS, word) if word else None

    @cached_property
    def _terms(self) -> Mapping[str, Sequence[Match]]:
        """The certain source terms, by concept id."""
        found: defaultdict[str, list[Match]] = defaultdict(list)
        for term in self.source:
            if term.certain:
                found[term.concept.id].append(term)
        return found

    @cached_property
    def _words(self) -> dict[str, str]:
        return {}

    def _word_around_all(self, concept: Concept) -> str:
        """A dictionary word that cuts a term of a concept, if each of its terms is cut by one; else empty."""
        from termcheck.matching.strict.segmentation import straddled_word

        if concept.id not in self._words:
            words = list(takewhile(bool, map(straddled_word, self._terms[concept.id])))
            is_cut = len(words) == len(self._terms[concept.id])
            self._words[concept.id] = words[0] if is_cut else ""
        return self._words[concept.id]

    def _hyphens_decide(self, match: Match) -> bool:
        """Whether the forbidden rendering differs from an accepted one by hyphens and blanks alone."""
        language = match.term.language
        letters = _letters(match.term.text, language)
        return any(_letters(term.text, language) == letters for term in self.accepted(match.concept))

    def _is_accepted_for_other(self, match: Match) -> bool:
        """Whether a concept that the source names accepts the same words, in the same case."""
        return any(
            other.term.status.accepted
            and (other.concept is match.concept or other.concept.id in self._present)
            and (match.traits & Trait.OTHER_CASE or not other.traits & Trait.OTHER_CASE)
            and (_has_listed_hyphens(other) or not _has_listed_hyphens(match))
            for other in self._matches_at[place(match)]
        )

    @cached_property
    def _present(self) -> frozenset[str]:
        """The ids of the concepts that the source names."""
        return frozenset(match.concept.id for match in self.source)

    @cached_property
    def _matches_at(self) -> Mapping[tuple[int, Span], Sequence[Match]]:
        found: defaultdict[tuple[int, Span], list[Match]] = defaultdict(list)
        for match in self.target:
            found[place(match)].append(match)
        return found


def _has_listed_hyphens(match: Match) -> bool:
    """Whether a match has the hyphens and blanks of its term; its ending may differ."""
    language = match.term.language
    listed, written = fold(match.term.text, language).text, fold(match.text, language).text
    return _separators(listed) == _separators(written)


def _letters(text: str, language: str) -> str:
    return "".join(filter(str.isalnum, fold(text, language).text))


def _separators(folded: str) -> str:
    return "".join(char for char in folded if not char.isalnum())
