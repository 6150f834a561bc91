"""Portuguese.

Sources: Snowball (https://snowballstem.org/algorithms/portuguese/stemmer.html); Celso Cunha and Lindley
Cintra, "Nova gramática do português contemporâneo".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("o a os as um uma uns umas de do da dos das"),
    coordinators=words("e ou"),
    links=words("de do da dos em no na para por ao à"),
    fillers=words("o a os as das"),
    prepositions=words("de do da dos das em no na nos nas para por pelo pela a ao à"),
    bare_capitals=True,
    stemmer="portuguese",
    rare_verb_ending="o",
    # virtuais, papéis, lençóis, regiões, pães, imagens
    plural_endings={"ais": "al", "éis": "el", "óis": "ol", "ões": "ão", "ães": "ão", "ns": "m"},
    plural_stem=2,
    infinitive="[aeioô]r(?:-se)?",
)
