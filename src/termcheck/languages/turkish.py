"""Turkish.

Sources: Snowball (https://snowballstem.org/algorithms/turkish/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    stemmer="turkish",
    infinitive="m[ae]k",
)
