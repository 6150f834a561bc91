"""The blocks of Markdown, found by one look at the beginning of each line.

A CommonMark parser says on which lines a block lies but not in which columns, and a finding needs both;
markdown-it-py is therefore not used here but is the oracle in the tests. Simplified against CommonMark:
a paragraph ends where its quote markers change (no lazy continuation), and a table row needs a pipe.
Comments are read as text: documentation teams keep the English original in a comment above its
translation.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from functools import cache

from msgspec import Struct

from termcheck.model import Span
from termcheck.readers import markdown_syntax as syntax
from termcheck.readers.markdown_table import is_table
from termcheck.readers.paragraphs import Line, trimmed


class Block(Struct, frozen=True):
    """Lines that belong to one block; `kind` is paragraph, heading, html or table."""

    kind: str
    lines: tuple[Line, ...]


class _Content(Struct, frozen=True):
    """Where a line's content begins, and in what: quote marks before and inside list items, indentation.

    `indent` is in columns after the outer quote marks.
    """

    start: int
    depth: int
    indent: int
    inner: int


@cache
def _closing(template: str, name: str) -> re.Pattern[str]:
    return re.compile(re.escape(template.format(name)), re.IGNORECASE)


class Scanner:
    """Walks the lines once and gives out blocks; `base` is the indentation all of them may have."""

    def __init__(self, raw: str, lines: Sequence[Span], *, base: int = 0, in_comment: bool = False) -> None:
        self.raw = raw
        self.lines = list(lines)
        self.in_comment = in_comment
        self.at = 0
        self.items = [base] if base else []
        self.depth = self.inner = 0
        self.paragraph: list[Line] = []
        # Stretches of code and of other raw blocks, in which nothing is read.
        self.code: list[Span] = []

    def blocks(self) -> Iterator[Block]:
        """All blocks in order; code and other raw blocks are left out."""
        while self.at < len(self.lines):
            yield from self._line()
        yield from self._flush()

    def _flush(self, kind: str = "paragraph") -> Iterator[Block]:
        if self.paragraph:
            yield Block(kind, tuple(self.paragraph))
            self.paragraph = []

    def _line(self) -> Iterator[Block]:
        """Deal with the line at `self.at`, or with all lines of the block that begins there."""
        line = self.lines[self.at]
        content = self._content(line)
        start, indent = content.start, content.indent
        if start == line.end:
            yield from self._flush()
            self.at += 1
            return
        if content.depth != self.depth:
            yield from self._flush()
            self.items, self.depth = [], content.depth
        listed = bool(self.items)
        while self.items and indent < self.items[-1]:
            self.items.pop()
        if not content.inner and indent - (self.items[-1] if self.items else 0) >= 4:
            # Deep indentation is code, unless a paragraph is going on.
            if self.paragraph:
                self._continue(start)
            else:
                self.code.append(line)
            self.at += 1
            return
        yield from self._opened(line, content, listed)

    def _opened(self, line: Span, content: _Content, listed: bool) -> Iterator[Block]:
        """Deal with a line that is neither blank nor code, after the containers it opens."""
        start, indent, inner = content.start, content.indent, content.inner
        if not inner:
            start, indent, item = self._markers(start, indent, listed)
            if item:
                yield from self._flush()
                start, inner = self._quoted(start, line.end)
        if inner != self.inner or start == line.end:
            yield from self._flush()
            self.inner = inner
        yield from self._block(Span(start, line.end), indent)

    def _content(self, line: Span) -> _Content:
        if self.raw[line.start : line.start + 1] not in " \t>":
            return _Content(line.start, 0, 0, 0)
        start, depth = self._quoted(line.start, line.end)
        if (
            depth
            and not self.depth
            and self.items
            and self._indent(line.start, line.end)[1] >= self.items[-1]
        ):
            # The quote belongs to the list item.
            start, depth = line.start, 0
        start, indent = self._indent(start, line.end)
        start, inner = self._quoted(start, line.end)
        return _Content(self._indent(start, line.end)[0], depth, indent, inner)

    def _quoted(self, start: int, end: int) -> tuple[int, int]:
        """The offset after quote marks, and how many there were; `start` and 0 without any."""
        quotes = syntax.QUOTES.match(self.raw, start, end)
        stop = quotes.end() if quotes else start
        count = self.raw.count(">", start, stop)
        return (stop, count) if count else (start, 0)

    def _indent(self, start: int, end: int) -> tuple[int, int]:
        """The offset after blanks, and their width in columns."""
        blanks = syntax.INDENT.match(self.raw, start, end)
        stop = blanks.end() if blanks else start
        return stop, len(self.raw[start:stop].expandtabs(4))

    def _markers(self, start: int, indent: int, listed: bool) -> tuple[int, int, bool]:
        """Pass over list markers; gives the content's start and indentation, and whether there were any."""
        item, end = False, self.lines[self.at].end
        tried = ""
        while match := syntax.MARKER.match(self.raw, start, end):
            # `- - -` is a rule, not lists; what is no rule does not become one further right.
            if match[1] != tried and syntax.RULE.match(self.raw, start, end):
                break
            tried = match[1]
            # Only what cannot be mistaken for a line of text ends a paragraph: `2025.` could be one.
            doubtful = match.end() == end or (match[2] and int(match[2]) != 1 and not listed)
            if self.paragraph and not item and doubtful:
                break
            width = len(match[3].expandtabs(4)) if match[3] else 1
            indent += len(match[1]) + (width if width < 5 else 1)
            self.items.append(indent)
            start, item = match.end(), True
        return start, indent, item

    def _block(self, line: Span, indent: int) -> Iterator[Block]:
        """Tell by its beginning what a line is."""
        raw, (start, end) = self.raw, (line.start, line.end)
        mark = raw[start : start + 1]
        if mark == "<" and (yield from self._markup(line, indent)):
            return
        if mark in ("`", "~") and (fence := syntax.FENCE.match(raw, start, end)):
            yield from self._flush()
            self._skip_code(fence[1])
        elif mark == "#" and (hashes := syntax.HEADING.match(raw, start, end)):
            yield from self._flush()
            closing = syntax.HEADING_END.search(raw[hashes.end() : end])
            stop = hashes.end() + closing.start() if closing else end
            self.paragraph.append(Line(trimmed(raw, hashes.end(), stop)))
            yield from self._flush("heading")
            self.at += 1
        elif mark in ("=", "-") and self.paragraph and syntax.UNDERLINE.match(raw, start, end):
            yield from self._flush("heading")
            self.at += 1
        elif mark in "*-_{:[" and self._is_silent(line):
            yield from self._flush()
            self.at += 1
        elif self._table_begins(line):
            yield from self._flush()
            yield self._table(line)
        else:
            self._continue(start)
            self.at += 1

    def _is_silent(self, line: Span) -> bool:
        """Whether a line is a rule, a link definition or steers a site generator."""
        patterns = (
            (syntax.RULE, syntax.DIRECTIVE)
            if self.paragraph
            else (syntax.RULE, syntax.DIRECTIVE, syntax.DEFINITION)
        )
        return any(pattern.match(self.raw, line.start, line.end) for pattern in patterns)

    def _continue(self, start: int) -> None:
        """Add the current line to the paragraph."""
        end = self.lines[self.at].end
        if self.raw.startswith("[^", start) and (footnote := syntax.FOOTNOTE.match(self.raw, start, end)):
            start = footnote.end()
        broken = syntax.HARD_BREAK.search(self.raw[max(start, end - 8) : end])
        span = trimmed(self.raw, start, end - 1 if broken and broken[0] == "\\" else end)
        if len(span):
            self.paragraph.append(Line(span, broken is not None))

    def _skip_code(self, fence: str) -> None:
        """Pass over a fenced block: to its closing fence, or to the end of what contains it."""
        floor = self.items[-1] if self.items else 0
        begin = self.lines[self.at].start
        for index in range(self.at + 1, len(self.lines)):
            line = self.lines[index]
            content = self._content(line)
            start = content.start
            left = content.depth < self.depth or content.inner < self.inner
            text = self.raw[start : min(line.end, start + 1000)].rstrip()
            if left or (start < line.end and content.indent < floor):
                self.at = index
            elif text.startswith(fence) and not text.strip(fence[0]) and content.indent - floor < 4:
                self.at = index + 1
            else:
                continue
            self.code.append(Span(begin, line.start))
            return
        self.at = len(self.lines)
        self.code.append(Span(begin, self.lines[-1].end))

    def _markup(self, line: Span, indent: int) -> Generator[Block, None, bool]:
        """A line that begins with `<`; gives whether it was HTML of its own and is dealt with."""
        raw, start = self.raw, line.start
        if raw.startswith("<!--", start) and not self.in_comment:
            yield from self._flush()
            yield from self._comment(line, indent)
            return True
        for opening, closing in syntax.RAW.items():
            if match := opening.match(raw, start, line.end):
                yield from self._flush()
                name = match[1] if match.re.groups else ""
                end = _closing(closing, name).search(raw, match.end(), self.lines[-1].end)
                self.code.append(Span(start, end.end() if end else self.lines[-1].end))
                self._resume_after(end)
                return True
        if not syntax.HTML.match(raw, start, line.end) and (
            self.paragraph or not syntax.LONE_TAG.match(raw, start, line.end)
        ):
            return False
        yield from self._flush()
        while self.at < len(self.lines):
            content = self._content(self.lines[self.at])
            start = content.start
            if start == self.lines[self.at].end or not self._inside(content):
                break
            if raw.startswith("<!--", start) and not self.in_comment:
                break
            self._continue(start)
            self.at += 1
        yield from self._flush("html")
        return True

    def _comment(self, line: Span, indent: int) -> Iterator[Block]:
        """The text of a comment as blocks, unless it talks to a tool."""
        start, limit = line.start + 4, self.lines[-1].end
        closing = _closing("-->", "").search(self.raw, start, limit)
        end = closing.start() if closing else limit
        head = self.raw[start : min(end, start + 100)]
        if not syntax.REMARK.match(head) and not (syntax.MARK.match(head) and end - start < 100):
            inside = [Span(start, min(line.end, end))]
            for later in self.lines[self.at + 1 :]:
                if later.start >= end:
                    break
                inside.append(Span(later.start, min(later.end, end)))
            yield from Scanner(self.raw, inside, base=indent, in_comment=True).blocks()
        self._resume_after(closing)

    def _resume_after(self, closing: re.Match[str] | None) -> None:
        """Go on behind the end of a raw block: in the rest of its line, or at the end without one."""
        if closing is None:
            self.at = len(self.lines)
            return
        while self.at < len(self.lines) and self.lines[self.at].end < closing.end():
            self.at += 1
        if self.at < len(self.lines):
            line = self.lines[self.at]
            self.lines[self.at] = Span(max(closing.end(), line.start), line.end)

    def _table_begins(self, line: Span) -> bool:
        if self.at + 1 >= len(self.lines) or self.raw.find("|", line.start, line.end) < 0:
            return False
        following = self.lines[self.at + 1]
        content = self._content(following)
        return self._inside(content) and is_table(self.raw, line, Span(content.start, following.end))

    def _inside(self, content: _Content) -> bool:
        """Whether a line is in the same quotes as the block that is going on."""
        return content.depth == self.depth and content.inner == self.inner

    def _table(self, header: Span) -> Block:
        """The header and the body; the line of dashes between them is left out."""
        lines = [Line(header)]
        self.at += 2
        while self.at < len(self.lines):
            end = self.lines[self.at].end
            content = self._content(self.lines[self.at])
            if not self._inside(content) or self.raw.find("|", content.start, end) < 0:
                break
            lines.append(Line(trimmed(self.raw, content.start, end)))
            self.at += 1
        return Block("table", tuple(lines))
