"""Marathi.

Sources: Rajeshwari Pandharipande, "Marathi".
"""

from __future__ import annotations

from termcheck.languages.language import COMMON_ENDINGS, Language, without_endings, words
from termcheck.lazy import compile_later

# The plural and what marks the case behind it; marks of vowels count as characters.
_ENDING = compile_later(r"(?<=.{3})(?:ां|ा|ी|ीं|े|्य|च्या)?(?:मध्ये|ला|ना|ने|नी|चा|ची|चे|च्या|त|वर|साठी)?\Z")


LANGUAGE = Language(
    coordinators=words("आणि व किंवा"),
    keys=without_endings(_ENDING),
    one_sided=COMMON_ENDINGS,
)
