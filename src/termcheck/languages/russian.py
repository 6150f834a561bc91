"""Russian. In most of its occurrences a term is not in the nominative, and it is the same term in every case.

Its forms are the term's stem with all endings of its declension. Stems of words in the text are not compared,
so a derived word is never taken for the term.

Sources: Snowball (https://snowballstem.org/algorithms/russian/stemmer.html); endings from the declensions of
nouns and adjectives in "Русская грамматика" (Академия наук СССР, 1980).
"""

from __future__ import annotations

from termcheck.languages.language import Language, whole_term, words
from termcheck.lazy import compile_later

_NOUN_ENDINGS = words("а я о е у ю ы и ь й ой ей ою ею ью ом ем ам ям ами ями ах ях ов ев")
_ADJECTIVE_ENDINGS = words("""
    ый ий ой ая яя ое ее ого его ому ему ым им ом ем ую юю ей ые ие ых их ыми ими
""")
_ADJECTIVE_END = compile_later(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_NOUN_END = compile_later(r"[аяоеьйыи]$")

# A shorter stem fits too many words.
_SHORTEST_STEM = 3


def forms(word: str) -> set[str]:
    """A folded word in all cases and numbers; only the word itself if its stem has fewer than 3 letters."""
    ending = _NOUN_END.search(word)
    noun = word[: ending.start()] if ending else word
    result = {word}
    if len(noun) >= _SHORTEST_STEM:
        result |= {noun + end for end in _NOUN_ENDINGS} | {noun}
    if _ADJECTIVE_END.search(word) and len(word) - 2 >= _SHORTEST_STEM:
        result |= {word[:-2] + end for end in _ADJECTIVE_ENDINGS}
    return result


LANGUAGE = Language(
    coordinators=words("и или а"),
    source_forms=whole_term(forms),
    stemmer="russian",
    infinitive="(?:ть|ти|чь)(?:ся|сь)?",
)
