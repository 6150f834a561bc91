"""The pattern of a Fluent message: where it ends, and which parts of it are no language."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.base import RowError
from termcheck.readers.keyed import MOST_LEVELS
from termcheck.text.positions import trimmed

_TEXT = compile_later(r"[^{}\r\n]*+(?:\r(?!\n)[^{}\r\n]*+)*+")
_NEWLINE = compile_later(r"\r?\n")
# Further lines of a text: blank ones, then one that is indented and does not begin with a mark.
_CONTINUES = compile_later(r"(?:[ ]*(?:\r?\n))+(?:[ ]+(?![.*\[}])(?=[^ \r\n])|(?=\{))")
_VARIANT = compile_later(r"[ ]*(?:\r?\n[ ]*)+(\*?\[\s*[^\s\[\]]+\s*\])[ ]*")
_SELECT_END = compile_later(r"[ ]*(?:\r?\n[ ]*)+\}")
# Where another entry may begin, braces were not closed.
_IN_BRACES = compile_later(
    r"(?:[^{}\"\r\n-]|\r?\n(?![A-Za-z#-])|-(?!>)|\"(?:[^\"\\\r\n]|\\[^\r\n])*+\")*+(->|[{}])"
)


class Pattern(Struct):
    """A pattern: the raw spans of its lines, those of what is no language in them, and where it ends."""

    end: int
    lines: list[Span] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)


def pattern_at(raw: str, start: int) -> Pattern:
    """The pattern that begins at an offset, behind `=`. Raises RowError for braces that do not match.

    A selector with its variants is a part of the pattern: the texts of the variants are lines of it.
    """
    pattern = Pattern(start)
    offset, depth = start, 0
    while True:
        text = _TEXT.match(raw, offset)
        offset = text.end() if text else offset
        if raw.startswith("{", offset):
            offset, selects = _placeable(raw, offset, pattern)
            depth += selects
            if depth > MOST_LEVELS:
                raise RowError(offset, f"more than {MOST_LEVELS} selectors inside one another")
        elif raw.startswith("}", offset):
            raise RowError(offset, "“}” without “{”", 'write {"}"} for the character')
        elif depth:
            offset, depth = _after_variant(raw, offset, depth, pattern)
        elif further := _CONTINUES.match(raw, offset):
            offset = further.end()
        else:
            pattern.end = offset
            pattern.lines = list(_lines(raw, Span(start, offset)))
            return pattern


def _placeable(raw: str, start: int, pattern: Pattern) -> tuple[int, bool]:
    """Mark a placeable; gives the offset after it, and whether that is in the first variant of a selector."""
    offset, depth = start + 1, 1
    while mark := _IN_BRACES.match(raw, offset):
        offset = mark.end()
        if mark[1] == "->":
            variant = _VARIANT.match(raw, offset)
            if variant is None or depth > 1:
                raise RowError(
                    mark.start(1), "this selector has no variants", "write [one] or *[other] below it"
                )
            pattern.marks.append(Span(start, variant.end()))
            return variant.end(), True
        depth += 1 if mark[1] == "{" else -1
        if not depth:
            pattern.marks.append(Span(start, offset))
            return offset, False
    raise RowError(start, "this placeable does not end", "close it with “}”")


def _after_variant(raw: str, offset: int, depth: int, pattern: Pattern) -> tuple[int, int]:
    """Where a text in a variant goes on, or what follows it, and how many selectors are then open."""
    if variant := _VARIANT.match(raw, offset):
        pattern.marks.append(Span(*variant.span()))
        return variant.end(), depth
    if end := _SELECT_END.match(raw, offset):
        pattern.marks.append(Span(*end.span()))
        return end.end(), depth - 1
    if further := _CONTINUES.match(raw, offset):
        return further.end(), depth
    raise RowError(min(offset, len(raw) - 1), "this selector does not end", "close it with “}”")


def _lines(raw: str, span: Span) -> Iterator[Span]:
    start = span.start
    for newline in (*_NEWLINE.finditer(raw, span.start, span.end), None):
        line = trimmed(raw, start, newline.start() if newline else span.end)
        if len(line):
            yield line
        start = newline.end() if newline else span.end
