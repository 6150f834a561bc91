"""Arabic. Other languages in its script join the same small words to the next one.

Sources: Snowball (https://snowballstem.org/algorithms/arabic/stemmer.html); Karin Ryding, "A Reference
Grammar of Modern Standard Arabic".
"""

from __future__ import annotations

from termcheck.languages.language import NO_DICTIONARY, Language

LANGUAGE = Language(
    # The article and `and`, `so`, `in`, `as`, `to` before it or alone.
    clitics="[وف]?(?:[بك]?ال|لل|[بكل])|[وف]",
    stemmer="arabic",
    one_sided=NO_DICTIONARY,
)
