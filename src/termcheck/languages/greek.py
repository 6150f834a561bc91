"""Greek.

Sources: Snowball (https://snowballstem.org/algorithms/greek/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="greek",
    one_sided=NO_DICTIONARY,
)
