"""Nepali.

Sources: Snowball (https://snowballstem.org/algorithms/nepali/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="nepali",
    one_sided=NO_DICTIONARY,
)
