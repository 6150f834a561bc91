"""Yiddish.

Sources: Snowball (https://snowballstem.org/algorithms/yiddish/stemmer.html).
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    stemmer="yiddish",
    one_sided=NO_DICTIONARY,
)
