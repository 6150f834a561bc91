"""How the terms of one language are written: what a lexicon is made of, in numbers that a file can hold.

Working out the spellings of all terms takes far longer than building an automaton of them, so they are kept
apart from it: what is computed once can be stored and a lexicon made of it again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from termcheck.matching.index.term_forms import term_forms
from termcheck.matching.strict import casing
from termcheck.model import Concept, MatchMode, Term, Where, same_language
from termcheck.text.fold import fold

# A use of a word packs the concept's number, the term's number in it and three bits.
_TERM_BITS = 29
_FLAG_BITS = 3
INFLECTED, SHIELD, ALWAYS = 1, 2, 4


class FormIndex(Struct, frozen=True):
    """The spellings of the terms of one language; concepts and terms are given by number.

    `uses[ends[i - 1]:ends[i]]` say what `words[i]`, which is folded, stands for. `regexes` are the terms that
    are patterns. `capitalised`: the glossary begins its entries with a capital by habit; `names_only`: it
    keeps its capitals for names.
    """

    language: str
    words: list[str]
    ends: array[int]
    uses: array[int]
    regexes: tuple[tuple[int, int], ...] = ()
    capitalised: bool = False
    names_only: bool = False

    def of(self, word: int) -> Iterator[tuple[int, int, int]]:
        """(concept, term, flags) of each use of a word."""
        for use in self.uses[self.ends[word - 1] if word else 0 : self.ends[word]]:
            yield _unpacked(use)

    def by_concept(self) -> Mapping[int, Sequence[tuple[int, int, int]]]:
        """(word, term, flags) of each use, by concept."""
        found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        begin = 0
        for word, end in enumerate(self.ends):
            for use in self.uses[begin:end]:
                concept, term, flags = _unpacked(use)
                found[concept].append((word, term, flags))
            begin = end
        return found

    def always(self) -> list[str]:
        """The words that accuse wherever they stand."""
        found = {place for place, use in enumerate(self.uses) if use & ALWAYS}
        return [self.words[bisect_right(self.ends, place)] for place in sorted(found)]


def _unpacked(use: int) -> tuple[int, int, int]:
    flags, numbers = use & (1 << _FLAG_BITS) - 1, use >> _FLAG_BITS
    return numbers >> _TERM_BITS, numbers & (1 << _TERM_BITS) - 1, flags


def index_forms(language: str, concepts: Sequence[Concept], inflect: Callable[[Term], bool]) -> FormIndex:
    """Work out the spellings of all terms of a language.

    `inflect` decides for a term whether its inflected forms are among them: on the strict side always, on the
    lenient side only where a match accuses, since acquittals get a second look.
    """
    words: dict[str, list[int]] = defaultdict(list)
    regexes: list[tuple[int, int]] = []
    texts: list[str] = []
    for number, concept in enumerate(concepts):
        for place, term in enumerate(concept.terms):
            if not same_language(term.language, language):
                continue
            texts.append(term.text)
            use = (number << _TERM_BITS | place) << _FLAG_BITS
            use |= ALWAYS * (term.where is Where.ALWAYS and not term.status.accepted)
            for phrase in term.except_in:
                words[fold(phrase, term.language).text].append(use | SHIELD)
            if term.match is MatchMode.REGEX:
                regexes.append((number, place))
                continue
            for spelling, inflected in term_forms(term, inflect=inflect(term)):
                if spelling:
                    words[spelling].append(use | INFLECTED * inflected)
    return FormIndex(
        language,
        list(words),
        array("Q", accumulate(map(len, words.values()))),
        array("Q", (use for uses in words.values() for use in uses)),
        tuple(regexes),
        casing.capitalised_by_habit(texts),
        casing.small_by_habit(texts),
    )
