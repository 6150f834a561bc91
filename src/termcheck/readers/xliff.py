"""XLIFF 1.x and 2.x, with the dialects of Trados, Phrase and memoQ: a pair for each segment of a unit.

A unit says by itself whether there is anything to check: it may not be for translation, locked, or not yet
translated. `readers.xliff_states` knows how each dialect says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Segment, Side
from termcheck.readers.base import NotBilingualError, Reading, ReadOptions, RowError, RowErrors, failure
from termcheck.readers.xliff_states import is_locked, is_unfinished
from termcheck.readers.xml_languages import (
    LOCKED,
    UNFINISHED,
    LeftOut,
    attribute_of,
    fits,
    languages_differ,
    opening_tag,
)
from termcheck.readers.xml_spans import Element, Scan, Unit, scan
from termcheck.readers.xml_text import Inline, Texts, replacement

if TYPE_CHECKING:
    from termcheck.readers.stretches import CompleteRows, TextStretch

__all__ = ["complete_rows", "cut", "languages", "read", "replacement"]

_UNITS = ("trans-unit", "unit")
_SPACE = "urn:oasis:names:tc:xliff:document:"
_MARKS = frozenset(("bpt", "ept", "it", "bx", "ex", "sc", "ec", "sm", "em"))
_OBJECTS = frozenset(("ph", "x", "cp"))
# Phrase writes its codes into the text.
_PHRASE = "memsource.com/mxlf"
_PHRASE_CODES = compile_later(
    r"\{[biu_^]+?(?:>|&gt;)|(?:<|&lt;)[biu_^]+?\}|\{\d{1,3}(?:>|&gt;)|(?:<|&lt;)\d{1,3}\}|(?P<thing>\{(?:\d{1,3}|j)\})"
)


class _Pair(Struct, frozen=True):
    """What a unit pairs: a source and its target, which may be missing, and the states of both."""

    source: Element
    target: Element | None
    holders: tuple[Element, ...]
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


def languages(head: str) -> tuple[str, str]:
    """The languages that the beginning of a file names; empty where it names none."""
    tags = opening_tag(head, "file") + opening_tag(head, "xliff")
    return attribute_of(tags, "source-language", "srcLang"), attribute_of(tags, "target-language", "trgLang")


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
        self._errors = RowErrors(raw, path)
        self._segments: list[Segment] = []
        self._left_out = LeftOut()
        self._ids: dict[tuple[int, str], int] = {}
        self._row = 0

    def reading(self) -> Reading:
        for unit in self._found.units:
            try:
                self._add(unit)
            except RowError as error:
                self._errors.add(error)
        if not self._segments and self._left_out.languages and self._options.begins and self._options.ends:
            raise languages_differ(
                self._raw, self._root.start, self._path, self._options, self._left_out.languages
            )
        return self._errors.reading(
            self._segments, directives=tuple(self._found.directives), left_out=self._left_out.counts
        )

    def _add(self, unit: Unit) -> None:
        sides = self._sides(unit)
        element = unit.element
        self._require_own_id(unit)
        if sides is None or not is_translatable((*unit.around, element)):
            return
        for pair in _pairs(element):
            holders = (element, *pair.holders)
            if is_locked(element, pair.segment):
                self._left_out.add(LOCKED)
            elif self._is_unfinished(pair, holders):
                self._left_out.add(UNFINISHED)
            else:
                self._add_pair(pair, sides)

    def _is_unfinished(self, pair: _Pair, holders: Sequence[Element]) -> bool:
        if self._options.unfinished:
            return False
        return _is_empty(self._raw, pair.target) or is_unfinished(holders, pair.segment)

    def _add_pair(self, pair: _Pair, sides: tuple[Side, Side]) -> None:
        source = self._texts.segment(pair.source, self._row, sides[0])
        if pair.target is None:
            target = self._texts.place(pair.source.end, self._row, sides[1])
        else:
            target = self._texts.segment(pair.target, self._row, sides[1])
        if source.text or target.text:
            self._segments += (source, target)
            self._row += 1

    def _sides(self, unit: Unit) -> tuple[Side, Side] | None:
        """The sides of a unit's source and target; None if it is not in the languages asked for."""
        source, target = _languages_of(unit.around)
        wanted = self._options.source_lang or "", self._options.target_lang or ""
        if fits(source, wanted[0]) and fits(target, wanted[1]):
            return Side.SOURCE, Side.TARGET
        if source and target and fits(source, wanted[1]) and fits(target, wanted[0]):
            return Side.TARGET, Side.SOURCE
        self._left_out.languages |= {source, target}
        return None

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
    said = next((value for element in reversed(chain) if (value := element.get("translate"))), "yes")
    return said != "no"


def _pairs(unit: Element) -> Iterator[_Pair]:
    """What a unit pairs: its segments, else itself."""
    if unit.name == "unit":
        for segment in unit.named("segment"):
            source = segment.child("source")
            if source is not None:
                yield _Pair(source, segment.child("target"), (segment,))
        return
    source, target, cut_source = unit.child("source"), unit.child("target"), unit.child("seg-source")
    parts = _marked(cut_source) if cut_source is not None else {}
    rendered = _marked(target) if target is not None else {}
    if parts and (rendered or target is None):
        for name, part in parts.items():
            holders = (target,) if target is not None else ()
            yield _Pair(part, rendered.get(name), holders, name)
    elif source is not None:
        yield _Pair(source, target, (target,) if target is not None else ())


def _marked(element: Element) -> dict[str, Element]:
    """The segments that are marked in an element, by their number."""
    return {mark.get("mid"): mark for mark in element.named("mrk") if mark.get("mtype") == "seg"}


def _is_empty(raw: str, element: Element | None) -> bool:
    if element is None:
        return True
    return not element.children and not raw[element.inner : element.inner_end].strip()


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
