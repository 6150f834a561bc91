"""Armenian.

Sources: Snowball (https://snowballstem.org/algorithms/armenian/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="armenian",
    one_sided=NO_DICTIONARY,
)
