"""Japanese.

Sources: Samuel E. Martin, "A Reference Grammar of Japanese".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("、 及 或 および または"),
    agreement=False,
)
