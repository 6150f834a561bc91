"""Macedonian.

Sources: Horace G. Lunt, "Grammar of the Macedonian Literary Language".
"""

from __future__ import annotations

from termcheck.languages.language import Language, without_endings, words
from termcheck.lazy import compile_later

# The articles of words that the dictionary does not know.
_ARTICLE = compile_later("(?<=.{3})(?:иот|от|та|то|те)$")

LANGUAGE = Language(
    coordinators=words("и или а"),
    keys=without_endings(_ARTICLE),
)
