"""How the blocks of Markdown begin and end, as patterns.

They follow CommonMark 0.31 and the tables of GitHub's variant, with the lines that site generators and
linters have added; each is tried at the place where a line's content begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from termcheck.lazy import compile_later

QUOTES = compile_later(r"(?:[ \t]{0,3}>[ \t]?)*")
INDENT = compile_later(r"[ \t]*")
MARKER = compile_later(r"([-*+]|(\d{1,9})[.)])(?:([ \t]+)(?:\[[ xX]\][ \t]+)?|$)")
FENCE = compile_later(r"(`{3,}(?=[^`]*$)|~{3,})")
HEADING = compile_later(r"#{1,6}(?:[ \t]+|$)")
HEADING_END = compile_later(r"(?:^|[ \t]+)#+[ \t]*$|[ \t]*\{[:#.][^{}]*\}[ \t]*$")
UNDERLINE = compile_later(r"(?:=+|-+)[ \t]*$")
RULE = compile_later(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
DEFINITION = compile_later(r"\[[^\[\]^][^\[\]]*\]:[ \t]*\S")
FOOTNOTE = compile_later(r"\[\^[^\[\]\s]+\]:[ \t]*")
# Lines that steer a site generator: shortcodes, admonition fences, alert labels, attribute lists.
DIRECTIVE = compile_later(
    r"(?:\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}|\{:[^{}]*\}|:{3,}.{0,200}|\[!\w+\]|\[\[?_?toc_?\]?\])\s*$",
    re.IGNORECASE,
)
HARD_BREAK = compile_later(r"(?: {2,}|\\)$")

BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
HTML = compile_later(rf"</?(?:{BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE)
LONE_TAG = compile_later(r"(?:<[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>|</[A-Za-z][\w.:-]*\s*>)\s*$")
# Openings of raw blocks and what ends them; nothing in them is language.
RAW: Mapping[re.Pattern[str], str] = {
    compile_later(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE): "</{}>",
    compile_later(r"<\?"): "?>",
    compile_later(r"<!\[CDATA\["): "]]>",
    compile_later(r"<![A-Za-z]"): ">",
}
# Comments that talk to tools; a lone lower-case word (`more`, `body`) is a mark for a site generator.
MARK = compile_later(r"\s*(?:[a-z][\w./:-]*)?\s*$")
REMARK = compile_later(
    r"\s*(?:termcheck|prettier|markdownlint|textlint|vale|eslint|cspell|spell-?checker|remark|doctoc|toc|omit"
    r"|spdx|copyright\s*(?:\(c\)|©|\d)|todo|fixme)\b",
    re.IGNORECASE,
)
