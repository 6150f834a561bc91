"""Hungarian.

Sources: Snowball (https://snowballstem.org/algorithms/hungarian/stemmer.html); István Kenesei, Robert M. Vago
and Anna Fenyvesi, "Hungarian".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(
    compounds=True,
    stemmer="hungarian",
)
