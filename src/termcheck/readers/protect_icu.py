"""Blocks of ICU messages: `{count, plural, one {# file} other {# files}}`.

The words of the branches are language. All that says which branch is chosen is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.model import Span

_HEADER = compile_later(r"\{\s*[\w.]+\s*,\s*(?:plural|select|selectordinal)\s*,\s*(?:offset:\s*\d+\s*)?")
_BRANCH = compile_later(r"\s*(?:=\d+|[\w-]+)\s*\{")
_END = compile_later(r"\s*\}")
_MARK = compile_later(r"'[{}#][^']*+(?:'|\Z)|[{}#]")
_PLACEHOLDER = compile_later(r"\{[^{}]*+\}")


def icu_spans(text: str) -> Iterator[Span]:
    """The marks, names and selectors of all blocks that end soundly, and each `#` in them.

    Takes linear time, however deep blocks stand inside one another.
    """
    offset = 0
    while header := _HEADER.search(text, offset):
        found, offset = _block(text, header.start())
        yield from found


def _block(text: str, start: int) -> tuple[list[Span], int]:
    """The spans of the block at an offset, none if it does not end soundly, and where the search goes on."""
    spans: list[Span] = []
    depth, offset = 0, start
    while True:
        header = _HEADER.match(text, offset)
        if header is not None:
            depth += 1
            begin, offset = offset, header.end()
        elif text.startswith("{", offset):
            placeholder = _PLACEHOLDER.match(text, offset)
            if placeholder is None:
                return [], offset + 1
            offset = placeholder.end()
            begin = -1
        else:
            # The end of a branch.
            begin, offset = offset, offset + 1
        while begin >= 0:
            if branch := _BRANCH.match(text, offset):
                offset = branch.end()
                spans.append(Span(begin, offset))
                break
            end = _END.match(text, offset)
            if end is None:
                return [], max(offset, start + 1)
            depth, offset = depth - 1, end.end()
            spans.append(Span(begin, offset))
            if not depth:
                return spans, offset
            begin = -1
        mark = _next_mark(text, offset, spans)
        if mark < 0:
            return [], len(text)
        offset = mark


def _next_mark(text: str, offset: int, spans: list[Span]) -> int:
    """The next brace outside of quotes, -1 if there is none; adds the signs for the number before it."""
    for mark in _MARK.finditer(text, offset):
        if mark[0] in ("{", "}"):
            return mark.start()
        if mark[0] == "#":
            spans.append(Span(*mark.span()))
    return -1
