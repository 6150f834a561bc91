"""Spanish.

Sources: Snowball (https://snowballstem.org/algorithms/spanish/stemmer.html); RAE and ASALE, "Nueva gramática
de la lengua española".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("el la los las un una unos unas de del"),
    coordinators=words("y e o"),
    links=words("de del en para por al"),
    fillers=words("a el la los las"),
    prepositions=words("de del en para por a al"),
    bare_capitals=True,
    stemmer="spanish",
    rare_verb_ending="o",
    infinitive="[aeií]r(?:se)?",
)
