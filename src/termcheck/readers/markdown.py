"""Markdown: its blocks as segments, in the words a reader of the rendered page sees.

Blocks, tables and inline markup have modules of their own; this one ties them together and takes the
front matter apart, whose date decides which terms are valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, as_written
from termcheck.readers.directives import outside, set_aside
from termcheck.readers.markdown_blocks import Block, Scanner
from termcheck.readers.markdown_inline import reference_labels, rendered
from termcheck.readers.markdown_syntax import BLOCK_TAGS
from termcheck.readers.markdown_table import table_segments
from termcheck.readers.paragraphs import Rows, is_wording, paragraph_segments

_LINE = compile_later(r"([^\r\n]*)(\r\n|\n|\r)?")
_SEPARATOR = compile_later(rf"</?(?:br|{BLOCK_TAGS})\b[^<>]{{0,500}}>", re.IGNORECASE)
_SCALAR = compile_later(
    r"([A-Za-z_][\w -]*?)\s*[:=]\s+(?:\"([^\"]*)\"|'([^']*)'|([^\s\[{|>&*!#\"'].*?))\s*(?:\s#.*)?$"
)


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read Markdown. Nothing in it can be wrong, so nothing is raised."""
    lines = [Span(*match.span(1)) for match in _LINE.finditer(raw) if match[0]]
    front_matter, first = _front_matter(raw, lines)
    labels = reference_labels(raw)
    rows = Rows()
    aside = set_aside(raw, lines[first:])
    scanner = Scanner(raw, aside.lines)
    segments = (
        rendered(segment, labels)
        for block in scanner.blocks()
        for segment in _block_segments(raw, block, rows, options)
    )
    found = tuple(filter(is_wording, segments))
    return Reading(found, front_matter, directives=outside(aside.comments, scanner.code, raw))


def _block_segments(raw: str, block: Block, rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    if block.kind == "table":
        yield from table_segments(raw, [line.span for line in block.lines], rows, options)
        return
    separator = _SEPARATOR if block.kind == "html" else None
    for segment in paragraph_segments(raw, block.lines, rows, soft=True, separator=separator):
        yield replace(segment, heading=True) if block.kind == "heading" else segment


def _front_matter(raw: str, lines: Sequence[Span]) -> tuple[dict[str, str], int]:
    """The scalars of YAML or TOML front matter, and the index of the first line after it."""
    fence = raw[lines[0].start : lines[0].end].rstrip() if lines else ""
    closing = {"---": ("---", "..."), "+++": ("+++",)}.get(fence, ())
    values: dict[str, str] = {}
    for index in range(1, len(lines) if closing else 0):
        line = raw[lines[index].start : lines[index].end]
        if line.rstrip() in closing:
            return values, index + 1
        if len(line) < 1000 and (match := _SCALAR.match(line)):
            values[match[1]] = match[2] or match[3] or match[4] or ""
    return {}, 0


# An ampersand is markup only before a name and a semicolon.
_MARKUP = compile_later(r"[\\<>*_`\[\]|~{}]|&#?\w*;|^(?:[-+=#:]|\d+[.)])")


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is, unless the text would be read as markup."""
    raw = as_written(document, segment, span)
    return None if raw is None or _MARKUP.search(text) else [(raw, text)]
