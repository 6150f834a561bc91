"""HTML inside Markdown: which of it is code, which is a comment to read, and which is text between tags.

Documentation teams keep the English original in a comment above its translation, so comments are read as
text, unless they are addressed to a tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.lazy import compile_later

BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
SEPARATOR = compile_later(rf"</?(?:br|{BLOCK_TAGS})\b[^<>]{{0,500}}>", re.IGNORECASE)
"""Tags that begin or end a line of the page."""

_OPAQUE = (
    r"\s*(?:<(?P<tag>script|pre|style|textarea)(?=[\s>]|\Z).*?(?:</(?P=tag)>|\Z)"
    r"|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![a-z].*?(?:>|\Z))"
)
_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE
_PARTS = compile_later(
    rf"(?P<opaque>{_OPAQUE})|\s*<!--[ \t]*(?P<comment>.*?)(?:-->|\Z)|(?P<text>.+?)(?=^[ \t]*<!--|\Z)", _FLAGS
)
_PARTS_OF_COMMENTS = compile_later(rf"(?P<opaque>{_OPAQUE})|(?P<text>.+)", _FLAGS)

# A lone lower-case word (`more`, `body`) is a mark for a site generator.
_MARK = compile_later(r"\s*(?:[a-z][\w./:-]*)?\s*$")
_REMARK = compile_later(
    r"\s*(?:termcheck|prettier|markdownlint|textlint|vale|eslint|cspell|spell-?checker|remark|doctoc|toc|omit"
    r"|spdx|copyright\s*(?:\(c\)|©|\d)|todo|fixme)\b",
    re.IGNORECASE,
)


def parts(html: str, *, in_comment: bool) -> Iterator[tuple[str, int, int]]:
    """Cut an HTML block into parts: their kind (`text`, `comment` or `opaque`), start and end.

    There is no language in an opaque part. Comments to tools are left out. A comment has no comments in it.
    """
    pattern = _PARTS_OF_COMMENTS if in_comment else _PARTS
    for match in pattern.finditer(html):
        kind = match.lastgroup or "opaque"
        start, end = match.span(kind)
        if kind != "comment" or not _is_remark(html[start:end]):
            yield kind, start, end


def _is_remark(comment: str) -> bool:
    """Whether a comment is addressed to a tool."""
    is_mark = len(comment) < 100 and _MARK.match(comment) is not None
    return is_mark or _REMARK.match(comment[:100]) is not None
