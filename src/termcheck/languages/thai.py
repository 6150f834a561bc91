"""Thai.

Sources: Shoichi Iwasaki and Preeya Ingkaphirom, "A Reference Grammar of Thai".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(agreement=False)
