"""Greek.

Sources: Snowball (https://snowballstem.org/algorithms/greek/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    stemmer="greek",
)
