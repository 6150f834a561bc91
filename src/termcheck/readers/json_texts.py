"""JSON in which apps keep their texts: objects and arrays of texts, in one language or in two."""

from __future__ import annotations

from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowErrors
from termcheck.readers.json_strings import escaped, text_and_pieces
from termcheck.readers.json_tree import read_tree
from termcheck.readers.keyed import keyed_segment
from termcheck.readers.tree import Text, reading


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a file; a repeated name is an error of that text. Raises TermcheckError for what is no JSON."""
    errors = RowErrors(raw, path)
    tree = read_tree(raw, path, errors.add)
    return reading(tree, errors, options, lambda text, key: json_segment(raw, text, key))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text with JSON's escapes."""
    return [(segment.raw_span(span), escaped(text, document.raw))]


def json_segment(raw: str, text: Text, key: str) -> Segment:
    """The segment of a string, or of a null; raises RowError for half a surrogate pair."""
    span = Span(text.span.start, text.span.start) if text.is_null else text.span
    return keyed_segment(*text_and_pieces(raw, span), key)
