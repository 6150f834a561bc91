"""Danish.

Sources: Snowball (https://snowballstem.org/algorithms/danish/stemmer.html); Robin Allan, Philip Holmes and
Tom Lundskær-Nielsen, "Danish: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("og eller"),
    links=words("af for"),
    fillers=words("i"),
    reflexives=words("sig dig"),
    compounds=True,
    infinitive_ending="e",
    sibling_endings=(("r", "rne"), ("r", "rs")),
    stemmer="danish",
    infinitive="es?|[åiøyo]",
)
