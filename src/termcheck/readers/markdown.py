"""Markdown: its blocks as segments, in the words a reader of the rendered page sees.

Front matter, blocks, tables and inline markup have modules of their own. This one ties them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers import front_matter
from termcheck.readers.base import Reading, ReadOptions, Replacement, as_written
from termcheck.readers.directives import SetAside, outside, set_aside
from termcheck.readers.front_matter import FrontMatter, comments_in, find_front_matter, keyed_segments
from termcheck.readers.markdown_blocks import BlockReader, Table
from termcheck.readers.markdown_html import SEPARATOR
from termcheck.readers.markdown_leaf import Block
from termcheck.readers.markdown_source import Source
from termcheck.readers.paragraphs import Rows, is_wording, paragraph_segments

_LINE = compile_later(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read Markdown. Any text is valid, so nothing is raised."""
    matter = find_front_matter(raw, options.front_matter)
    text = SetAside([Span(matter.end, len(raw))], ())
    if "termcheck" in raw:
        text = set_aside(raw, [Span(*line.span(1)) for line in _LINE.finditer(raw, matter.end) if line[0]])
    reader, rows = BlockReader(raw), Rows()
    keyed, comments = _front_matter(raw, matter, rows, options)
    blocks = list(reader.blocks(Source(raw, text.lines)))
    segments = (segment for block in blocks for segment in _block_segments(raw, block, rows, options))
    found = tuple(filter(is_wording, chain(keyed, segments)))
    return Reading(found, matter.values, directives=(*comments, *outside(text.comments, reader.code)))


def _front_matter(
    raw: str, matter: FrontMatter, rows: Rows, options: ReadOptions
) -> tuple[list[Segment], list[Span]]:
    """The texts in the front matter, and the comments to termcheck there."""
    segments: list[Segment] = []
    comments: list[Span] = []
    for part in matter.parts:
        segments += keyed_segments(raw, part, options.front_matter, rows.new_block())
        comments += comments_in(raw, part)
    return segments, comments


def _block_segments(raw: str, block: Block | Table, rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    if isinstance(block, Table):
        from termcheck.readers.markdown_table import table_segments

        yield from table_segments(raw, block, rows, options)
        return
    separator = SEPARATOR if block.kind == "html" else None
    for segment in paragraph_segments(
        raw, block.lines, rows, soft=True, separator=separator, markup=block.markup, marked=block.marked
    ):
        shown = _without_ruby(segment) if "<" in segment.text else segment
        yield replace(shown, heading=True) if block.kind == "heading" else shown


def _without_ruby(segment: Segment) -> Segment:
    from termcheck.readers.shown import without_ruby

    return without_ruby(segment)


# An ampersand is markup only before a name and a semicolon.
_MARKUP = compile_later(r"[\\<>*_`\[\]|~{}]|&#?\w*;|^(?:[-+=#:]|\d+[.)])")


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is, unless the text would be read as markup."""
    if segment.key:
        return front_matter.replacement(document, segment, span, text)
    raw = as_written(document, segment, span)
    return None if raw is None or _MARKUP.search(text) else [(raw, text)]
