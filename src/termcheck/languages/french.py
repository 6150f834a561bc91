"""French.

Sources: Snowball (https://snowballstem.org/algorithms/french/stemmer.html); Maurice Grevisse and André
Goosse, "Le bon usage".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("le la les l un une des du de d"),
    coordinators=words("et ou"),
    links=words("de du d à au aux en pour"),
    fillers=words("le la les l des"),
    prepositions=words("de du des d à au aux en par pour"),
    reflexives=words("se s vous nous"),
    elides=True,
    bare_capitals=True,
    stemmer="french",
    # essais, emplois, tuyaux
    plural_endings={"ais": "ai", "ois": "oi", "uis": "ui", "aux": "al"},
    infinitive="er|ir|re",
)
