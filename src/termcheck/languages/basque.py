"""Basque.

Sources: Snowball (https://snowballstem.org/algorithms/basque/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="basque",
    one_sided=NO_DICTIONARY,
)
