"""English inflection by morphy's method: regular endings both ways, irregular forms from WordNet.

`forms` goes from a glossary word to what may stand in a text (strict: only true inflections, so that
`nation` never finds `national`); `bases` goes from a word of a text back to what it may be a form of
(lenient). The detachment rules are WordNet's (Miller 1995, "WordNet: a lexical database for English";
manual page morphy(7WN)), the exceptions its `noun.exc` and `verb.exc`.
"""

from __future__ import annotations

import functools

from termcheck.data import read_text
from termcheck.lazy import compile_later

VOWELS = "aeiou"

# A consonant after a single vowel is doubled before -ed and -ing (`commit`, `stop`). Which words of
# several syllables do it depends on stress, so both spellings are taken for them.
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
    """The word, its plural and, if it looks like a plural, its singular; all lower case."""
    singular = _singulars(word)
    found = {word, *singular, *_plurals(word)}
    for base in singular:
        found |= _plurals(base)
    return found


def verb_forms(word: str) -> set[str]:
    """The word as a verb: third person, past, participles."""
    _, irregular = _exceptions()
    found = {word, *_plurals(word), *irregular.get(word, ())}
    if word.endswith("e"):
        stem = word if word.endswith(("ee", "oe", "ye")) else word[:-1]
        return found | {word + "d", (word[:-2] + "ying") if word.endswith("ie") else stem + "ing"}
    found |= {word + "ing", (word[:-1] + "ied") if _ends_in_y(word) else word + "ed"}
    if _DOUBLING.search(word):
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return found


def forms(word: str) -> set[str]:
    """All inflected forms of a word whose part of speech is unknown."""
    return number_forms(word) | verb_forms(word)


@functools.lru_cache(maxsize=65536)
def bases(word: str) -> frozenset[str]:
    """Every word of which `word` may be an inflected form, itself included; lower case.

    Over-generous by design: two words are taken for one another if their bases meet.
    """
    if word.endswith("'s"):
        word = word[:-2]
    word = word.rstrip("'")
    lemmas, _ = _exceptions()
    found = {word, *lemmas.get(word, ()), *_singulars(word)}
    for ending, endings in (("ing", ("", "e")), ("ied", ("y",)), ("ed", ("", "e"))):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 2 and any(vowel in stem for vowel in "aeiouy"):
            found |= {stem + new for new in endings}
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
                found.add(stem[:-1])
    return frozenset(found)


def same_word(one: str, other: str) -> bool:
    """Whether two folded English words may be forms of one word, British or American."""
    return one == other or not bases(british(one)).isdisjoint(bases(british(other)))


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
    """One spelling for words that British and American English write differently.

    The result is a key for comparing, not a word to show: `doctor` becomes `doctour` too.
    """
    for pattern, new in _SPELLINGS:
        changed = pattern.sub(new, word)
        if changed != word:
            return changed
    return word


def plurals(word: str) -> set[str]:
    """The plurals of a singular noun, in lower case; more than one where spelling leaves a choice."""
    return _plurals(word)


def singulars(word: str) -> set[str]:
    """What a word may be the plural of, in lower case; nothing if it does not look like one."""
    return _singulars(word)


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in VOWELS


def _plurals(word: str) -> set[str]:
    if word.endswith("man") and len(word) > 4:
        return {word[:-3] + "men", word + "s"}
    _, irregular = _exceptions()
    found = {form for form in irregular.get(word, ()) if not form.endswith(("ed", "ing"))}
    if _ends_in_y(word):
        return found | {word[:-1] + "ies"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return found | {word + "es"}
    if word.endswith("o"):
        return found | {word + "s", word + "es"}
    return found | {word + "s"}


def _singulars(word: str) -> set[str]:
    if word.endswith("men") and len(word) > 4:
        return {word[:-3] + "man"}
    if word == "news":  # the one common noun in -s that is nobody's plural, and `new` is everywhere
        return set()
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        lemmas, _ = _exceptions()
        return set(lemmas.get(word, ())) if word.endswith(("i", "a", "ae", "en", "ice", "eet")) else set()
    lemmas, _ = _exceptions()
    found = {*lemmas.get(word, ()), word[:-1]}
    if word.endswith("ies") and len(word) > 4:
        found.add(word[:-3] + "y")
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found.add(word[:-2])
    return found
