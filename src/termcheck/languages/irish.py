"""Irish.

Sources: Snowball (https://snowballstem.org/algorithms/irish/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    stemmer="irish",
)
