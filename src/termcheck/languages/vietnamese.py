"""Vietnamese.

Sources: Nguyen Dinh-Hoa, "Vietnamese".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(agreement=False)
