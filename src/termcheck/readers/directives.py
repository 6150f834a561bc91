"""Finds the comments that are addressed to termcheck, and takes them out of the text that is read.

They must change nothing else: a paragraph with such a comment is the same paragraph, and neighbours stay
neighbours. So a line with nothing but a comment is dropped before anything looks at lines, and a comment at
either end of a line is cut off. A comment in the middle of a line stays, as protected text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.protect_rst import code_spans

# A comment may take several lines. If a blank line or another comment comes before its closing mark, the mark
# was forgotten; the comment then ends with its line, so that it hides no text.
_INNER = r"(?:(?!<!--|\{/\*|(?:\r\n|\n|\r)[ \t]*[\r\n])(?s:.)){0,4000}?"
_MARKUP = compile_later(
    rf"<!--\s*termcheck\b{_INNER}-->|\{{/\*\s*termcheck\b{_INNER}\*/\}}"
    r"|(?:<!--|\{/\*)\s*termcheck\s*:[^\r\n]*"
)
# In a text without markup a line that begins like this is a comment.
_LINES = compile_later(r"^[ \t]*(?:#|\.\.)[ \t]+termcheck[ \t]*:[^\r\n]*", re.MULTILINE)
_BEFORE = compile_later(r"[ \t]{0,3}(?:>[ \t]{0,3})*$")
_VISIBLE = compile_later(r"\S")
_NOT_BLANK = compile_later(r"[^ \t]")
_BLANK_LINE = compile_later(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")


class SetAside(Struct, frozen=True):
    """The lines of a text without its comments to termcheck, and the raw spans of these, in order."""

    lines: list[Span]
    comments: tuple[Span, ...]


def set_aside(raw: str, lines: Sequence[Span], *, line_comments: bool = False) -> SetAside:
    """Take the comments to termcheck out of lines (raw spans without newlines).

    With `line_comments` a line that begins with `#` or `..` may be a comment, too.
    """
    found = list(_comments(raw, line_comments=line_comments)) if "termcheck" in raw else []
    if not found:
        return SetAside(list(lines), ())
    # Only front matter stands before the first line.
    found = [comment for comment in found if lines and comment.start >= lines[0].start]
    return SetAside(_without(found, lines, raw), tuple(found))


def without_comments(raw: str, cell: Span) -> Span:
    """A part of a line without the comments to termcheck at its ends."""
    if raw.find("termcheck", cell.start, cell.end) < 0:
        return cell
    found = [Span(*match.span()) for match in _MARKUP.finditer(raw, cell.start, cell.end)]
    remaining = _without(found, [cell], raw)
    return remaining[0] if remaining else Span(cell.start, cell.start)


def outside(comments: Sequence[Span], code: Sequence[Span]) -> tuple[Span, ...]:
    """The comments that do not begin in code, whose raw spans are sorted and disjoint."""
    return tuple(comment for comment in comments if not _begins_in(comment, code))


def _begins_in(comment: Span, code: Sequence[Span]) -> bool:
    index = bisect_right(code, comment.start, key=lambda span: span.end)
    return index < len(code) and code[index].start <= comment.start


def code_around(comments: Sequence[Span], raw: str) -> Iterator[Span]:
    """What stands between backticks in the paragraphs in which there are comments."""
    end = 0
    for comment in comments:
        if comment.start >= end:
            start = max((blank.end() for blank in _BLANK_LINE.finditer(raw, end, comment.start)), default=end)
            blank = _BLANK_LINE.search(raw, comment.end)
            end = blank.start() if blank else len(raw)
            for span in code_spans(raw[start:end]):
                yield Span(start + span.start, start + span.end)


def _comments(raw: str, *, line_comments: bool) -> Iterator[Span]:
    spans = [Span(*match.span()) for match in _MARKUP.finditer(raw)]
    if line_comments:
        spans += (Span(*match.span()) for match in _LINES.finditer(raw.replace("\r", "\n")))
        spans.sort()
    end = 0
    for span in spans:
        if span.start >= end:
            end = span.end
            yield span


def _without(comments: Sequence[Span], lines: Sequence[Span], raw: str) -> list[Span]:
    """What remains of the lines without the comments."""
    starts = [line.start for line in lines]
    remaining = list[Span | None](lines)
    # Several comments at the end of a line go from the last one back, several at its start from the first one
    # on.
    for comment in (*reversed(comments), *comments):
        first = bisect_right(starts, comment.start) - 1
        last = bisect_right(starts, comment.end - 1) - 1
        _cut(raw, comment, remaining, first, last)
    return [line for line in remaining if line is not None]


def _cut(raw: str, comment: Span, remaining: list[Span | None], first: int, last: int) -> None:
    """Take a comment on the lines `first` to `last` out of what remains of the lines."""
    begin, end = remaining[first], remaining[last]
    if begin is None or end is None or comment.start < begin.start or comment.end > end.end:
        return
    # A line may have thousands of comments, so none of this copies it or searches all of it.
    alone = _BEFORE.match(raw, begin.start, comment.start) is not None
    ends = _VISIBLE.search(raw, comment.end, end.end) is None
    if alone and ends:
        remaining[first : last + 1] = [None] * (last + 1 - first)
    elif ends and first == last and _NOT_BLANK.search(raw, begin.start, comment.start):
        # A comment with nothing but blanks before it is deeply indented, and may be code.
        stop = comment.start
        while raw[stop - 1] in " \t":
            stop -= 1
        remaining[first] = Span(begin.start, stop)
    elif alone and first == last and comment.start == begin.start:
        rest = raw[comment.end : end.end]
        remaining[first] = Span(end.end - len(rest.lstrip(" \t")), end.end)
