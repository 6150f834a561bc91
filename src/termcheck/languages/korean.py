"""Korean.

Sources: Jaehoon Yeon and Lucien Brown, "Korean: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("나 과 와 및"),
    agreement=False,
)
