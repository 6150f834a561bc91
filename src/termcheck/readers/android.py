"""Android's resources (`values/strings.xml`): strings, the items of arrays of strings, and plurals.

Blanks count as Android counts them: a run of them is one, and quotes around a text are no part of it. A text
that only refers to another resource, such as `@string/app_name`, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers import xml_text
from termcheck.readers.base import (
    NotBilingualError,
    Reading,
    ReadOptions,
    Replacement,
    RowError,
    RowErrors,
    failure,
)
from termcheck.readers.keyed import UniqueKeys, comment_line
from termcheck.readers.xml_languages import attribute_of, opening_tag
from termcheck.readers.xml_spans import Element, escapes, scan
from termcheck.readers.xml_text import Inline, Texts, named_segment

__all__ = ["comment_line", "declared_languages", "read", "replacement"]

# The root has begun after so many characters. Chosen by hand.
_HEAD = 1 << 16
_KINDS = ("string", "string-array", "plurals", "item")
_OBJECTS = frozenset(("g", "br", "img"))
_ESCAPE = (
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
    r"|\"|[ \t\r\n]{2,}|[\t\r\n]|\\"
)
_IN_SECTION = compile_later(rf"{_ESCAPE}(?s:.)")
_IN_DATA = compile_later(rf"{_ESCAPE}(?:&[^&;\s]{{1,10}};|(?s:.))|&[^&;\s]{{1,10}};")
_CHARACTERS = {"n": "\n", "t": "\t"}
_SPECIAL = compile_later(r"[\\'\"]")
_REFERENCE = compile_later(
    r"@(?:\+?(?:[\w.]+:)?\w+/[\w.]+|null|empty)|\?(?:[\w.]+:)?(?:\w+/)?[\w.]+", re.ASCII
)


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read the texts that are to be translated; a repeated name is an error of that text.

    Raises NotBilingualError for XML of another kind.
    """
    lack = "no resources of Android"
    other = NotBilingualError(failure(raw, 0, lack, path, "such a file begins with <resources>"), lack)
    if not opening_tag(raw[:_HEAD], "resources"):
        raise other
    found = scan(raw, path, _KINDS)
    if found.root is None or found.root.name != "resources":
        raise other
    texts = Texts(raw, _kind, escapes=_in_data, section_escapes=_in_section)
    errors, keys = RowErrors(raw, path), UniqueKeys(raw)
    segments: list[Segment] = []
    for unit in found.units:
        resource = unit.element
        if len(unit.around) != 1 or resource.get("translatable") == "false":
            continue
        flags = () if resource.get("formatted") == "false" else ("java-printf-format",)
        try:
            for key, element in _texts(resource):
                if not _REFERENCE.fullmatch(raw[element.inner : element.inner_end].strip()):
                    keys.add(key, element.start)
                    segments.append(named_segment(texts, element, key, element.start, flags))
        except RowError as error:
            errors.add(error)
    return errors.reading(segments, directives=found.directives)


def declared_languages(head: str) -> tuple[str, str]:
    """The language that the beginning of a file names; empty if it does not."""
    return "", attribute_of(opening_tag(head, "resources"), "tools:locale")


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text with the escapes of Android, which reads blanks in a row as one."""
    if "  " in text:
        return None
    written = _SPECIAL.sub(r"\\\g<0>", text)
    if not span.start and written.startswith(("@", "?")):
        written = f"\\{written}"
    return xml_text.replacement(document, segment, span, written)


def _texts(resource: Element) -> Iterator[tuple[str, Element]]:
    """The texts of a resource with their keys; raises RowError if it has no name."""
    kind = resource.name
    if kind == "item" and resource.get("type") != "string":
        return
    name = resource.get("name")
    if not name:
        raise RowError(resource.start, f"this <{kind}> has no name", f'write <{kind} name="…">')
    product = resource.get("product")
    # A name has no such signs.
    name = f"{name}:{product}" if product and product != "default" else name
    if kind not in ("string-array", "plurals"):
        yield name, resource
        return
    items = [child for child in resource.children if child.name == "item"]
    for number, item in enumerate(items):
        yield (f"{name}/{item.get('quantity')}" if kind == "plurals" else f"{name}[{number}]"), item


def _kind(element: Element) -> Inline:
    """`xliff:g` is a placeholder; other elements are styles."""
    return Inline.OBJECT if element.name in _OBJECTS else Inline.TEXT


def _in_data(raw: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    return ((Span(*found.span()), _shown(found[0])) for found in _IN_DATA.finditer(raw, start, end))


def _in_section(raw: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    return ((Span(*found.span()), _shown(found[0])) for found in _IN_SECTION.finditer(raw, start, end))


def _shown(escape: str) -> str:
    """What an escape, an entity, a quote or a run of blanks stands for."""
    if escape[0] == "\\":
        return _character(escape)
    if escape[0] == "&":
        escape = _decoded(escape)
        return "" if escape == '"' else escape
    return "" if escape == '"' else " "


def _character(escape: str) -> str:
    if escape[1] == "u" and len(escape) > 2:
        code = int(escape[2:6], 16)
        if len(escape) > 6:
            code = 0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
    char = _decoded(escape[1:])
    return " " if char.isspace() else _CHARACTERS.get(char, char)


def _decoded(text: str) -> str:
    """A text with the character that it may be the entity of."""
    return next((shown for _, shown in escapes(text, 0, len(text))), text)
