"""What an entry with brackets stands for: many term lists write `中国人民银行（人民银行）` in one field.

Brackets in an entry say that what they hold may come or go. At the end of an entry they often hold its
abbreviation or its nickname, which then stands for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.matching import casing

_BRACKETS = compile_later(
    r"\s*[(（\[［]([^()（）\[\]［］]+)[)）\]］]|(?<=\S)\s*[「『《“]([^「」『』《》“”]+)[」』》”]$"
)


def variants(rendering: str) -> Iterator[str]:
    """The rendering as written, then without its brackets, then the short form that ends it."""
    yield rendering
    found = list(_BRACKETS.finditer(rendering))
    if not found:
        return
    outside = _BRACKETS.sub("", rendering).strip()
    if outside:
        yield outside
    last = found[-1]
    inside = (last[1] or last[2]).strip()
    if outside and last.end() == len(rendering) and (last[2] or _abbreviates(inside, outside)):
        yield inside


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` is an acronym, or made of the full form's characters in order (人行, 中国人民银行)."""
    if len(short) < 2:
        return False
    rest = iter(full)
    return casing.is_capitals(short) or (not short.isascii() and all(char in rest for char in short))
