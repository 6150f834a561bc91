"""Hindi.

Sources: Snowball (https://snowballstem.org/algorithms/hindi/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="hindi",
    one_sided=NO_DICTIONARY,
)
