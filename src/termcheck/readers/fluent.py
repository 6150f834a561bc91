"""Fluent: messages and terms of Mozilla's localization system, each a pattern that may go on in other lines.

What stands in braces is no language, but the variants of a selector are: they belong to the text around them.
"""

from __future__ import annotations

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Span
from termcheck.readers.assembly import Markup, assemble
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowError, RowErrors, as_written
from termcheck.readers.fluent_pattern import Pattern, pattern_at
from termcheck.readers.keyed import UniqueKeys, comment_line, keyed_segment
from termcheck.text.positions import line_start

__all__ = ["comment_line", "read", "replacement"]

_ENTRY = compile_later(r"(-?[A-Za-z][\w-]*)[ ]*=[ ]*")
_ATTRIBUTE = compile_later(r"(?:[ ]*\r?\n)+[ ]+\.([A-Za-z][\w-]*)[ ]*=[ ]*")
_LINE = compile_later(r"[^\n]*(?:\n|\Z)")
_DIRECTIVE = compile_later(r"#{1,3}[ \t]*termcheck\b[^\r\n]*")
_BETWEEN = compile_later(r"#{1,3}(?:[ ][^\n]*|\r?)(?=\n|\Z)|[ \t\r]*(?=\n|\Z)")
_NEXT_ENTRY = compile_later(r"\n(?=[A-Za-z#-])")
_SPECIAL = compile_later(r"[{}]")
_MARKS = ("[", "*", ".")


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read a file; a repeated name, or braces that do not match, are an error of that entry."""
    errors = RowErrors(raw, path)
    keys = UniqueKeys(raw)
    segments: list[Segment] = []
    directives: list[Span] = []
    offset = 0
    while offset < len(raw):
        entry = _ENTRY.match(raw, offset)
        try:
            if entry is not None:
                found, offset = _texts(raw, entry.start(), entry[1], entry.end())
                keys.add(entry[1], entry.start())
                segments += found
            elif _BETWEEN.match(raw, offset):
                if directive := _DIRECTIVE.match(raw, offset):
                    directives.append(Span(*directive.span()))
            else:
                raise RowError(offset, "this is no part of a message", "write it as `name = text`")
        except RowError as error:
            errors.add(error)
            after = _NEXT_ENTRY.search(raw, max(offset, error.offset - 1))
            offset = after.end() if after else len(raw)
            continue
        line = _LINE.match(raw, offset)
        offset = line.end() if line and offset < len(raw) else len(raw)
    return replace(errors.reading(segments), directives=tuple(directives))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is, if no character of it is a mark there."""
    place = as_written(document, segment, span)
    if place is None or _SPECIAL.search(text):
        return None
    before = document.raw[line_start(document.line_starts, place.start) : place.start]
    return None if text.startswith(_MARKS) and not before.strip() else [(place, text)]


def _texts(raw: str, start: int, name: str, offset: int) -> tuple[list[Segment], int]:
    """The texts of the entry at an offset: its value, and its attributes unless it is a term.

    Also gives the offset after it. The attributes of a term are for programs. Raises RowError.
    """
    pattern = pattern_at(raw, offset)
    found = [_segment(raw, pattern, name, start)]
    end, seen = pattern.end, set[str]()
    while attribute := _ATTRIBUTE.match(raw, end):
        pattern = pattern_at(raw, attribute.end())
        end = pattern.end
        if attribute[1] in seen:
            raise RowError(
                attribute.start(1), f"the attribute “{attribute[1]}” occurs twice", "keep one of them"
            )
        seen.add(attribute[1])
        if not name.startswith("-"):
            found.append(_segment(raw, pattern, f"{name}.{attribute[1]}", start))
    # A message may have nothing but attributes.
    return (found[1:] if seen and not found[0].text else found), end


def _segment(raw: str, pattern: Pattern, key: str, entry: int) -> Segment:
    if not pattern.lines:
        return keyed_segment("", [Piece(Span(0, 0), Span(pattern.end, pattern.end))], key, entry)
    markup = [Markup(span, None) for span in pattern.marks]
    return replace(assemble(raw, markup, pattern.lines, block=entry), key=key)
