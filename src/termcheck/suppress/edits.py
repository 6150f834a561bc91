"""What mends a comment that silences nothing: edits that take out what has no effect, or correct it."""

from __future__ import annotations

from collections.abc import Collection

from termcheck.lazy import compile_later
from termcheck.model import Applicability, Document, Edit, Fix, Span
from termcheck.suppress.syntax import Directive, Item
from termcheck.text.positions import locate

# What may stand before a comment on a line that has nothing else.
_NOTHING = compile_later(r"[ \t>]*")
_NEWLINE = compile_later(r"\r\n|\n|\r")


def removed(document: Document, comment: Span) -> Fix:
    """Take a whole comment out, and its line with it if nothing else is on it."""
    raw = document.raw
    begin = max(raw.rfind(newline, 0, comment.start) for newline in "\r\n") + 1
    newline = _NEWLINE.search(raw, comment.end)
    end = newline.start() if newline else len(raw)
    rest = raw[comment.end : end]
    if _NOTHING.fullmatch(raw, begin, comment.start) and not rest.strip():
        return _fix(document, Span(begin, newline.end() if newline else len(raw)))
    before = begin + len(raw[begin : comment.start].rstrip(" \t"))
    if before < comment.start:
        return _fix(document, Span(before, comment.end))
    return _fix(document, Span(comment.start, end - len(rest.lstrip(" \t"))))


def without(document: Document, directive: Directive, useless: Collection[Item]) -> Fix:
    """Take some items out of a comment; all of it if none is left."""
    left = [item.text for item in directive.items if item not in useless]
    if not left or directive.inside is None:
        return removed(document, directive.raw)
    return _fix(document, directive.inside, ", ".join(left))


def corrected(document: Document, wrong: Span, instead: str) -> Fix:
    """Put something else in place of what is wrong; what it then silences, its author should look at."""
    return _fix(document, wrong, instead, Applicability.UNSAFE)


def _fix(document: Document, span: Span, text: str = "", how: Applicability = Applicability.SAFE) -> Fix:
    place = locate(document, span)
    return Fix(how, (Edit(place.line, place.column, place.end_line, place.end_column, text),))
