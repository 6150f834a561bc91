"""Lithuanian.

Sources: Snowball (https://snowballstem.org/algorithms/lithuanian/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="lithuanian",
    one_sided=NO_DICTIONARY,
)
