"""Italian.

Sources: Snowball (https://snowballstem.org/algorithms/italian/stemmer.html); Luca Serianni, "Grammatica
italiana".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("il lo la i gli le un uno una l di del della dello dei delle"),
    coordinators=words("e o"),
    links=words("di del della dei delle dello degli da dal per in"),
    fillers=words("il la i le l lo gli"),
    prepositions=words("di del della dei delle dello degli d da dal dalla in nel nella nei per a al alla"),
    elides=True,
    bare_capitals=True,
    stemmer="italian",
    rare_verb_ending="o",
    infinitive="[aeir]re|rsi",
)
