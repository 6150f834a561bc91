"""Finnish.

Sources: Snowball (https://snowballstem.org/algorithms/finnish/stemmer.html); "Iso suomen kielioppi"
(https://scripta.kotus.fi/visk).
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    compounds=True,
    sibling_endings=(("lla", "ksi"), ("llä", "ksi")),
    stemmer="finnish",
    infinitive="[aä]",
)
