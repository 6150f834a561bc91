"""Which forbidden and deprecated renderings accuse: the strict side of the target.

A forbidden rendering accuses only if it stands there as a word of its own, opposite its source term or
wherever the glossary says `where: always`, and no other entry accepts the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from termcheck.matching.match import Match, Trait, place
from termcheck.matching.strict.kept_text import KeptText
from termcheck.matching.verdict import Dismissal, Reason, kept_reason
from termcheck.model import Concept, Term, Where
from termcheck.text.fold import fold


class Accuser(Struct):
    """Finds what accuses in one pair; `dismissed` collects the forbidden renderings that do not, and why."""

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
            terms = [term for term in self.source if term.concept is match.concept and term.certain]
            if not terms:
                return Dismissal(match, Reason.NOT_OPPOSITE_ITS_TERM)
            words = [straddled_word(term) for term in terms]
            if all(words):
                return Dismissal(match, Reason.TERM_STRADDLES_WORDS, words[0])
        word = straddled_word(match)
        return Dismissal(match, Reason.STRADDLES_WORDS, word) if word else None

    def _hyphens_decide(self, match: Match) -> bool:
        """Whether the forbidden rendering differs from an accepted one by hyphens and blanks alone."""
        language = match.term.language
        letters = _letters(match.term.text, language)
        return any(_letters(term.text, language) == letters for term in self.accepted(match.concept))

    def _is_accepted_for_other(self, match: Match) -> bool:
        """Whether a concept that the source names accepts the same words, in the same case."""
        present = {other.concept.id for other in self.source} | {match.concept.id}
        return any(
            place(other) == place(match)
            and other.term.status.accepted
            and other.concept.id in present
            and (match.traits & Trait.OTHER_CASE or not other.traits & Trait.OTHER_CASE)
            and (_has_listed_hyphens(other) or not _has_listed_hyphens(match))
            for other in self.target
        )


def _has_listed_hyphens(match: Match) -> bool:
    """Whether a match has the hyphens and blanks of its term; its ending may differ."""
    language = match.term.language
    listed, written = fold(match.term.text, language).text, fold(match.text, language).text
    return _separators(listed) == _separators(written)


def _letters(text: str, language: str) -> str:
    return "".join(filter(str.isalnum, fold(text, language).text))


def _separators(folded: str) -> str:
    return "".join(char for char in folded if not char.isalnum())
