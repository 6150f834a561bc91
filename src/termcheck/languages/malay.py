"""Malay.

Sources: Nik Safiah Karim and others, "Tatabahasa Dewan".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("dan"),
    agreement=False,
)
