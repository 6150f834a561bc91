"""Case forms of Russian words, so that a term is found where it is not in the nominative.

A term in another case is still the term, and in Russian most occurrences are. Stems are not compared:
only the endings of the word's own declension are put to the term's stem, so that no derived word is
taken for it. The endings are those of the school grammar (declensions of nouns and adjectives).
"""

from __future__ import annotations

from termcheck.lazy import compile_later

_NOUN_ENDINGS = """
    а я о е у ю ы и ь й ой ей ою ею ью ом ем ам ям ами ями ах ях ов ев
"""
_ADJECTIVE_ENDINGS = """
    ый ий ой ая яя ое ее ого его ому ему ым им ом ем ую юю ей ые ие ых их ыми ими
"""
_ADJECTIVE_END = compile_later(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_NOUN_END = compile_later(r"[аяоеьйыи]$")

# A shorter stem fits too many words.
_STEM = 3


def russian_forms(word: str) -> set[str]:
    """The word in all cases and numbers; itself alone if its stem is too short. Folded, so without ё."""
    ending = _NOUN_END.search(word)
    noun = word[: ending.start()] if ending else word
    found = {word}
    if len(noun) >= _STEM:
        found |= {noun + end for end in _NOUN_ENDINGS.split()} | {noun}
    if _ADJECTIVE_END.search(word) and len(word) - 2 >= _STEM:
        found |= {word[:-2] + end for end in _ADJECTIVE_ENDINGS.split()}
    return found
