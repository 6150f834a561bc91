"""Indonesian.

Snowball's Indonesian stemmer is left out: it takes derived words (perbatasan, frontier) for their root
(batas, limit).

Sources: James Sneddon and others, "Indonesian: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("dan"),
    agreement=False,
)
