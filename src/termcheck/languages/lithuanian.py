"""Lithuanian.

Sources: Snowball (https://snowballstem.org/algorithms/lithuanian/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    stemmer="lithuanian",
    infinitive="tis?",
)
