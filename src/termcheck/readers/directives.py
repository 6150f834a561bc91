"""Comments that are addressed to termcheck, found in a text and taken out of what is read.

They must change nothing else: a paragraph with such a comment is the same paragraph, and neighbours stay
neighbours. So lines that hold nothing but a comment are left out before anything looks at lines, and a
comment at either end of a line is cut off; only one in the midst of a line is left, as protected text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.protect import code_spans

# A comment may take several lines, but neither a blank one nor the beginning of another comment: then its
# closing mark was forgotten, and it ends with its line, so that it hides nothing.
_INNER = r"(?:(?!<!--|\{/\*|(?:\r\n|\n|\r)[ \t]*[\r\n])(?s:.)){0,4000}?"
_MARKUP = compile_later(
    rf"<!--\s*termcheck\b{_INNER}-->|\{{/\*\s*termcheck\b{_INNER}\*/\}}"
    r"|(?:<!--|\{/\*)\s*termcheck\s*:[^\r\n]*"
)
# What stands for a comment in texts without markup: a line that begins so.
_LINES = compile_later(r"^[ \t]*(?:#|\.\.)[ \t]+termcheck[ \t]*:[^\r\n]*", re.MULTILINE)
_BEFORE = compile_later(r"[ \t]{0,3}(?:>[ \t]{0,3})*$")
# Backticks further away than this show nothing as code.
_LONGEST_PARAGRAPH = 20_000
_BLANK_LINE = compile_later(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")


class SetAside(Struct, frozen=True):
    """What is left of the lines of a text, and the raw stretches of the comments, in order."""

    lines: list[Span]
    comments: tuple[Span, ...]


def set_aside(raw: str, lines: Sequence[Span], *, plain: bool = False) -> SetAside:
    """Take the comments to termcheck out of lines (raw spans without newlines).

    `plain` texts may have them in lines that begin with `#` or `..`, too.
    """
    found = list(_comments(raw, plain=plain)) if "termcheck" in raw else []
    if not found:
        return SetAside(list(lines), ())
    # What stands before the first line is front matter.
    found = [comment for comment in found if lines and comment.start >= lines[0].start]
    return SetAside(_left(raw, found, lines), tuple(found))


def without_comments(raw: str, cell: Span) -> Span:
    """A stretch of a line without the comments to termcheck at its ends."""
    if raw.find("termcheck", cell.start, cell.end) < 0:
        return cell
    found = [Span(*match.span()) for match in _MARKUP.finditer(raw, cell.start, cell.end)]
    left = _left(raw, found, [cell])
    return left[0] if left else Span(cell.start, cell.start)


def outside(comments: Sequence[Span], skipped: Sequence[Span], raw: str) -> tuple[Span, ...]:
    """The comments that are not in code: neither in the `skipped` stretches nor between backticks."""
    return tuple(
        comment
        for comment in comments
        if not any(stretch.overlaps(comment) for stretch in skipped) and not _in_code_span(raw, comment)
    )


def _comments(raw: str, *, plain: bool) -> Iterator[Span]:
    spans = [Span(*match.span()) for match in _MARKUP.finditer(raw)]
    if plain:
        spans += (Span(*match.span()) for match in _LINES.finditer(raw.replace("\r", "\n")))
        spans.sort()
    end = 0
    for span in spans:
        if span.start >= end:
            end = span.end
            yield span


def _left(raw: str, comments: Sequence[Span], lines: Sequence[Span]) -> list[Span]:
    starts = [line.start for line in lines]
    left = list[Span | None](lines)
    # Of several at the end of a line the last goes first, of several at its beginning the first.
    for comment in (*reversed(comments), *comments):
        first = bisect_right(starts, comment.start) - 1
        last = bisect_right(starts, comment.end - 1) - 1
        _cut(raw, comment, left, first, last)
    return [line for line in left if line is not None]


def _cut(raw: str, comment: Span, left: list[Span | None], first: int, last: int) -> None:
    """Take one comment, on the lines `first` to `last`, out of what is left of the lines."""
    begin, end = left[first], left[last]
    if begin is None or end is None or comment.start < begin.start or comment.end > end.end:
        return
    before = raw[begin.start : comment.start]
    alone = _BEFORE.match(before) is not None
    ends = not raw[comment.end : end.end].strip()
    if alone and ends:
        left[first : last + 1] = [None] * (last + 1 - first)
    elif ends and first == last and before.strip(" \t"):  # one that is indented deeply may be code
        left[first] = Span(begin.start, begin.start + len(before.rstrip(" \t")))
    elif alone and first == last and comment.start == begin.start:
        rest = raw[comment.end : end.end]
        left[first] = Span(end.end - len(rest.lstrip(" \t")), end.end)


def _in_code_span(raw: str, comment: Span) -> bool:
    """Whether a comment is shown as code, in the paragraph it stands in."""
    begin = max(0, comment.start - _LONGEST_PARAGRAPH)
    before = [match.end() for match in _BLANK_LINE.finditer(raw, begin, comment.start)]
    start = before[-1] if before else begin
    after = _BLANK_LINE.search(raw, comment.end)
    paragraph = raw[start : after.start() if after else len(raw)]
    if "`" not in paragraph:
        return False
    inner = Span(comment.start - start, comment.end - start)
    return any(span.contains(inner) for span in code_spans(paragraph))
