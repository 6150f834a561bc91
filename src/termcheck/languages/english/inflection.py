"""English inflection by morphy's method: regular endings both ways, irregular forms from WordNet.

`all_forms` leads from a glossary's word to its forms in a text. It is strict, so that `nation` never finds
`national`. `bases` is lenient and leads from a word of a text to all words that it may be a form of.

Sources: the detachment rules of WordNet (George A. Miller, "WordNet: A Lexical Database for English", 1995;
manual page morphy(7WN)) and the exceptions in its `noun.exc` and `verb.exc`.
"""

from __future__ import annotations

import functools
import unicodedata

from termcheck.data import read_text
from termcheck.languages.language import Keys
from termcheck.lazy import compile_later

_VOWELS = "aeiou"

# A consonant after a single vowel is doubled before -ed and -ing (`commit`, `stop`). In words of several
# syllables that depends on stress, so both spellings count.
_DOUBLING = compile_later(r"(?:^|[^aeiou])[aeiouy][bdfglmnprstvz]$")


@functools.cache
def _exceptions() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """(form -> lemmas, lemma -> forms) of the irregular words, nouns and verbs together."""
    lemmas: dict[str, tuple[str, ...]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for line in read_text("english_irregular.txt").splitlines():
        form, _, lemma = line.partition(" ")
        if lemma:
            lemmas[form] = (*lemmas.get(form, ()), lemma)
            forms[lemma] = (*forms.get(lemma, ()), form)
    return lemmas, forms


def number_forms(word: str) -> set[str]:
    """The word, its plurals, and its singulars if it looks like a plural; in lower case."""
    forms = {word, *singulars(word), *plurals(word)}
    for singular in singulars(word):
        forms |= plurals(singular)
    return forms


def verb_forms(word: str) -> set[str]:
    """The word as a verb: third person, past, participles; in lower case."""
    _, irregular = _exceptions()
    forms = {word, *plurals(word), *irregular.get(word, ())}
    if word.endswith("e"):
        stem = word if word.endswith(("ee", "oe", "ye")) else word[:-1]
        return forms | {word + "d", (word[:-2] + "ying") if word.endswith("ie") else stem + "ing"}
    forms |= {word + "ing", (word[:-1] + "ied") if _ends_in_y(word) else word + "ed"}
    if _DOUBLING.search(word):
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms


def all_forms(word: str) -> set[str]:
    """The forms of a word whose part of speech is unknown; in lower case."""
    return number_forms(word) | verb_forms(word)


@functools.lru_cache(maxsize=65536)
def keys(word: str) -> Keys:
    """Keys that a folded word shares with its other forms and spellings: communiqué with communiques."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bases(word) | bases(british(word))


@functools.lru_cache(maxsize=65536)
def bases(word: str) -> frozenset[str]:
    """All words that `word` may be an inflected form of, and itself; in lower case.

    Generous by design: two words count as one if their bases meet.
    """
    if word.endswith("'s"):
        word = word[:-2]
    word = word.rstrip("'")
    lemmas, _ = _exceptions()
    found_bases = {word, *lemmas.get(word, ()), *singulars(word)}
    for ending, endings in (("ing", ("", "e")), ("ied", ("y",)), ("ed", ("", "e"))):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 2 and any(vowel in stem for vowel in "aeiouy"):
            found_bases |= {stem + new for new in endings}
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                found_bases.add(stem[:-1])
    return frozenset(found_bases)


_SPELLINGS = (
    (compile_later(r"(?<=[a-z]{3})iz(?=(?:e[sdr]?|ers|ing|ation|ations|ational)(?:'s)?$)"), "is"),
    (compile_later(r"(?<=[a-z]{3})yz(?=(?:e[sdr]?|ers|ing)$)"), "ys"),
    (
        compile_later(
            r"(?<=[a-z]{2})(?<!fl)(?<!po)or(?=(?:s|ed|ing|able|al|ful|ite|ites|hood|hoods|er|ers)?$)"
        ),
        "our",
    ),
    (compile_later(r"(?<=[bt])er(?=s?$)"), "re"),
    (compile_later(r"(?<=fen|cen)s(?=es?$)"), "c"),
    (compile_later(r"^program(?=s?$)"), "programme"),
    (compile_later(r"(?<=[aeiou])l(?=(?:ed|ing|er|ers|or)$)"), "ll"),
    (compile_later(r"^(catal|dial|anal)og(?=s?$)"), r"\1ogue"),
)


@functools.lru_cache(maxsize=65536)
def british(word: str) -> str:
    """One spelling for words that British and American English spell differently.

    The result serves to compare words, not to show them: `doctor` becomes `doctour`.
    """
    for pattern, new in _SPELLINGS:
        changed = pattern.sub(new, word)
        if changed != word:
            return changed
    return word


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in _VOWELS


def plurals(word: str) -> set[str]:
    """The plurals of a singular noun, in lower case; several where spelling leaves a choice."""
    if word.endswith("man") and len(word) > 4:
        return {word[:-3] + "men", word + "s"}
    _, irregular = _exceptions()
    forms = {form for form in irregular.get(word, ()) if not form.endswith(("ed", "ing"))}
    if _ends_in_y(word):
        return forms | {word[:-1] + "ies"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return forms | {word + "es"}
    if word.endswith("o"):
        return forms | {word + "s", word + "es"}
    return forms | {word + "s"}


def singulars(word: str) -> set[str]:
    """The singulars that a word may be the plural of, in lower case; none if it does not look like one."""
    if word.endswith("men") and len(word) > 4:
        return {word[:-3] + "man"}
    if word == "news":  # It looks like the plural of `new`, which is everywhere.
        return set()
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        lemmas, _ = _exceptions()
        return set(lemmas.get(word, ())) if word.endswith(("i", "a", "ae", "en", "ice", "eet")) else set()
    lemmas, _ = _exceptions()
    forms = {*lemmas.get(word, ()), word[:-1]}
    if word.endswith("ies") and len(word) > 4:
        forms.add(word[:-3] + "y")
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        forms.add(word[:-2])
    return forms
