"""Norwegian, both Bokmål and Nynorsk.

Sources: Snowball (https://snowballstem.org/algorithms/norwegian/stemmer.html); Jan Terje Faarlund, Svein Lie
and Kjell Ivar Vannebo, "Norsk referansegrammatikk".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("og eller"),
    links=words("av for"),
    fillers=words("i"),
    reflexives=words("seg deg"),
    compounds=True,
    infinitive_ending="e",
    sibling_endings=(("er", "ene"),),
    stemmer="norwegian",
    infinitive="es?|[åiøyo]",
)
