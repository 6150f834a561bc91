"""Bulgarian.

Sources: Kjetil Rå Hauge, "A Short Grammar of Contemporary Bulgarian".
"""

from __future__ import annotations

from termcheck.languages.language import Language, without_endings, words
from termcheck.lazy import compile_later

# The articles of words that the dictionary does not know. Other words end like the short one, -a.
_ARTICLE = compile_later("(?<=.{3})(?:ият|ия|ът|ят|та|то|те)$")

LANGUAGE = Language(
    coordinators=words("и или а"),
    keys=without_endings(_ARTICLE),
)
