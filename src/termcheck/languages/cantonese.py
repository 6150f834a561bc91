"""Cantonese.

Sources: Stephen Matthews and Virginia Yip, "Cantonese: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("、 及 和 与 或 跟 并 暨 以"),
    agreement=False,
)
