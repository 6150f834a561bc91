"""Estonian.

Sources: Snowball (https://snowballstem.org/algorithms/estonian/stemmer.html); Mati Erelt and others, "Eesti
keele grammatika".
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    compounds=True,
    stemmer="estonian",
    one_sided=NO_DICTIONARY,
)
