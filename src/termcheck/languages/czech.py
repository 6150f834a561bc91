"""Czech.

Sources: James Naughton, "Czech: An Essential Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("i"),
    infinitive="[tc]i?",
)
