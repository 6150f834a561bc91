"""Galician. Snowball has no algorithm for it, but the one for Portuguese fits.

Sources: Snowball (https://snowballstem.org/algorithms/portuguese/stemmer.html); Rosario Álvarez and Xosé
Xove, "Gramática da lingua galega".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words
from termcheck.languages.portuguese import LANGUAGE as PORTUGUESE

LANGUAGE = Language(
    articles=words("o a os as un unha de do da"),
    coordinators=words("e ou"),
    links=words("de do da dos en no na para por ao á"),
    fillers=words("o a os as das"),
    prepositions=words("de do da dos das en no na nos nas para por polo pola a ao á"),
    stemmer=PORTUGUESE.stemmer,
    plural_endings=PORTUGUESE.plural_endings,
    plural_stem=PORTUGUESE.plural_stem,
    one_sided=PORTUGUESE.one_sided,
    rare_verb_ending="o",
    infinitive="r(?:se)?",
)
