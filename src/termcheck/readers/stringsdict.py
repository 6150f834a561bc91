"""Apple's texts with forms for numbers, widths and devices (`.stringsdict`): property lists in XML."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Segment, Span, merge
from termcheck.readers.base import NotBilingualError, Reading, ReadOptions, RowError, RowErrors, failure
from termcheck.readers.keyed import UniqueKeys, comment_line, group_name
from termcheck.readers.xml_spans import CDATA, SILENT, Element, scan
from termcheck.readers.xml_text import Inline, Texts, named_segment, replacement

__all__ = ["comment_line", "read", "replacement"]

_NO_TEXTS = frozenset(("NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"))
# The place of a variable, as in `%#@files@`.
_VARIABLE = compile_later(r"%(?:[0-9]+\$)?#@[^@\s]*@")


class _Member(Struct, frozen=True):
    """A text with its key, and the raw offset of its name."""

    key: str
    value: Element
    start: int


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read the texts; a repeated name is an error of that text.

    Raises NotBilingualError for XML of another kind.
    """
    found = scan(raw, path, ("dict",))
    if found.root is None or found.root.name != "plist":
        lack = "no property list"
        raise NotBilingualError(failure(raw, 0, lack, path, "such a file begins with <plist>"), lack)
    texts = Texts(raw, lambda _: Inline.TEXT)
    errors, keys = RowErrors(raw, path), UniqueKeys(raw)
    segments: list[Segment] = []
    for unit in found.units:
        for member in _members(texts, unit.element, "", errors) if len(unit.around) == 1 else ():
            try:
                keys.add(member.key, member.start)
                segments.append(_segment(texts, member))
            except RowError as error:
                errors.add(error)
    return errors.reading(segments, directives=found.directives)


def _members(texts: Texts, group: Element, prefix: str, errors: RowErrors) -> Iterator[_Member]:
    """The texts in a dictionary; a value without a name, or a name without a value, is an error."""
    name: Element | None = None
    for child in group.children:
        if child.name in (SILENT, CDATA):
            continue
        if (child.name == "key") is (name is not None):
            fault = name or child
            what = "this name has no value" if name else "this value has no name"
            errors.add(RowError(fault.start, what, "write <key>…</key> above each value"))
        if child.name == "key":
            name = child
        elif name is not None:
            own = texts.text(name)
            if child.name == "dict":
                yield from _members(texts, child, group_name(f"{prefix}{own}/"), errors)
            elif child.name == "string" and own not in _NO_TEXTS:
                yield _Member(f"{prefix}{own}", child, name.start)
            name = None
    if name is not None:
        errors.add(RowError(name.start, "this name has no value", "write <key>…</key> above each value"))


def _segment(texts: Texts, member: _Member) -> Segment:
    segment = named_segment(texts, member.value, member.key, member.start, ("objc-format",))
    if "#@" not in segment.text:
        return segment
    variables = (Span(*found.span()) for found in _VARIABLE.finditer(segment.text))
    return replace(segment, protected=merge((*segment.protected, *variables)))
