"""Which words of a text change when another is written over it.

A fix for a text that stands in two places of a file, such as two lines, touches only the place that changes.
"""

from __future__ import annotations

from collections.abc import Callable

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.assembly import UNSPACED
from termcheck.readers.base import Replacement
from termcheck.text.search import shared_prefix

# `\\N` is one in ASS.
_LINE_BREAK = compile_later(r"[\r\n]|\\[Nn]")
_UNSPACED = compile_later(f"[{UNSPACED}]")


def reworded(
    document: Document, segment: Segment, span: Span, text: str, escaped: Callable[[str], str] = str
) -> Replacement | None:
    """Write a text over a span of a segment, in the words that change; None if these are on several lines.

    Lines stay as they are. `escaped` says how the format writes a text.
    """
    raw = segment.raw_span(span)
    if _LINE_BREAK.search(document.raw, raw.start, raw.end):
        changed, text = changed_words(segment, span, text)
        raw = segment.raw_span(changed) if len(changed) else insertion_place(segment, span, changed.start)
        if _LINE_BREAK.search(document.raw, raw.start, raw.end):
            return None
    return [(raw, escaped(text))]


def changed_words(segment: Segment, span: Span, text: str) -> tuple[Span, str]:
    """The part of a span that differs from `text`, in whole words, and what is to replace it."""
    old = segment.text[span.start : span.end]
    before = shared_prefix(old, text)
    while before and _is_inside_word(text, before):
        before -= 1
    after = shared_prefix(old[before:][::-1], text[before:][::-1])
    while after and _is_inside_word(text, len(text) - after):
        after -= 1
    return Span(span.start + before, span.end - after), text[before : len(text) - after]


def insertion_place(segment: Segment, span: Span, offset: int) -> Span:
    """The raw place of an offset at which words are added to a span of a segment's text."""
    if offset > span.start:
        end = segment.raw_span(Span(offset - 1, offset)).end
        return Span(end, end)
    start = segment.raw_span(Span(offset, offset + 1)).start
    return Span(start, start)


def _is_inside_word(text: str, offset: int) -> bool:
    """Whether an offset is inside a word of a script that puts blanks between words."""
    around = text[max(offset - 1, 0) : offset + 1]
    return len(around) == 2 and around.isalnum() and not _UNSPACED.search(around)
