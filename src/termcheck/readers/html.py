"""HTML: the blocks of a page as segments, in the words that its readers see.

Tags inside a block do not show, so a term may run across them. The attribute `lang` says which side a text is
on; elements in both languages inside one block are a text and its translation.
"""

from __future__ import annotations

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import (
    NotBilingualError,
    Reading,
    ReadOptions,
    Replacement,
    RowError,
    RowErrors,
    failure,
)
from termcheck.readers.html_blocks import BlockReader
from termcheck.readers.html_elements import Languages
from termcheck.readers.html_segments import PageSegments
from termcheck.readers.html_tokens import Token, quotes_around
from termcheck.readers.paragraphs import is_wording
from termcheck.readers.rewording import reworded
from termcheck.text.positions import position

_REPORT = compile_later(r"<!doctype html>\n[^\0]{0,9000}?<meta name=\"generator\" content=\"termcheck")


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a page; a tag, a comment or a script that never ends is an error at its beginning."""
    if _REPORT.match(raw):
        advice = "name the text itself instead"
        mistake = failure(raw, 0, "this is a report of termcheck, not a text", path, advice)
        raise NotBilingualError(mistake, "a report of termcheck")
    languages = Languages(options.source_lang or "", options.target_lang or "")
    reader = BlockReader(raw, languages, options.html_attributes)
    blocks = list(reader.blocks())
    errors = RowErrors(raw, path)
    if reader.open is not None:
        errors.add(_never_ends(raw, reader.open))
    segments = PageSegments(raw, languages, options).of(blocks, reader.tables)
    reading = errors.reading(tuple(filter(is_wording, segments)))
    return replace(reading, directives=tuple(reader.comments))


def _never_ends(raw: str, token: Token) -> RowError:
    start = token.span.start
    if not token.name:
        return RowError(start, "this comment never ends, so nothing below it shows", "close it with -->")
    if ">" in raw[start : start + 1000]:
        message = f"this <{token.name}> never ends, so nothing below it shows"
        return RowError(start, message, f"close it with </{token.name}>")
    return RowError(start, f"this tag <{token.name} never ends, so nothing below it shows", "close it with >")


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text with entities for the marks of HTML; None inside of an attribute without quotes."""
    quotes = quotes_around(document.raw, segment.raw_span(span).start)
    if quotes == "":
        return None
    return reworded(document, segment, span, text, _escaped if quotes is None else _escaped_in_quotes)


def comment_line(document: Document, segment: Segment) -> int:
    """The line above which a comment about a block stands: that of its text, unless a tag is open there."""
    line, _ = position(document.line_starts, segment.raw.start)
    while line > 1 and quotes_around(document.raw, document.line_starts[line - 1]) is not None:
        line -= 1
    return line


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped_in_quotes(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("'", "&#39;")
