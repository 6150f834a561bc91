"""Keys and stems of words: two words of a language are the same if they share a key.

A language declares its own keys, or it has a dictionary of forms, or a Snowball algorithm
(https://snowballstem.org/algorithms/) that gives stems, or both. Where the dictionary knows both words, it
decides: puerta and puerto have one stem and are two words. So the keys of a word in a text differ from those
of a word that is sought there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from termcheck import languages
from termcheck.languages.language import Keys, Language, stemmer
from termcheck.lazy import compile_later

if TYPE_CHECKING:
    from termcheck.languages.dictionary import Dictionary

_REMEMBERED = 65_536

# Snowball gives planifier and planification one stem. Nouns made from verbs get a key of their own, in the
# Romance and Germanic languages and wherever their endings were borrowed.
_DEVERBAL = compile_later(
    r"(?:[stx]ions?|ments?|ci[óo]n|ciones|mientos?|mentos?|ç[ãõ]o|ções|zion[ei]|menti|ung(?:en|s)?|[hk]eit(?:en)?)$"
)


@functools.cache
def keys_of(tag: str, *, sought: bool = False) -> Callable[[str], Keys]:
    """The function from a folded word to its keys in the language of a tag.

    `sought`: the word is one of a term that is looked for in a text, and not one of the text.
    """
    language = languages.get(tag)
    own = language.keys
    if language.dictionary:
        listed = _dictionary_keys(language, sought=sought)
        # Tables of roots say nothing of the forms with a prefix, which a language's own keys know.
        every = listed if own is None else lambda word: listed(word) | own(word)
        return functools.lru_cache(_REMEMBERED)(every)
    if own is not None:
        return own
    if language.stemmer:
        return functools.lru_cache(_REMEMBERED)(_stem_keys(language))
    return lambda word: frozenset((word,))


@functools.cache
def stem_of(tag: str) -> Callable[[str], str]:
    """The function from a folded word to one stem, so that forms of a word can be counted together."""
    language = languages.get(tag)
    if language.keys is not None and language.stemmer:
        return functools.lru_cache(_REMEMBERED)(stemmer(language.stemmer))
    keys = _stem_keys(language) if language.stemmer else keys_of(tag)
    return functools.lru_cache(_REMEMBERED)(lambda word: min(keys(word), key=lambda key: (len(key), key)))


def _stem_keys(language: Language) -> Callable[[str], Keys]:
    stems = _stems(language)

    def keys(word: str) -> Keys:
        word = word.rpartition("'")[2]
        return frozenset((word, *stems(word)))

    return keys


def _stems(language: Language) -> Callable[[str], Iterable[str]]:
    """The function from a folded word to its stems; a noun made from a verb has a stem of its own."""
    if not language.stemmer:
        return lambda _: ()
    stem, singular = stemmer(language.stemmer), _singular(language)

    def stems(word: str) -> Iterable[str]:
        found = {stem(form) for form in {word, singular(word)}}
        return [f"{stem}-" for stem in found] if _DEVERBAL.search(word) else found

    return stems


# Ends a stem that serves to compare two words if the dictionary does not know both.
_ONE_UNKNOWN, _BOTH_UNKNOWN = "=", "~"


def _dictionary_keys(language: Language, *, sought: bool) -> Callable[[str], Keys]:
    """Keys that are lemmas, and marked ones that meet only if the dictionary does not know both words.

    A stem has two marks. A sought word that is known has the first one, a known word of a text the second.
    An unknown word of a text has both, so that it meets either; an unknown sought word meets all.

    A sought word also has the forms that are likely for its ending, and meets an unknown word with them. A
    word that may be a form of several lemmas has all of them, except verbs in a person that texts hardly use.
    """
    from termcheck.languages.dictionary import dictionary_of
    from termcheck.languages.lemma_endings import LIKELY

    dictionary, stems, rare = dictionary_of(language.tag), _stems(language), language.rare_verb_ending
    assert dictionary is not None

    def keys(word: str) -> Keys:
        lemmas = dictionary.possible_lemmas(word)
        if not lemmas and "'" in word:
            return frozenset((word,)).union(*map(keys, filter(None, word.split("'"))))
        known = bool(lemmas)
        if known:
            marks = _ONE_UNKNOWN if sought else _BOTH_UNKNOWN
        else:
            marks = _BOTH_UNKNOWN if sought else _ONE_UNKNOWN + _BOTH_UNKNOWN
        if not known or language.compounds:
            lemmas |= dictionary.derived_lemmas(word)
        if not sought:
            lemmas = lemmas.union(_further_lemmas(language, dictionary, word))
        marked = [stem + mark for stem in stems(word) for mark in marks]
        if sought:
            marked += [form + LIKELY for form, mark in dictionary.expected_forms(word) if mark == LIKELY]
        elif not known:
            # A participle in another number or gender is a form of a form.
            marked += [form + LIKELY for form in (word, *lemmas)]
        # One letter tells too little of a word that is listed: जल (water) is no form of जलना.
        for lemma in dictionary.usual_lemmas(word, 2 if sought else 1):
            if not (rare and word.endswith(rare) and lemma.startswith(word[: -len(rare)])):
                marked.append(lemma)
        return lemmas.union((word,), marked)

    return keys


def _further_lemmas(language: Language, dictionary: Dictionary, word: str) -> Iterator[str]:
    """The lemmas of a word that the dictionary gives to another word, by its ending.

    They are the verbs that it is the imperative of, whose last letter may be double (tøm, tømme), and the
    lemmas of its siblings.
    """
    if ending := language.infinitive_ending:
        for infinitive in (word + ending, word + word[-1] + ending):
            if dictionary.is_lemma(infinitive):
                yield infinitive
    for old, new in language.sibling_endings:
        if word.endswith(old):
            yield from dictionary.lemmas(word.removesuffix(old) + new)


def _singular(language: Language) -> Callable[[str], str]:
    """The function that replaces a plural ending by that of the singular."""
    endings = language.plural_endings
    if not endings:
        return lambda word: word
    pattern = re.compile(rf"(?<=\w{{{language.plural_stem}}})({'|'.join(endings)})$")
    return lambda word: pattern.sub(lambda ending: endings[ending[1]], word)
