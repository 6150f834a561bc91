"""Bosnian, which has the small words of Croatian.

Sources: as for Croatian.
"""

from __future__ import annotations

from termcheck.languages.croatian import LANGUAGE as LANGUAGE
