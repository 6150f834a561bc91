"""The strings of JSON: what their escapes stand for, and how a text is written into one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from termcheck.lazy import compile_later
from termcheck.model import Piece, Span
from termcheck.readers.base import RowError, identity

# A pair of \u escapes is one character beyond the basic plane; one half alone is no character.
_ESCAPE = compile_later(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u.{4}|\\(?s:.)")
_SURROGATE = compile_later("[\ud800-\udfff]")


def text_and_pieces(raw: str, span: Span) -> tuple[str, Sequence[Piece]]:
    """The text of a sound string whose quotes are around a raw span, and its pieces.

    Raises RowError for half a surrogate pair.
    """
    written = raw[span.start : span.end]
    if "\\" not in written:
        return written, [identity(span.start, span.end) if written else Piece(Span(0, 0), span)]
    return json.loads(f'"{written}"'), list(pieces(raw, span))


def pieces(raw: str, span: Span) -> Iterator[Piece]:
    """Identity pieces between escapes, and one atomic piece for each escape; raises RowError as above."""
    offset, start = 0, span.start
    for escape in _ESCAPE.finditer(raw, span.start, span.end):
        if escape.start() > start:
            yield identity(start, escape.start(), offset)
            offset += escape.start() - start
        if len(escape[0]) == 6 and _SURROGATE.match(json.loads(f'"{escape[0]}"')):
            advice = "a surrogate must be written as a pair, high half first"
            raise RowError(escape.start(), f"lone surrogate {escape[0]}", advice)
        yield Piece(Span(offset, offset + 1), Span(*escape.span()))
        offset, start = offset + 1, escape.end()
    if start < span.end:
        yield identity(start, span.end, offset)


def escaped(text: str, raw: str) -> str:
    """A text as the strings of a file have it.

    A file all in ASCII was written by a tool that escapes the rest.
    """
    return json.dumps(text, ensure_ascii=raw.isascii())[1:-1]
