"""The languages that XML files for translators name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from termcheck.language_tags import can_stand_for
from termcheck.model import Side, same_language
from termcheck.readers.base import NotBilingualError, ReadOptions, failure


@lru_cache(maxsize=1024)
def fits(tag: str | None, wanted: str | None) -> bool:
    """Whether a text with a language tag is one in the wanted language; a language not named is any."""
    if not tag or not wanted:
        return True
    return same_language(tag.replace("_", "-"), wanted) and can_stand_for(tag, wanted)


@lru_cache(maxsize=1024)
def choose(tags: tuple[str, ...], wanted: str) -> int | None:
    """The index of the tag that fits a language best: the tag itself, else the first to stand for it."""
    folded = [tag.casefold().replace("_", "-") for tag in tags]
    if wanted.casefold() in folded:
        return folded.index(wanted.casefold())
    return next((index for index, tag in enumerate(folded) if tag and fits(tag, wanted)), None)


def sides_of(source: str, target: str, options: ReadOptions) -> tuple[Side, Side] | None:
    """The sides of texts with these languages, which may be turned round; None if others are asked for."""
    wanted = options.source_lang or "", options.target_lang or ""
    if fits(source, wanted[0]) and fits(target, wanted[1]):
        return Side.SOURCE, Side.TARGET
    if source and target and fits(source, wanted[1]) and fits(target, wanted[0]):
        return Side.TARGET, Side.SOURCE
    return None


def languages_differ(
    raw: str, offset: int, path: str, options: ReadOptions, present: Iterable[str]
) -> NotBilingualError:
    """The error of a file in which no unit has the two languages; `present` are those that it has."""
    wanted = " and ".join(filter(None, (options.source_lang, options.target_lang))) or "two languages"
    has = ", ".join(sorted(set(filter(None, present)))[:20]) or "no languages"
    advice = f"it has {has}; choose with --source-lang and --target-lang"
    mistake = failure(raw, offset, f"no texts in {wanted}", path, advice)
    return NotBilingualError(mistake, f"no texts in {wanted}, only in {has}")


def opening_tag(head: str, name: str) -> str:
    """The first start tag of an element in the beginning of a file, or nothing."""
    found = re.search(rf"<(?:[\w.-]+:)?{name}(?=[\s/>])(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>", head)
    return found[0] if found else ""


def attribute_of(tag: str, *names: str) -> str:
    """The value of the first of some attributes in the text of a start tag, or nothing."""
    for name in names:
        found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"<&]*)\"|'([^'<&]*)')", tag)
        if found:
            return (found[1] or found[2] or "").strip()
    return ""
