"""Swedish.

Sources: Snowball (https://snowballstem.org/algorithms/swedish/stemmer.html); Ulf Teleman, Staffan Hellberg
and Erik Andersson, "Svenska Akademiens grammatik".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("och eller"),
    links=words("av för"),
    fillers=words("i"),
    reflexives=words("sig dig"),
    compounds=True,
    infinitive_ending="a",
    sibling_endings=(("r", "rna"), ("r", "rs")),
    stemmer="swedish",
    infinitive="as?|[åeöy]",
)
