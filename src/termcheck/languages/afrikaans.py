"""Afrikaans.

Sources: Bruce Donaldson, "A Grammar of Afrikaans".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(coordinators=words("en"))
