"""The texts of plain units of TMX, read quickly and without positions.

Expat has checked the whole file before, so patterns can take units apart. A unit is plain if it stands on
lines of its own and its texts have no codes; the others are left to the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from termcheck.lazy import compile_later
from termcheck.readers.stretches import CompleteRows, TextStretch
from termcheck.readers.tmx import pair_of
from termcheck.readers.xml_languages import attribute_of

_ATTRIBUTES = r"(?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+"
_UNIT = compile_later(rf"^[ \t]*<tu(?=[\s>]){_ATTRIBUTES}>(.*?)</tu\s*>[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_VARIANT = compile_later(rf"<tuv(?=\s)({_ATTRIBUTES})>(.*?)</tuv\s*>", re.DOTALL)
_SEGMENT = compile_later(r"<seg\s*>([^<]*)</seg\s*>")
# What could hide a tag, or make one of what is none.
_NOT_PLAIN = ("<!--", "<![CDATA[", "<?")
_ODD = compile_later(r"&(?!(?:amp|lt|gt|quot|apos);)")


def complete_rows(stretch: TextStretch, wanted: tuple[str, str]) -> CompleteRows | None:
    """The texts of the plain units; None if there are none, or if patterns might be wrong."""
    raw = stretch.header + stretch.rows
    begin = len(stretch.header) if stretch.header else max(raw.find("<body"), 0)
    if any(raw.find(mark, begin) >= 0 for mark in _NOT_PLAIN):
        return None
    first_lines: list[int] = []
    further_lines: dict[int, range] = {}
    sources: list[str] = []
    targets: list[str] = []
    line, at = 0, 0
    for unit in _UNIT.finditer(raw, begin):
        line += raw.count("\n", at, unit.start())
        at = unit.end()
        last = line + unit[0].count("\n")
        texts = _texts(unit[1], wanted)
        if texts is not None:
            first_lines.append(line)
            if last > line:
                further_lines[line] = range(line + 1, last + 1)
            sources.append(texts[0])
            targets.append(texts[1])
        line = last
    if not first_lines:
        return None
    count = raw.count("\n") + (not raw.endswith("\n"))
    return CompleteRows(first_lines, count, sources, targets, further_lines)


def _texts(unit: str, wanted: tuple[str, str]) -> tuple[str, str] | None:
    """The two texts of a unit; None if it is not plain, or has no two texts."""
    variants = _VARIANT.findall(unit)
    # Each has one text, and nothing else is called so.
    if not len(variants) == unit.count("<tu") == unit.count("<seg"):
        return None
    chosen = pair_of(tuple([_language(attributes) for attributes, _ in variants]), wanted)
    if chosen is None:
        return None
    source, target = (_text(variants[index][1]) for index in chosen)
    return (source, target) if source and target else None


@lru_cache(maxsize=4096)
def _language(attributes: str) -> str:
    return attribute_of(attributes, "xml:lang") or attribute_of(attributes, "lang")


def _text(variant: str) -> str:
    """The text of a variant; empty if it has codes, or is empty."""
    segment = _SEGMENT.search(variant)
    if segment is None or _ODD.search(segment[1]):
        return ""
    text = segment[1].strip()
    if "&" in text:
        text = unescape(text)
    return text.replace("\r\n", "\n") if "\r" in text else text
