"""Irish.

Sources: Snowball (https://snowballstem.org/algorithms/irish/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="irish",
    one_sided=NO_DICTIONARY,
)
