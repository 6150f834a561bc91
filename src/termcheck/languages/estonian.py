"""Estonian.

Sources: Snowball (https://snowballstem.org/algorithms/estonian/stemmer.html); Mati Erelt and others, "Eesti
keele grammatika".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    compounds=True,
    stemmer="estonian",
    infinitive="ma",
)
