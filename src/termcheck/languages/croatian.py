"""Croatian.

Sources: Eugenija Barić and others, "Hrvatska gramatika".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("i"),
    infinitive="[tć]i",
)
