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
_BREAK_IN_TEXT = compile_later(r"[ \t]*[\r\n\v\f\x85\u2028\u2029][\s]*")
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
    start, end, words = _changed(segment.text[span.start : span.end], text)
    return Span(span.start + start, span.start + end), words


def _changed(old: str, text: str) -> tuple[int, int, str]:
    """The offsets between which an old text differs from `text`, in whole words, and the words there."""
    before = shared_prefix(old, text)
    while before and _is_inside_word(text, before):
        before -= 1
    after = shared_prefix(old[before:][::-1], text[before:][::-1])
    while after and _is_inside_word(text, len(text) - after):
        after -= 1
    return before, len(old) - after, text[before : len(text) - after]


def between_breaks(segment: Segment, span: Span, text: str) -> tuple[Span, str] | None:
    """What to write where, so that all line breaks in a span of a segment's text stay between two words.

    Gives a part of the span that is not empty, and its new text. None if the words around a break change.
    """
    old = segment.text[span.start : span.end]
    breaks = list(_BREAK_IN_TEXT.finditer(old))
    if not breaks:
        return span, text
    # Each break counts as one blank; `offsets` leads back.
    parts, offsets, at = list[str](), list[int](), 0
    for found in breaks:
        parts += [old[at : found.start()], " "]
        offsets += range(at, found.start() + 1)
        at = found.end()
    parts.append(old[at:])
    offsets += range(at, len(old) + 1)
    first, last, words = _changed("".join(parts), text)
    start, end = offsets[first], offsets[last]
    if any(found.start() < end and start < found.end() for found in breaks):
        return None
    # An empty place has nothing to write over, so one of its neighbours is written anew.
    if start == end and start and not old[start - 1].isspace():
        start, words = start - 1, old[start - 1] + words
    elif start == end:
        end, words = end + 1, words + old[end : end + 1]
    within = 0 <= start < end <= len(old) and not _BREAK_IN_TEXT.search(old, start, end)
    return (Span(span.start + start, span.start + end), words) if within else None


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
