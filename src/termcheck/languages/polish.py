"""Polish.

Sources: Oscar E. Swan, "A Grammar of Contemporary Polish".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("i oraz lub"),
    infinitive="ć|c",
)
