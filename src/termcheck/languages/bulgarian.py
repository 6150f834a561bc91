"""Bulgarian.

Sources: Kjetil Rå Hauge, "A Short Grammar of Contemporary Bulgarian".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(coordinators=words("и или а"))
