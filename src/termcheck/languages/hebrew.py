"""Hebrew.

Sources: Lewis Glinert, "The Grammar of Modern Hebrew".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    # The article, prepositions and `that`, `and` before them or alone.
    clitics="[ושב]?[הבלכמ]|[וש]",
)
