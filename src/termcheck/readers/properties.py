"""Properties of Java: `name = text` on lines that a backslash continues."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowError, RowErrors
from termcheck.readers.keyed import UniqueKeys, comment_line, keyed_segment, unescaped

__all__ = ["comment_line", "read", "replacement"]

_EDGE = r"(?:\r\n|\n|\r)"
# A comment, or the name of an entry and what stands between it and its text.
_BEGIN = compile_later(
    r"[ \t\f]*(?:([#!][^\r\n]*)|"
    r"((?:[^\\ \t\f\r\n=:]|\\(?:\r\n|(?s:.)))(?:[^\\ \t\f\r\n=:]|\\(?:\r\n|(?s:.)))*+|(?=[=:]))"
    rf"(?:[ \t\f]|\\{_EDGE})*+(?:[=:](?:[ \t\f]|\\{_EDGE}[ \t\f]*)*+)?)"
)
_VALUE = compile_later(r"(?:[^\\\r\n]|\\(?:\r\n|(?s:.)))*+\\?")
_ENTRY = compile_later(r"[ \t\f]*(?:\r\n|\n|\r|\Z)")
_ESCAPE = compile_later(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
    rf"|\\{_EDGE}[ \t\f]*|\\(?s:.)|\\\Z"
)
_BAD_ESCAPE = compile_later(r"(?:[^\\]|\\[^u]|\\u[0-9a-fA-F]{4})*+(\\u)")
_CHARACTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_DIRECTIVE = compile_later(r"[#!][ \t]*termcheck\b")
# `{0}`, `{0,number}`, `{name}`: what shows that a program reads the text as a pattern.
_MESSAGE_FORMAT = compile_later(r"\{\w+\s*[,}]|''")
_BEYOND_LATIN = compile_later("[^\x00-\xff]")


class _Entry(Struct):
    """An entry with the raw spans of its name and of its text."""

    name: Span
    value: Span


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read a file; a repeated name or a malformed escape is an error of that entry."""
    errors = RowErrors(raw, path)
    keys = UniqueKeys(raw)
    segments: list[Segment] = []
    directives: list[Span] = []
    for found in _entries(raw):
        if isinstance(found, Span):
            directives.append(found)
            continue
        try:
            key = _text(raw, found.name)[0]
            keys.add(key, found.name.start)
            segments.append(keyed_segment(*_text(raw, found.value), key, found.name.start))
        except RowError as error:
            errors.add(error)
    return replace(errors.reading(segments), directives=tuple(directives))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text in one line of an entry; beyond ASCII it is escaped where the file does that.

    In a pattern of MessageFormat an apostrophe is written twice, and there are no new braces.
    """
    if any(not len(piece.text) for piece in segment.pieces_in(span)):
        return None
    if _MESSAGE_FORMAT.search(segment.text):
        if "{" in text or "}" in text:
            return None
        text = text.replace("'", "''")
    raw = document.raw
    written = text.replace("\\", "\\\\")
    if not _BEYOND_LATIN.search(raw) and (raw.isascii() or "\\u" in raw):
        written = "".join(char if char.isascii() else _escaped(char) for char in written)
    return [(segment.raw_span(span), written)]


def _entries(raw: str) -> Iterator[_Entry | Span]:
    """The entries of a file, and the spans of its comments to termcheck, in order."""
    offset = 0
    while offset < len(raw):
        blank = _ENTRY.match(raw, offset)
        if blank:
            offset = max(blank.end(), offset + 1)
            continue
        begin = _BEGIN.match(raw, offset)
        if begin is None:  # a backslash at the end of the file, or a blank that is none to Java
            offset += 1
        elif begin[1] is not None:
            if _DIRECTIVE.match(begin[1]):
                yield Span(*begin.span(1))
            offset = begin.end()
        else:
            value = _VALUE.match(raw, begin.end())
            offset = value.end() if value else begin.end()
            yield _Entry(Span(*begin.span(2)), Span(begin.end(), offset))


def _text(raw: str, span: Span) -> tuple[str, list[Piece]]:
    if raw.find("\\", span.start, span.end) >= 0 and (bad := _BAD_ESCAPE.match(raw, span.start, span.end)):
        raise RowError(bad.start(1), "malformed escape", "write \\u and four hexadecimal digits")
    return unescaped(raw, span, _ESCAPE, _character)


def _character(escape: str) -> str:
    """What an escape stands for; nothing if it continues the line."""
    if escape[1:2] == "u":
        code = int(escape[2:6], 16)
        if len(escape) > 6:
            code = 0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    if escape[1:2] in ("", "\r", "\n"):
        return ""
    return _CHARACTERS.get(escape[1], escape[1])


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
