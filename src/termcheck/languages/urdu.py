"""Urdu.

Sources: Ruth Laila Schmidt, "Urdu: An Essential Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import COMMON_ENDINGS, Language, without_endings, words
from termcheck.lazy import compile_later

_ENDING = compile_later(r"(?<=\w\w)(?:يوں|ياں|يں|وں|ات|ے|ي|ا|ه)\Z")


LANGUAGE = Language(
    coordinators=words("اور يا"),
    keys=without_endings(_ENDING),
    one_sided=COMMON_ENDINGS,
)
