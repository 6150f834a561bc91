"""Macedonian.

Sources: Horace G. Lunt, "Grammar of the Macedonian Literary Language".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(coordinators=words("и или а"))
