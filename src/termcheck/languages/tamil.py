"""Tamil.

Sources: Snowball (https://snowballstem.org/algorithms/tamil/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="tamil",
    one_sided=NO_DICTIONARY,
)
