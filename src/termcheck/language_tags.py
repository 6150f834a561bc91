"""Split language tags (RFC 5646: `en`, `pt-BR`, `zh-Hant-TW`) into subtags.

Only the first subtag names the language. All code that compares or looks up languages takes it from here.
"""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=1024)
def subtags(tag: str) -> tuple[str, ...]:
    """The parts of a tag in lower case; the first one is the language. `zh_TW` is read as `zh-TW`."""
    return tuple(tag.casefold().replace("_", "-").split("-"))


def primary_subtag(tag: str) -> str:
    """The language alone, in lower case: `zh` of `zh-Hant`."""
    return subtags(tag)[0]
