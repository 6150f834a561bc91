"""Catalan.

Sources: Snowball (https://snowballstem.org/algorithms/catalan/stemmer.html); Institut d'Estudis Catalans,
"Gramàtica de la llengua catalana".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("el la els les un una de del"),
    coordinators=words("i o"),
    links=words("de del dels d en per al"),
    fillers=words("a el la els les l"),
    prepositions=words("de del dels d en per a al als"),
    elides=True,
    stemmer="catalan",
    rare_verb_ending="o",
    infinitive="re?|r-se",
)
