"""Strings files of Apple: `"name" = "text";` with comments as in C."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Span, TermcheckError
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowError, RowErrors
from termcheck.readers.keyed import UniqueKeys, comment_line, keyed_segment, unescaped

__all__ = ["comment_line", "read", "replacement"]

_COMMENT = r"//[^\r\n\u2028\u2029]*+|/\*(?:[^*]|\*(?!/))*+\*/"
_GAP = compile_later(rf"(?:\s++|{_COMMENT})*+")
_BETWEEN = compile_later(rf"\s++|({_COMMENT})")
_STRING = compile_later(
    r"\"((?:[^\"\\]|\\(?s:.))*+)\"|'((?:[^'\\]|\\(?s:.))*+)'|((?:[A-Za-z0-9_.$:-]|/(?![/*]))++)"
)
_ESCAPE = compile_later(
    r"\\[Uu][dD][89abAB][0-9a-fA-F]{2}\\[Uu][dD][c-fC-F][0-9a-fA-F]{2}|\\[Uu][0-9a-fA-F]{1,4}"
    r"|\\[0-7]{1,3}|\\(?s:.)"
)
_CHARACTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_DIRECTIVE = compile_later(r"(?://|/\*)\s*termcheck\b")
_NEXT = compile_later(r"[^;\r\n]*+(?:;|\r\n|\n|\r|\Z)")
_ADVICE = 'write it as "name" = "text";'
_OTHER_KIND = compile_later(r"\s*(?:<\?xml|<!DOCTYPE|<plist|\{)")


class _OpenCommentError(RowError):
    """A comment that does not end, so nothing after it can be read."""


class _Entry(Struct):
    """An entry: where it begins, and the raw spans of its name and its text."""

    start: int
    name: Span
    value: Span


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read a file; a repeated name is an error of that entry.

    Raises TermcheckError for a property list of another kind.
    """
    if _OTHER_KIND.match(raw):
        message, advice = "is a property list of another kind", "convert it: plutil -convert strings"
        raise TermcheckError(message, path=path, line=1, column=1, advice=advice)
    errors = RowErrors(raw, path)
    keys = UniqueKeys(raw)
    segments: list[Segment] = []
    directives: list[Span] = []
    for found in _entries(raw, errors):
        if isinstance(found, Span):
            directives.append(found)
            continue
        try:
            key = _text(raw, found.name)[0]
            keys.add(key, found.start)
            segments.append(keyed_segment(*_text(raw, found.value), key, found.start))
        except RowError as error:
            errors.add(error)
    return replace(errors.reading(segments), directives=tuple(directives))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text into a string; one without quotes is left alone."""
    quote = document.raw[segment.raw.end : segment.raw.end + 1]
    if quote not in ('"', "'"):
        return None
    return [(segment.raw_span(span), text.replace("\\", "\\\\").replace(quote, f"\\{quote}"))]


def _entries(raw: str, errors: RowErrors) -> Iterator[_Entry | Span]:
    """The entries of a file, and the spans of its comments to termcheck, in order.

    After a mistake, reading goes on behind the end of the entry or of the line.
    """
    offset = 0
    while offset < len(raw):
        if between := _BETWEEN.match(raw, offset):
            offset = between.end()
            if between[1] and _DIRECTIVE.match(between[1]):
                yield Span(*between.span(1))
            continue
        try:
            entry, offset = _entry(raw, offset)
        except _OpenCommentError as error:
            errors.add(error)
            return
        except RowError as error:
            errors.add(error)
            after = _NEXT.match(raw, min(error.offset, len(raw) - 1))
            offset = max(after.end() if after else len(raw), offset + 1)
        else:
            yield entry


def _entry(raw: str, start: int) -> tuple[_Entry, int]:
    """The entry at an offset, and the offset after it; raises RowError. A name alone is its text, too."""
    name, offset = _string(raw, _after_gap(raw, start), "a name")
    value = name
    if raw.startswith("=", offset):
        value, offset = _string(raw, _after_gap(raw, offset + 1), "a text")
    if not raw.startswith(";", offset):
        raise RowError(offset, "expected “;”" if value is not name else "expected “=”", _ADVICE)
    return _Entry(start, name, value), offset + 1


def _string(raw: str, offset: int, what: str) -> tuple[Span, int]:
    """The span of the string at an offset, and the offset of what follows it."""
    found = _STRING.match(raw, offset)
    if found is None or found.lastindex is None:
        if raw.startswith(('"', "'"), offset):
            raise RowError(offset, "this string does not end", _ADVICE)
        raise RowError(offset, f"expected {what}", _ADVICE)
    return Span(*found.span(found.lastindex)), _after_gap(raw, found.end())


def _after_gap(raw: str, offset: int) -> int:
    gap = _GAP.match(raw, offset)
    offset = gap.end() if gap else offset
    if raw.startswith("/*", offset):
        raise _OpenCommentError(offset, "this comment does not end", "close it with */")
    return offset


def _text(raw: str, span: Span) -> tuple[str, list[Piece]]:
    return unescaped(raw, span, _ESCAPE, _character)


def _character(escape: str) -> str:
    """What an escape stands for."""
    if escape[1] in "Uu" and len(escape) > 2:
        code = int(escape[2:6], 16)
        if len(escape) > 6:
            code = 0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    if escape[1] in "01234567":
        return chr(int(escape[1:], 8))
    return _CHARACTERS.get(escape[1], escape[1:])
