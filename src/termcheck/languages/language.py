"""The knowledge of one language, as data that a module of this package declares.

Matching asks whether a language has articles, a stemmer or separable prefixes, and never which one it is.
Each field has a default that turns off the step which would use it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from termcheck.text.scripts import UNSPACED

Words = frozenset[str]
Keys = frozenset[str]
"""Two words are taken for the same if their keys meet."""

SourceForms = Callable[[str, str], Iterator[str]]
"""(folded term, part of speech or "") -> the term in its other forms, folded, in a fixed order."""


def words(text: str) -> Words:
    """The words of a list that is written as one string."""
    return frozenset(text.split())


def whole_term(forms: Callable[[str], set[str]]) -> SourceForms:
    """Forms of one-word terms. A phrase has none: its words agree, and most combinations would be wrong."""

    def source_forms(term: str, part_of_speech: str) -> Iterator[str]:  # noqa: ARG001
        if term.isalpha():
            yield from sorted(forms(term))

    return source_forms


def without_endings(endings: re.Pattern[str]) -> Callable[[str], Keys]:
    """The function from a folded word to its keys: the word with and without its endings."""

    def keys(word: str) -> Keys:
        return frozenset((word, endings.sub("", word)))

    return keys


@functools.cache
def stemmer(algorithm: str) -> Callable[[str], str]:
    """The function from a folded word to its stem, by an algorithm of Snowball."""
    import Stemmer

    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm).stemWord
    return stem


# Why a language has keys of target words and no forms of source terms.
NO_DICTIONARY = "a stem also covers derived words, and no dictionary of inflected forms is at hand"
COMMON_ENDINGS = "an ending is also the end of other words, and no dictionary of inflected forms is at hand"

# English endings serve all languages in Latin letters: most of them are international.
_DERIVING = words("""
    n an ian i ese ist ism t m st sm ty ity y al ial l ic er or r ry ary ly ish ed d ing ment ness ship hood
    ive ion tion ance ence ant ent cy ce te able ible e s es a o ia
""")
# Titles in capitals are an English custom, and other languages follow English where they have them.
_SMALL_IN_TITLES = words("a an and as at by for in of on or the to with")


class Writing(Struct, frozen=True):
    """How to put a term into a sentence: its number and its article."""

    head: Callable[[str], tuple[str, str, str]]
    """phrase -> (text before, the noun that takes the plural, text after)"""
    plurals: Callable[[str], set[str]]
    """phrase in the singular -> its possible plurals"""
    is_plural: Callable[[str], bool]
    """phrase -> whether its noun looks like a plural"""
    lacks_plural: Callable[[str], bool]
    """noun -> whether it has no plural"""
    definite: str
    """The definite article with its blank, in small letters."""
    indefinite: re.Pattern[str]
    """An indefinite article with its blank at the end of a text; group 2 is its `n`."""
    takes_n: Callable[[str], tuple[bool, bool]]
    """text after the article -> (whether the article takes an `n`, whether that is sure)"""


class Language(Struct, frozen=True, eq=False, kw_only=True):
    """A language. Words and characters are folded (`termcheck.text.fold`) unless a field says otherwise.

    The registry fills in the first five fields from the language's line in the table.
    """

    tag: str = ""
    name: str = ""
    """The English name; the tag for a language without a line in the table."""
    scripts: tuple[str, ...] = ("latin",)
    """Keys of `SCRIPT_CLASSES`, the main script first."""
    function_words: Words = frozenset()
    """Frequent small words in lower case, not folded."""
    closed_words: Words = frozenset()
    """More words of closed classes, folded: pronouns, prepositions, conjunctions, auxiliaries, and adverbs of
    degree and time. No term begins or ends with one."""
    dictionary: str = ""
    """The table of simplemma (https://github.com/adbar/simplemma) with its words and their forms."""

    articles: Words = frozenset()
    """Words that may come or go in a rendering."""
    coordinators: Words = frozenset()
    """`and` and `or`: words, or in a script without spaces characters that may stand anywhere."""
    same_coordinators: str = ""
    """Characters for `and` that may replace one another."""
    links: Words = frozenset()
    """Words that join a noun phrase in reverse order: `management of risk`."""
    fillers: Words = frozenset()
    """Words that may stand beside a link and do not join a phrase on their own."""
    prepositions: Words = frozenset()
    """Prepositions that may replace one another inside a rendering: infection par and infection à."""
    droppable_link: str = ""
    """The link that a reversed phrase can do without: Ministry of Commerce, Commerce Ministry."""
    separable_prefixes: Words = frozenset()
    """Prefixes that a verb may send behind it: auswählen, wählen … aus."""
    verb_infixes: Words = frozenset()
    """What stands between such a prefix and its verb: auszuwählen, ausgewählt, meg kell osztani."""
    participle_prefix: str = ""
    """The prefix of participles, where a verb has no other one: geändert."""
    infinitive_ending: str = ""
    """What an infinitive loses in the imperative, which may look like a noun: skrive, skriv."""
    reflexives: Words = frozenset()
    """Reflexive pronouns, which change with the person, so that they may come or go like articles."""
    compounds: bool = False
    """Whether nouns are written together, so that a rendering may be part of a longer word."""
    elides: bool = False
    """Whether an apostrophe joins a small word to the next one: `l'assemblée` is two words."""
    bare_capitals: bool = False
    """Whether capitals are often written without their accents."""
    clitics: str = ""
    """Regular expression of small words that are written at the front of the next one: articles, `and`."""
    enclitics: str = ""
    """Regular expression of small words that are written at the back of the one before: particles."""
    particles: str = ""
    """Characters that may come or go in a rendering in a script without spaces."""
    segmenter: str = ""
    """The dictionary that tells where words begin in a script without spaces."""

    source_forms: SourceForms | None = None
    """Strict: inflected forms of a term, which oblige. Derived words are other terms."""
    singulars: Callable[[str], set[str]] | None = None
    """folded word -> its possible singulars if it looks like a plural, otherwise nothing."""
    joined_endings: Words = frozenset()
    """Words that a hyphen joins to any noun and that leave its sense alone: risk-based."""
    is_verb_form: Callable[[str, str, str, str], bool] | None = None
    """(folded term, its form, the word before it, the word after it) -> whether the form surely is one of a
    verb, and not of a noun."""
    acronym_plural: str = ""
    """The ending of an acronym in the plural."""
    keys: Callable[[str], Keys] | None = None
    """Lenient: keys of a word, which acquit. By default they are the word and its stem, if it has one."""
    pattern: Callable[[str], str] | None = None
    """Lenient, instead of keys in a script without spaces: folded rendering -> a regular expression of its
    forms and spellings, in folded text without blanks."""
    stemmer: str = ""
    """The Snowball algorithm (https://snowballstem.org/algorithms/)."""
    sibling_endings: tuple[tuple[str, str], ...] = ()
    """(ending, another one that the same word takes): a form that is also another word is recognised by a
    form that is not. Händer is a form of `hända`, and by händerna one of hand."""
    rare_verb_ending: str = ""
    """The ending of the first person, which texts hardly use, so that `proceso` is no form of `procesar`."""
    infinitive: str = ""
    """Regular expression of the endings of all verbs in the form in which they are listed; empty if that
    form has no endings of its own."""
    plural_endings: Mapping[str, str] = {}
    """Plural to singular, for plurals that get a stem of their own from Snowball."""
    plural_stem: int = 1
    """The least number of letters before a plural ending."""
    one_sided: str = ""
    """Why the language has only one of forms and keys; empty if it has both or neither."""
    is_demonym: Callable[[str, str], bool] | None = None
    """(word, place) -> whether the word is the place's regular adjective."""
    deriving_endings: Words = _DERIVING
    """Endings that make another word, not a misspelled one: terrorism, terrorist."""

    agreement: bool = True
    """Whether words around a noun change with it, so that replacing it is never surely right."""
    small_words: str = ""
    """In a language that writes nouns with capitals: regular expression of words in a term, as written, that
    may be no nouns, such as adjectives and infinitives."""
    small_in_titles: Words = _SMALL_IN_TITLES
    """Words that stay small in a title whose words begin with capitals."""
    writing: Callable[[], Writing | None] = lambda: None
    """What a fix needs to write a term, imported by the call because most runs fix nothing."""

    @property
    def spaced(self) -> bool:
        """Whether the main script writes words apart."""
        return self.scripts[0] not in UNSPACED

    @property
    def has_keys(self) -> bool:
        """Whether two different words can be the same."""
        return self.keys is not None or bool(self.stemmer or self.dictionary)

    @property
    def has_forms(self) -> bool:
        """Whether inflected forms of a term are known."""
        return self.source_forms is not None or bool(self.dictionary)
