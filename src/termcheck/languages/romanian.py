"""Romanian.

Sources: Snowball (https://snowballstem.org/algorithms/romanian/stemmer.html); Academia Română, "Gramatica
limbii române".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    links=words("de din al ale pentru"),
    fillers=words("a"),
    prepositions=words("de din la pentru"),
    stemmer="romanian",
)
