"""XLIFF 1.x and 2.x, with the dialects of Trados, Phrase and memoQ: a pair for each segment of a unit.

A unit says by itself whether there is anything to check: it may not be for translation, locked, or not yet
translated. `readers.xliff_states` knows how each dialect says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Side, Span
from termcheck.readers.accelerators import is_label_in_xml
from termcheck.readers.base import (
    LOCKED,
    UNFINISHED,
    NotBilingualError,
    Reading,
    ReadOptions,
    RowError,
    RowErrors,
    failure,
)
from termcheck.readers.xliff_states import is_locked, is_unfinished
from termcheck.readers.xml_languages import attribute_of, languages_differ, opening_tag, sides_of
from termcheck.readers.xml_spans import Element, Scan, Unit, scan
from termcheck.readers.xml_text import ACCELERATORS, Inline, Texts, is_empty, line_of_unit, replacement

if TYPE_CHECKING:
    from termcheck.readers.stretches import CompleteRows, TextStretch

__all__ = ["comment_line", "complete_rows", "cut", "declared_languages", "read", "replacement"]

_UNITS = ("trans-unit", "unit")
_TAG = compile_later(r"<(?:[\w.-]+:)?(?:trans-unit|unit)(?=[\s>])")
_SPACE = "urn:oasis:names:tc:xliff:document:"
_MARKS = frozenset(("bpt", "ept", "it", "bx", "ex", "sc", "ec", "sm", "em"))
_OBJECTS = frozenset(("ph", "x", "cp"))
# Phrase writes its codes into the text.
_PHRASE = "memsource.com/mxlf"
_PHRASE_CODES = compile_later(
    r"\{[biu_^]+?(?:>|&gt;)|(?:<|&lt;)[biu_^]+?\}|\{\d{1,3}(?:>|&gt;)|(?:<|&lt;)\d{1,3}\}|(?P<thing>\{(?:\d{1,3}|j)\})"
)


class _Pair(Struct, frozen=True):
    """What a unit pairs: a source and its target, and the elements inside the unit that may have states.

    `segment` is the number of the segment, if the unit has marked ones.
    """

    source: Element
    target: Element
    holder: Element
    segment: str = ""


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read the segments of all units that are there to be checked.

    Raises NotBilingualError for another kind of file, and for one in other languages.
    """
    found = scan(raw, path, _UNITS, ends=options.ends)
    root = _root(found, raw, path)
    return _Reader(raw, path, options, root, found).reading()


def cut(text: TextIO, path: str, options: ReadOptions) -> Iterator[TextStretch]:  # noqa: ARG001
    """Cut a long file between units."""
    from termcheck.readers.xml_cutting import cut_units

    return cut_units(text, path, _UNITS)


def complete_rows(stretch: TextStretch, options: ReadOptions) -> CompleteRows | None:  # noqa: ARG001
    """None: a unit has to be read with its states."""
    return None


def declared_languages(head: str) -> tuple[str, str]:
    """The languages that the beginning of a file names; empty where it names none."""
    tags = opening_tag(head, "file") + opening_tag(head, "xliff")
    return attribute_of(tags, "source-language", "srcLang"), attribute_of(tags, "target-language", "trgLang")


def comment_line(document: Document, segment: Segment) -> int:
    """The line on which the unit of a segment begins."""
    return line_of_unit(document, segment, _TAG)


def _root(found: Scan, raw: str, path: str) -> Element:
    root = found.root
    if root is not None and root.name == "xliff" and root.space[: len(_SPACE)] in ("", _SPACE):
        return root
    what = f"<{root.name}>" + (f" of {root.space}" if root.space else "") if root else "nothing"
    advice = f"an XLIFF file begins with <xliff> in the namespace {_SPACE}1.2 or 2.0"
    mistake = failure(raw, root.start if root else 0, f"no XLIFF: the file holds {what}", path, advice)
    raise NotBilingualError(mistake, "no XLIFF")


class _Reader:
    """Makes the segments of one file."""

    def __init__(self, raw: str, path: str, options: ReadOptions, root: Element, found: Scan) -> None:
        self._raw, self._path, self._options, self._found, self._root = raw, path, options, found, root
        spaces = raw[root.start : root.inner]
        codes = _PHRASE_CODES if _PHRASE in spaces else None
        self._texts = Texts(raw, _kind, codes)
        self._labels = Texts(raw, _kind, ACCELERATORS)
        self._errors = RowErrors(raw, path)
        self._segments: list[Segment] = []
        self._left_out = Counter[str]()
        self._other_languages = set[str]()
        self._ids: dict[tuple[int, str], int] = {}
        self._row = 0

    def reading(self) -> Reading:
        for unit in self._found.units:
            try:
                self._add(unit)
            except RowError as error:
                self._errors.add(error)
        others, is_whole = self._other_languages, self._options.begins and self._options.ends
        if others and is_whole and not self._segments:
            raise languages_differ(self._raw, self._root.start, self._path, self._options, others)
        return self._errors.reading(
            self._segments, directives=self._found.directives, left_out=self._left_out
        )

    def _add(self, unit: Unit) -> None:
        sides = self._sides(unit)
        element = unit.element
        self._require_own_id(unit)
        if sides is None or not is_translatable((*unit.around, element)):
            return
        pairs = list(_pairs(element))
        # A comment above a unit is about all of its segments.
        block = element.start if len(pairs) > 1 else None
        for pair in pairs:
            holders = element, pair.holder
            if is_empty(self._raw, pair.target):
                continue
            if is_locked(element, pair.segment):
                self._left_out[LOCKED] += 1
            elif not self._options.unfinished and is_unfinished(holders, pair.segment):
                self._left_out[UNFINISHED] += 1
            else:
                self._add_pair(pair, sides, block)

    def _add_pair(self, pair: _Pair, sides: tuple[Side, Side], block: int | None) -> None:
        both = pair.source, pair.target
        is_label = is_label_in_xml(self._raw, [Span(one.inner, one.inner_end) for one in both])
        texts = self._labels if is_label and self._texts.codes is None else self._texts
        source = texts.segment(pair.source, self._row, sides[0])
        target = texts.segment(pair.target, self._row, sides[1])
        if source.text and target.text:
            segments = source, target
            self._segments += segments if block is None else [replace(one, block=block) for one in segments]
            self._row += 1

    def _sides(self, unit: Unit) -> tuple[Side, Side] | None:
        """The sides of a unit's source and target; None if it is not in the languages asked for."""
        source, target = _languages_of(unit.around)
        sides = sides_of(source, target, self._options)
        if sides is None:
            self._other_languages |= {source, target}
        return sides

    def _require_own_id(self, unit: Unit) -> None:
        """Raise RowError for a unit with the id of an earlier one of its file."""
        file = next((around.start for around in unit.around if around.name == "file"), 0)
        key = file, unit.element.get("id")
        if key[1] and self._ids.setdefault(key, unit.element.start) != unit.element.start:
            first = failure(self._raw, self._ids[key], "", self._path)
            message = f"the id “{key[1]}” occurs twice; the first is in line {first.line}"
            raise RowError(unit.element.start, message, "give each unit an id of its own")


def _languages_of(around: Sequence[Element]) -> tuple[str, str]:
    for element in reversed(around):
        if element.name in ("file", "xliff"):
            source = element.get("source-language") or element.get("srcLang")
            if source:
                return source, element.get("target-language") or element.get("trgLang")
    return "", ""


def is_translatable(chain: Sequence[Element]) -> bool:
    """Whether the innermost element that says so is for translation."""
    for element in reversed(chain):
        if said := element.attributes.get("translate"):
            return said != "no"
    return True


def _pairs(unit: Element) -> Iterator[_Pair]:
    """What a unit pairs: its segments, else itself; nothing that has no target."""
    if unit.name == "unit":
        for segment in unit.named("segment"):
            source, target = segment.child("source"), segment.child("target")
            if source is not None and target is not None:
                yield _Pair(source, target, segment)
        return
    source, target, cut_source = unit.child("source"), unit.child("target"), unit.child("seg-source")
    if target is None:
        return
    parts = _marked(cut_source) if cut_source is not None else {}
    rendered = _marked(target)
    if parts and rendered:
        for name, part in parts.items():
            if name in rendered:
                yield _Pair(part, rendered[name], target, name)
    elif source is not None:
        yield _Pair(source, target, target)


def _marked(element: Element) -> dict[str, Element]:
    """The segments that are marked in an element, by their number."""
    return {mark.get("mid"): mark for mark in element.named("mrk") if mark.get("mtype") == "seg"}


def _kind(element: Element) -> Inline:
    name = element.name
    if name in _MARKS:
        return Inline.MARK
    if name in _OBJECTS:
        return Inline.OBJECT
    if element.space[: len(_SPACE)] not in ("", _SPACE):
        return Inline.MARK
    mark = element.get("mtype") or element.get("type")
    if name == "mrk":
        if mark == "x-sdl-deleted":
            return Inline.MARK
        if mark == "protected" or element.get("translate") == "no":
            return Inline.KEPT
    return Inline.TEXT
