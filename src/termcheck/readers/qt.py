"""Qt's translation files (`.ts`): a pair for each message, and for each of its plural forms.

Programs look a message up in its context, so no pair is in doubt. Messages that are vanished, obsolete or not
translated are left out, as a program leaves them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Side
from termcheck.readers.base import (
    UNFINISHED,
    NotBilingualError,
    Reading,
    ReadOptions,
    failure,
)
from termcheck.readers.po_formats import protected_by
from termcheck.readers.xml_languages import attribute_of, languages_differ, opening_tag, sides_of
from termcheck.readers.xml_spans import Element, Scan, scan
from termcheck.readers.xml_text import ACCELERATORS, Inline, Texts, is_empty, line_of_unit
from termcheck.readers.xml_text import label_replacement as replacement

__all__ = ["comment_line", "declared_languages", "read", "replacement"]

_TAG = compile_later(r"<message(?=[\s>])")
# The root has begun after so many characters. Chosen by hand.
_HEAD = 1 << 16
_GONE = frozenset(("vanished", "obsolete"))


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read the messages that are there to be checked.

    Raises NotBilingualError for another kind of file, and for one in other languages.
    """
    root, found = _scanned(raw, path)
    languages = root.get("sourcelanguage"), root.get("language")
    sides = sides_of(*languages, options)
    if sides is None:
        raise languages_differ(raw, root.start, path, options, languages)
    texts = Texts(raw, _kind, ACCELERATORS)
    segments: list[Segment] = []
    left_out = Counter[str]()
    for unit in found.units:
        message = unit.element
        source, translation = message.child("source"), message.child("translation")
        if source is None or translation is None or translation.get("type") in _GONE:
            continue
        forms = _forms(translation)
        if is_empty(raw, source) or all(is_empty(raw, form) for form in forms):
            continue
        if translation.get("type") == "unfinished" and not options.unfinished:
            left_out[UNFINISHED] += 1
            continue
        block = message.start if len(forms) > 1 else None
        for form in forms:
            row = len(segments) // 2
            for element, side in zip((source, form), sides, strict=True):
                segments.append(_segment(texts, element, row, side, block))
    return Reading(tuple(segments), directives=tuple(found.directives), left_out=left_out)


def declared_languages(head: str) -> tuple[str, str]:
    """The languages that the beginning of a file names; a file need not name that of the source."""
    tag = opening_tag(head, "TS")
    return attribute_of(tag, "sourcelanguage"), attribute_of(tag, "language")


def comment_line(document: Document, segment: Segment) -> int:
    """The line on which the message of a segment begins."""
    return line_of_unit(document, segment, _TAG)


def _scanned(raw: str, path: str) -> tuple[Element, Scan]:
    """The root and the messages of a file. TypeScript has the same ending, and is no damaged XML."""
    if opening_tag(raw[:_HEAD], "TS"):
        found = scan(raw, path, ("message",))
        if found.root is not None and found.root.name == "TS":
            return found.root, found
    lack = "no translations of Qt"
    raise NotBilingualError(failure(raw, 0, lack, path, "such a file begins with <TS>"), lack)


def _forms(translation: Element) -> Sequence[Element]:
    """The texts of a translation: one, or several for numbers or for places of different length."""
    for name in ("lengthvariant", "numerusform"):
        if forms := list(translation.named(name)):
            return forms
    return [translation]


def _segment(texts: Texts, element: Element, row: int, side: Side, block: int | None) -> Segment:
    segment = texts.segment(element, row, side)
    protected = protected_by(("qt-format",), segment.text, segment.protected)
    return replace(segment, protected=protected, block=block)


def _kind(element: Element) -> Inline:
    """What may stand in a text is only a character that XML cannot have."""
    return Inline.OBJECT if element.name == "byte" else Inline.TEXT
