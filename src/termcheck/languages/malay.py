"""Malay.

Sources: Nik Safiah Karim and others, "Tatabahasa Dewan".
"""

from __future__ import annotations

from termcheck.languages.indonesian import keys
from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("dan"),
    keys=keys,
    agreement=False,
)
