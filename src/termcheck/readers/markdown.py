"""Markdown: its blocks as segments, in the words a reader of the rendered page sees.

Blocks, tables and inline markup have modules of their own. This one ties them together and reads the front
matter, whose date decides which terms are valid.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, as_written
from termcheck.readers.directives import SetAside, outside, set_aside
from termcheck.readers.markdown_blocks import BlockReader, Table
from termcheck.readers.markdown_html import SEPARATOR
from termcheck.readers.markdown_leaf import Block
from termcheck.readers.markdown_source import Source
from termcheck.readers.paragraphs import Rows, is_wording, paragraph_segments

_LINE = compile_later(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_SCALAR = compile_later(
    r"([A-Za-z_][\w -]*?)\s*[:=]\s+(?:\"([^\"]*)\"|'([^']*)'|([^\s\[{|>&*!#\"'].*?))\s*(?:\s#.*)?$"
)
_COMMENT = compile_later(r"\s*<!--((?:(?!-->)[\s\S])*+)-->")
_KEY = compile_later(r"(?m)^([A-Za-z_][\w-]*):")
# One key may as well be a word before a colon.
_MIN_KEYS = 2


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read Markdown. Any text is valid, so nothing is raised."""
    front_matter, begin = _front_matter(raw)
    begin = _after_original_front_matter(raw, begin)
    text = SetAside([Span(begin, len(raw))], ())
    if "termcheck" in raw:
        text = set_aside(raw, [Span(*line.span(1)) for line in _LINE.finditer(raw, begin) if line[0]])
    reader, rows = BlockReader(raw), Rows()
    blocks = list(reader.blocks(Source(raw, text.lines)))
    segments = (segment for block in blocks for segment in _block_segments(raw, block, rows, options))
    found = tuple(filter(is_wording, segments))
    return Reading(found, front_matter, directives=outside(text.comments, reader.code))


def _block_segments(raw: str, block: Block | Table, rows: Rows, options: ReadOptions) -> Iterator[Segment]:
    if isinstance(block, Table):
        from termcheck.readers.markdown_table import table_segments

        yield from table_segments(raw, block, rows, options)
        return
    separator = SEPARATOR if block.kind == "html" else None
    for segment in paragraph_segments(
        raw, block.lines, rows, soft=True, separator=separator, markup=block.markup
    ):
        yield replace(segment, heading=True) if block.kind == "heading" else segment


def _front_matter(raw: str) -> tuple[dict[str, str], int]:
    """The scalars of YAML or TOML front matter, and the offset of the first line after it."""
    lines = _LINE.finditer(raw)
    closing = {"---": ("---", "..."), "+++": ("+++",)}.get(next(lines)[1].rstrip(), ())
    values: dict[str, str] = {}
    for line in lines if closing else ():
        if line[1].rstrip() in closing:
            return values, line.end()
        if len(line[1]) < 1000 and (match := _SCALAR.match(line[1])):
            values[match[1]] = match[2] or match[3] or match[4] or ""
    return {}, 0


def _after_original_front_matter(raw: str, begin: int) -> int:
    """The offset behind a comment with the original of the front matter; `begin` if there is none.

    Such a comment follows the front matter and has its keys. It is no text.
    """
    comment = _COMMENT.match(raw, begin)
    if comment is None:
        return begin
    keys, originals = (_KEY.findall(text) for text in (raw[:begin], comment[1]))
    is_original = len(originals) >= _MIN_KEYS and set(originals) <= set(keys)
    return comment.end() if is_original else begin


# An ampersand is markup only before a name and a semicolon.
_MARKUP = compile_later(r"[\\<>*_`\[\]|~{}]|&#?\w*;|^(?:[-+=#:]|\d+[.)])")


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is, unless the text would be read as markup."""
    raw = as_written(document, segment, span)
    return None if raw is None or _MARKUP.search(text) else [(raw, text)]
