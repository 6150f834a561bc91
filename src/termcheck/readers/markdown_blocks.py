"""The blocks of Markdown, without the cost of a full parse.

A CommonMark parser takes forty times as long as cutting at blank lines and gives no columns, so blocks
are found here by one look at the beginning of each line; markdown-it-py is the oracle in the tests.
Simplified against CommonMark: a paragraph ends where its quote markers change (no lazy continuation),
and a table row needs a pipe. Comments are read as text: documentation teams keep the English original
in a comment above its translation.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from termcheck.model import Span
from termcheck.readers.markdown_table import is_table
from termcheck.readers.paragraphs import Line, trimmed

_QUOTES = re.compile(r"(?:[ \t]{0,3}>[ \t]?)*")
_INDENT = re.compile(r"[ \t]*")
_MARKER = re.compile(r"([-*+]|(\d{1,9})[.)])(?:([ \t]+)(?:\[[ xX]\][ \t]+)?|$)")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$|[ \t]*\{[:#.][^{}]*\}[ \t]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DEFINITION = re.compile(r"\[[^\[\]^][^\[\]]*\]:[ \t]*\S")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:[ \t]*")
# Lines that steer a site generator: shortcodes, admonition fences, alert labels, attribute lists.
_DIRECTIVE = re.compile(
    r"(?:\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}|\{:[^{}]*\}|:{3,}.{0,200}|\[!\w+\]|\[\[?_?toc_?\]?\])\s*$",
    re.IGNORECASE,
)
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")

BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_HTML = re.compile(rf"</?(?:{BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE)
_LONE_TAG = re.compile(r"(?:<[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>|</[A-Za-z][\w.:-]*\s*>)\s*$")
# Openings of raw blocks and what ends them; nothing in them is language.
_RAW: Mapping[re.Pattern[str], str] = {
    re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE): "</{}>",
    re.compile(r"<\?"): "?>",
    re.compile(r"<!\[CDATA\["): "]]>",
    re.compile(r"<![A-Za-z]"): ">",
}
# Comments that talk to tools; a lone lower-case word (`more`, `body`) is a mark for a site generator.
_MARK = re.compile(r"\s*(?:[a-z][\w./:-]*)?\s*$")
_REMARK = re.compile(
    r"\s*(?:termcheck|prettier|markdownlint|textlint|vale|eslint|cspell|spell-?checker|remark|doctoc|toc|omit"
    r"|spdx|copyright\s*(?:\(c\)|©|\d)|todo|fixme)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong to one block; `kind` is paragraph, heading, html or table."""

    kind: str
    lines: tuple[Line, ...]


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
        self.depth = 0
        self.paragraph: list[Line] = []

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
        start, depth, indent = self._content(line)
        if start == line.end:
            yield from self._flush()
            self.at += 1
            return
        if depth != self.depth:
            yield from self._flush()
            self.items, self.depth = [], depth
        while self.items and indent < self.items[-1]:
            self.items.pop()
        if indent - (self.items[-1] if self.items else 0) >= 4:
            # Deep indentation is code, unless a paragraph is going on.
            if self.paragraph:
                self._continue(start)
            self.at += 1
            return
        start, indent, item = self._markers(start, indent)
        if item or start == line.end:
            yield from self._flush()
        yield from self._block(Span(start, line.end), indent)

    def _content(self, line: Span) -> tuple[int, int, int]:
        """Where a line's content begins, its quote depth, and its indentation in columns."""
        quotes = _QUOTES.match(self.raw, line.start, line.end)
        start = quotes.end() if quotes else line.start
        depth = self.raw.count(">", line.start, start)
        if not depth:
            start = line.start
        blanks = _INDENT.match(self.raw, start, line.end)
        end = blanks.end() if blanks else start
        return end, depth, len(self.raw[start:end].expandtabs(4))

    def _markers(self, start: int, indent: int) -> tuple[int, int, bool]:
        """Pass over list markers; gives the content's start and indentation, and whether there were any."""
        item, end = False, self.lines[self.at].end
        while match := _MARKER.match(self.raw, start, end):
            if _RULE.match(self.raw, start, end):
                break
            if (
                self.paragraph
                and not item
                and (match.end() == end or (match[2] and int(match[2]) != 1 and not self.items))
            ):
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
        if mark in ("`", "~") and (fence := _FENCE.match(raw, start, end)):
            yield from self._flush()
            self._skip_code(fence[1])
        elif mark == "#" and (hashes := _HEADING.match(raw, start, end)):
            yield from self._flush()
            closing = _HEADING_END.search(raw[hashes.end() : end])
            stop = hashes.end() + closing.start() if closing else end
            self.paragraph.append(Line(trimmed(raw, hashes.end(), stop)))
            yield from self._flush("heading")
            self.at += 1
        elif mark in ("=", "-") and self.paragraph and _UNDERLINE.match(raw, start, end):
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
        patterns = (_RULE, _DIRECTIVE) if self.paragraph else (_RULE, _DIRECTIVE, _DEFINITION)
        return any(pattern.match(self.raw, line.start, line.end) for pattern in patterns)

    def _continue(self, start: int) -> None:
        """Add the current line to the paragraph."""
        end = self.lines[self.at].end
        if footnote := _FOOTNOTE.match(self.raw, start, end):
            start = footnote.end()
        broken = _HARD_BREAK.search(self.raw[max(start, end - 8) : end])
        span = trimmed(self.raw, start, end - 1 if broken and broken[0] == "\\" else end)
        if len(span):
            self.paragraph.append(Line(span, broken is not None))

    def _skip_code(self, fence: str) -> None:
        """Pass over a fenced block: to its closing fence, or to the end of what contains it."""
        floor = self.items[-1] if self.items else 0
        for index in range(self.at + 1, len(self.lines)):
            line = self.lines[index]
            start, depth, indent = self._content(line)
            if depth < self.depth or (start < line.end and indent < floor):
                self.at = index
                return
            text = self.raw[start : min(line.end, start + 1000)].rstrip()
            if text.startswith(fence) and not text.strip(fence[0]) and indent - floor < 4:
                self.at = index + 1
                return
        self.at = len(self.lines)

    def _markup(self, line: Span, indent: int) -> Generator[Block, None, bool]:
        """A line that begins with `<`; gives whether it was HTML of its own and is dealt with."""
        raw, start = self.raw, line.start
        if raw.startswith("<!--", start) and not self.in_comment:
            yield from self._flush()
            yield from self._comment(line, indent)
            return True
        for opening, closing in _RAW.items():
            if match := opening.match(raw, start, line.end):
                yield from self._flush()
                name = match[1] if match.re.groups else ""
                self._resume_after(_closing(closing, name).search(raw, match.end(), self.lines[-1].end))
                return True
        if not _HTML.match(raw, start, line.end) and (
            self.paragraph or not _LONE_TAG.match(raw, start, line.end)
        ):
            return False
        yield from self._flush()
        while self.at < len(self.lines):
            start, depth, _ = self._content(self.lines[self.at])
            if start == self.lines[self.at].end or depth != self.depth:
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
        if not _REMARK.match(head) and not (_MARK.match(head) and end - start < 100):
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
        while self.lines[self.at].end < closing.end():
            self.at += 1
        self.lines[self.at] = Span(closing.end(), self.lines[self.at].end)

    def _table_begins(self, line: Span) -> bool:
        if self.at + 1 >= len(self.lines) or self.raw.find("|", line.start, line.end) < 0:
            return False
        following = self.lines[self.at + 1]
        start, depth, _ = self._content(following)
        return depth == self.depth and is_table(self.raw, line, Span(start, following.end))

    def _table(self, header: Span) -> Block:
        """The header and the body; the line of dashes between them is left out."""
        lines = [Line(header)]
        self.at += 2
        while self.at < len(self.lines):
            end = self.lines[self.at].end
            start, depth, _ = self._content(self.lines[self.at])
            if depth != self.depth or self.raw.find("|", start, end) < 0:
                break
            lines.append(Line(trimmed(self.raw, start, end)))
            self.at += 1
        return Block("table", tuple(lines))
