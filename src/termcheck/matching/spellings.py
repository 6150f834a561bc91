"""How the terms of one language are written: what a lexicon is made of, in numbers that a file can hold.

Working out the spellings of all terms takes far longer than building an automaton of them, so they are kept
apart from it: what is computed once can be stored and a lexicon made of it again.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from termcheck.matching import casing
from termcheck.matching.patterns import spellings
from termcheck.model import Concept, MatchMode, Term, same_language
from termcheck.text.fold import fold

# A use of a word packs the concept's number, the term's number in it and two bits.
_TERM_BITS = 30
_FLAG_BITS = 2
INFLECTED, SHIELD = 1, 2


class Spellings(Struct, frozen=True):
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
            flags, numbers = use & (1 << _FLAG_BITS) - 1, use >> _FLAG_BITS
            yield numbers >> _TERM_BITS, numbers & (1 << _TERM_BITS) - 1, flags


def spell(language: str, concepts: Sequence[Concept], inflect: Callable[[Term], bool]) -> Spellings:
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
            for phrase in term.except_in:
                words[fold(phrase, term.language).text].append(use | SHIELD)
            if term.match is MatchMode.REGEX:
                regexes.append((number, place))
                continue
            for spelling, inflected in spellings(term, inflect=inflect(term)):
                if spelling:
                    words[spelling].append(use | INFLECTED * inflected)
    return Spellings(
        language,
        list(words),
        array("Q", accumulate(map(len, words.values()))),
        array("Q", (use for uses in words.values() for use in uses)),
        tuple(regexes),
        casing.capitalised_by_habit(texts),
        casing.small_by_habit(texts),
    )
