"""The renderings of an entry with brackets: many term lists write `中国人民银行（人民银行）` in one field.

Text in brackets may come or go. At the end of an entry it is often an abbreviation or a nickname, which then
stands for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.matching.strict import casing
from termcheck.text.search import is_subsequence

_BRACKETS = compile_later(
    r"\s*[(（\[［]([^()（）\[\]［］]+)[)）\]］]|(?<=\S)\s*[「『《“]([^「」『』《》“”]+)[」』》”]$"
)

_SPACED_SLASH = compile_later(r"\s[/／╱]\s")
_SLASH = compile_later(r"[/／╱]")
_WORD = compile_later(r"[^\W_]+")


def entry_variants(rendering: str) -> Iterator[str]:
    """The rendering as written, its alternatives, its text without brackets, and the text in the brackets."""
    yield rendering
    yield from _alternatives(rendering)
    brackets = list(_BRACKETS.finditer(rendering))
    if not brackets:
        return
    outside = _BRACKETS.sub("", rendering).strip()
    if outside:
        yield outside
    yield from _with_initials(rendering, brackets[0])
    last = brackets[-1]
    inside = (last[1] or last[2]).strip()
    if outside and last.end() == len(rendering) and (last[2] or _abbreviates(inside, outside)):
        yield inside


def _alternatives(rendering: str) -> Iterator[str]:
    """The wordings between slashes. Without blanks, they must begin alike (港股／港市)."""
    spaced = [part.strip() for part in _SPACED_SLASH.split(rendering)]
    if len(spaced) > 1 and all(spaced):
        yield from spaced
        return
    close = _SLASH.split(rendering)
    if len(close) > 1 and all(close) and not close[0].isascii() and len({part[0] for part in close}) == 1:
        yield from close


def _with_initials(rendering: str, bracket: re.Match[str]) -> Iterator[str]:
    """`loan-to-value (LTV) ratio` as `LTV ratio`: an acronym in brackets replaces the words before it."""
    short, after = (bracket[1] or "").strip(), rendering[bracket.end() :].strip()
    words = list(_WORD.finditer(rendering[: bracket.start()]))[-len(short) :]
    if after and casing.is_capitals(short) and "".join(word[0][0] for word in words).upper() == short:
        yield f"{rendering[: words[0].start()]}{short} {after}"


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` is an acronym, or has characters of the full form in order (人行, 中国人民银行)."""
    if len(short) < 2:
        return False
    return casing.is_capitals(short) or (not short.isascii() and is_subsequence(short, full))
