"""Edits that write a text over a span of a segment, in the way the file's format wants it.

Each format has marks of its own: JSON escapes quotes, a table quotes a cell that holds a comma. Where a
format cannot say a text, there is no edit; a file that reads differently would be worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.lazy import compile_later
from termcheck.model import Document, Edit, Segment, Span, overlaps_any
from termcheck.readers import FORMATS
from termcheck.readers.rewording import between_breaks
from termcheck.readers.shown import is_unbroken
from termcheck.text.positions import position

if TYPE_CHECKING:
    from termcheck.readers.protocols import Writer

_CONTROL = compile_later(r"[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def splice(document: Document, segment: Segment, span: Span, text: str) -> tuple[Edit, ...]:
    """The edits that write `text` over a span of a segment's text; none if that cannot be done.

    No edit overwrites markup, a line break of the text, or a part of what an escape stands for.
    """
    form = FORMATS.get(document.format)
    if form is None or not form.writable or not text or _CONTROL.search(text):
        return ()
    if not is_unbroken(segment, span):
        return ()
    place = between_breaks(segment, span, text)
    if place is None:
        return ()
    writer: Writer = form.load()
    replacement = writer.replacement(document, segment, *place) or ()
    if document.read_only and any(overlaps_any(document.read_only, raw) for raw, _ in replacement):
        return ()
    return tuple(_edit(document, raw, new) for raw, new in replacement)


def _edit(document: Document, raw: Span, text: str) -> Edit:
    line, column = position(document.line_starts, raw.start)
    end_line, end_column = position(document.line_starts, raw.end)
    return Edit(line, column, end_line, end_column, text)
