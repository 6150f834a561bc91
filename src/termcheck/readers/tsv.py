"""TSV: values separated by tabs, under a header.

Many tools write TSV without any quoting, so a quote that does not close right before a tab or the end of the
line is an ordinary character.
"""

from __future__ import annotations

from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Replacement
from termcheck.readers.delimited import Dialect, doubled_quotes, is_quoted, is_whole

_DIALECT = Dialect(("\t",), strict=False)

read, cut, complete_rows = _DIALECT.read, _DIALECT.cut, _DIALECT.complete_rows


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text, with its quotes doubled if its cell is quoted."""
    raw, cell = segment.raw_span(span), segment.raw
    if not is_whole(document.raw, cell):
        return None
    if is_quoted(document.raw, cell):
        return [(raw, doubled_quotes(text))]
    # A quote means something only at the beginning of a cell.
    return None if text.startswith('"') and raw.start == cell.start else [(raw, text)]
