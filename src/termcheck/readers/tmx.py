"""TMX: translation memories, with a pair for each unit that has a text in both languages.

A memory may have dozens of languages. The two that are asked for are found among those of each unit; a unit
without one of them is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Side
from termcheck.readers.base import NotBilingualError, Reading, ReadOptions, failure
from termcheck.readers.xml_languages import attribute_of, choose, languages_differ, opening_tag
from termcheck.readers.xml_spans import Element, Scan, scan
from termcheck.readers.xml_text import Inline, Texts, line_of_unit, replacement

if TYPE_CHECKING:
    from termcheck.readers.stretches import CompleteRows, TextStretch

__all__ = ["comment_line", "complete_rows", "cut", "declared_languages", "read", "replacement"]

_UNITS = ("tu",)
_LANG = "http://www.w3.org/XML/1998/namespace lang"
# What is between the tags of a program, and what stands for a thing. `sub` is inside of one of them.
_MARKS = frozenset(("bpt", "ept", "it", "ut"))
_OBJECTS = frozenset(("ph",))
_TAG = compile_later(r"<(?:[\w.-]+:)?tu(?=[\s>])")
_VARIANT = compile_later(r"<tuv(?=\s)(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>")


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read the units that have both languages.

    Raises NotBilingualError for another kind of file, and for one without texts in the two languages.
    """
    found = scan(raw, path, _UNITS, ends=options.ends)
    root = _root(found, raw, path)
    texts = Texts(raw, _kind)
    segments: list[Segment] = []
    present: set[str] = set()
    wanted = _wanted(options)
    for unit in found.units:
        variants = [
            (variant.get(_LANG) or variant.get("lang"), seg)
            for variant in unit.element.children
            if variant.name == "tuv" and (seg := variant.child("seg")) is not None
        ]
        tags = tuple(tag for tag, _ in variants)
        chosen = pair_of(tags, wanted)
        if chosen is None:
            present.update(tags)
            continue
        row = len(segments) // 2
        for index, side in zip(chosen, (Side.SOURCE, Side.TARGET), strict=True):
            segments.append(texts.segment(variants[index][1], row, side))
    if not segments and present and options.begins and options.ends:
        raise languages_differ(raw, root.start, path, options, present)
    return Reading(tuple(segments), directives=tuple(found.directives))


def pair_of(tags: tuple[str, ...], wanted: tuple[str, str]) -> tuple[int, int] | None:
    """Which texts of a unit are the two sides, by their languages; None unless it has both."""
    source = choose(tags, wanted[0]) if wanted[0] else 0 if tags else None
    if source is None:
        return None
    rest = tuple("" if index == source else tag for index, tag in enumerate(tags))
    if wanted[1]:
        target = choose(rest, wanted[1])
    else:
        target = next((index for index in range(len(tags)) if index != source), None)
    return None if target is None else (source, target)


def cut(text: TextIO, path: str, options: ReadOptions) -> Iterator[TextStretch]:  # noqa: ARG001
    """Cut a long memory between units."""
    from termcheck.readers.xml_cutting import cut_units

    return cut_units(text, path, _UNITS)


def complete_rows(stretch: TextStretch, options: ReadOptions) -> CompleteRows | None:
    """The texts of the plain units of a stretch, read quickly; None if there are none."""
    from termcheck.readers.tmx_texts import complete_rows

    return complete_rows(stretch, _wanted(options))


def declared_languages(head: str) -> tuple[str, str]:
    """The source language of the header and the only other one of the first units, else nothing."""
    source = attribute_of(opening_tag(head, "header"), "srclang")
    tags = {attribute_of(found[0], "xml:lang", "lang") for found in _VARIANT.finditer(head)}
    others = {tag for tag in tags if tag.casefold() != source.casefold()}
    return (source, others.pop()) if source and len(others) == 1 < len(tags) else ("", "")


def comment_line(document: Document, segment: Segment) -> int:
    """The line on which the unit of a segment begins."""
    return line_of_unit(document, segment, _TAG)


def _wanted(options: ReadOptions) -> tuple[str, str]:
    """The two languages; one that is not known is that of the first text, or of the next."""
    return options.source_lang or "", options.target_lang or ""


def _root(found: Scan, raw: str, path: str) -> Element:
    root = found.root
    if root is not None and root.name == "tmx":
        return root
    what = f"<{root.name}>" if root else "nothing"
    advice = "a TMX file begins with <tmx>"
    mistake = failure(raw, root.start if root else 0, f"no TMX: the file holds {what}", path, advice)
    raise NotBilingualError(mistake, "no TMX")


def _kind(element: Element) -> Inline:
    if element.name in _MARKS:
        return Inline.MARK
    return Inline.OBJECT if element.name in _OBJECTS else Inline.TEXT
