"""Tagalog.

Sources: Paul Schachter and Fe T. Otanes, "Tagalog Reference Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(coordinators=words("o"))
