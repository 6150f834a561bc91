"""CSV: values separated by commas, or by semicolons or tabs, under a header."""

from __future__ import annotations

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Replacement
from termcheck.readers.delimited import Dialect, doubled_quotes, is_quoted, is_whole

_DIALECT = Dialect((",", ";", "\t"), strict=True)
_NEEDS_QUOTES = compile_later(r"[\",;\t]")

read, cut, complete_rows = _DIALECT.read, _DIALECT.cut, _DIALECT.complete_rows


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text, and put quotes around its cell where the text needs them."""
    raw, cell = segment.raw_span(span), segment.raw
    if not is_whole(document.raw, cell):
        return None
    if is_quoted(document.raw, cell):
        return [(raw, doubled_quotes(text))]
    if not _NEEDS_QUOTES.search(text):
        return [(raw, text)]
    if '"' in document.raw[cell.start : cell.end]:
        return None
    quote, end = Span(cell.start, cell.start), Span(cell.end, cell.end)
    return [(quote, '"'), (raw, doubled_quotes(text)), (end, '"')]
