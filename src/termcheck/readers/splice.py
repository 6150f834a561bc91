"""How a text is written into a file in place of a stretch of it, as the file's format wants it.

Every format has signs of its own: JSON escapes quotes, a table wants a cell with commas quoted. Where a
format cannot say a text in that place, there is nothing to write, rather than a file that reads otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from termcheck.lazy import compile_later
from termcheck.model import Document, Edit, Segment, Span
from termcheck.text.positions import position

# What to write where, in raw offsets; None where it cannot be written.
_Splice = tuple[tuple[Span, str], ...] | None
_Writer = Callable[[Document, Segment, Span, str], _Splice]

_CONTROL = compile_later(r"[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TAG = compile_later(r"[<>`]")
# An ampersand is a sign of Markdown's only before a name and a semicolon.
_MARKDOWN = compile_later(r"[\\<>*_`\[\]|~{}]|&#?\w*;|^(?:[-+=#:]|\d+[.)])")
_NEEDS_QUOTES = compile_later(r"[\",;\t]")


def splice(document: Document, segment: Segment, span: Span, text: str) -> tuple[Edit, ...]:
    """The edits that write `text` in place of a span of a segment's text; none if that cannot be done.

    Nothing is written over markup, nor over a part of what an escape stands for.
    """
    writer = _WRITERS.get(document.format)
    if writer is None or not text or _CONTROL.search(text):
        return ()
    return tuple(_edit(document, raw, new) for raw, new in writer(document, segment, span, text) or ())


def _edit(document: Document, raw: Span, text: str) -> Edit:
    line, column = position(document.line_starts, raw.start)
    end_line, end_column = position(document.line_starts, raw.end)
    return Edit(line, column, end_line, end_column, text)


def _as_written(document: Document, segment: Segment, span: Span) -> Span | None:
    """The raw stretch of a span, if it stands there letter by letter."""
    raw = segment.raw_span(span)
    same = document.raw[raw.start : raw.end] == segment.text[span.start : span.end]
    return raw if same else None


def _plain(document: Document, segment: Segment, span: Span, text: str) -> _Splice:
    raw = _as_written(document, segment, span)
    return None if raw is None or _TAG.search(text) else ((raw, text),)


def _markdown(document: Document, segment: Segment, span: Span, text: str) -> _Splice:
    raw = _as_written(document, segment, span)
    return None if raw is None or _MARKDOWN.search(text) else ((raw, text),)


def _jsonl(document: Document, segment: Segment, span: Span, text: str) -> _Splice:
    import json

    # A file without a letter beyond ASCII is one whose writer escapes them.
    return ((segment.raw_span(span), json.dumps(text, ensure_ascii=document.raw.isascii())[1:-1]),)


def _csv(document: Document, segment: Segment, span: Span, text: str) -> _Splice:
    raw, cell = segment.raw_span(span), segment.raw
    if _is_quoted(document, cell):
        return ((raw, text.replace('"', '""')),)
    if not _NEEDS_QUOTES.search(text):
        return ((raw, text),)
    if '"' in document.raw[cell.start : cell.end]:
        return None
    quote, end = Span(cell.start, cell.start), Span(cell.end, cell.end)
    return ((quote, '"'), (raw, text.replace('"', '""')), (end, '"'))


def _is_quoted(document: Document, cell: Span) -> bool:
    return document.raw[max(0, cell.start - 1) : cell.start] == '"'


def _tsv(document: Document, segment: Segment, span: Span, text: str) -> _Splice:
    raw, cell = segment.raw_span(span), segment.raw
    if _is_quoted(document, cell):
        return ((raw, text.replace('"', '""')),)
    # Only at its beginning does a quote mean anything here.
    return None if text.startswith('"') and raw.start == cell.start else ((raw, text),)


_WRITERS: Mapping[str, _Writer] = MappingProxyType(
    {"plain": _plain, "markdown": _markdown, "jsonl": _jsonl, "csv": _csv, "tsv": _tsv}
)
