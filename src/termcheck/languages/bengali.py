"""Bengali.

Sources: Hanne-Ruth Thompson, "Bengali: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import COMMON_ENDINGS, Language, without_endings, words
from termcheck.lazy import compile_later

# The plural and what marks the case behind it; marks of vowels count as characters.
_ENDING = compile_later(r"(?<=.{3})(?:গুলি|গুলো|টি|টা|দের|রা)?(?:কে|ের|র|তে|ে)?\Z")


LANGUAGE = Language(
    coordinators=words("এবং ও বা"),
    keys=without_endings(_ENDING),
    one_sided=COMMON_ENDINGS,
)
