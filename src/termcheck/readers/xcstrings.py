"""String catalogs of Xcode: JSON with all languages of an app in one file.

The name of a text is the text in the source language, unless that has a text of its own. A text may have
several forms, by number (`plural`) or by device. A text may show others, its substitutions, at `%#@name@`:
they count together with it, because a translation may render a term in either. Texts that are to be
translated or reviewed are unfinished.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Side, Span, merge
from termcheck.readers.base import UNFINISHED, Reading, ReadOptions, RowError, RowErrors
from termcheck.readers.columns import sides
from termcheck.readers.json_strings import text_and_pieces
from termcheck.readers.json_texts import replacement
from termcheck.readers.json_tree import read_tree
from termcheck.readers.keyed import keyed_segment
from termcheck.readers.tree import Group, Text, Tree

__all__ = ["read", "replacement"]

_UNFINISHED = ("new", "needs_review")
_OBJECT = "\ufffc"
# The place of a substitution, as in `%#@files@` and `%1$#@files@`.
_VARIABLE = compile_later(r"%(?:[0-9]+\$)?#@([^@\s\"\\]+)@")
_NAME = compile_later(r'"((?:[^"\\]|\\.)*+)"')


class _Unit(Struct):
    """A text in one form: its place, its state, and the texts that are `shown` inside of it."""

    value: Text | None = None
    state: str = ""
    is_substitution: bool = False
    shown: list[_Unit] = field(default_factory=list)

    @property
    def is_unfinished(self) -> bool:
        """Whether the text, or one that it shows, is to be translated or reviewed."""
        return self.state in _UNFINISHED or any(unit.is_unfinished for unit in self.shown)


class _Entry(Struct):
    """A text of the catalog: its group, and its forms by language."""

    group: Group
    languages: dict[str, dict[str, _Unit]] = field(default_factory=dict)
    is_stale: bool = False


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a catalog; a repeated name is an error of that text. Raises TermcheckError for what is no JSON."""
    errors = RowErrors(raw, path)
    tree = read_tree(raw, path, errors.add)
    own, entries = _entries(raw, tree)

    @cache
    def chosen(names: tuple[str, ...]) -> tuple[str, str] | None:
        found = sides(names, options)
        return (names[found[0]], names[found[1]]) if found else None

    segments: list[Segment] = []
    left_out = Counter[str]()
    for entry in entries:
        pair = chosen(tuple(dict.fromkeys((*entry.languages, own))))
        if pair is None or entry.is_stale or "shouldTranslate" in entry.group.refused:
            continue
        for source, target in _pairs(raw, entry.languages, *pair):
            if target.is_unfinished and not options.unfinished:
                left_out[UNFINISHED] += 1
                continue
            try:
                segments += list(_row(raw, entry, source, target, len(segments) // 2))
            except RowError as error:
                errors.add(error)
    return errors.reading(segments, left_out=left_out)


def _entries(raw: str, tree: Tree) -> tuple[str, list[_Entry]]:
    """The source language of a catalog, and its entries."""
    own = ""
    entries: dict[int, _Entry] = {}
    for group in tree.groups:
        if _is_entry(group) and not group.repeated:
            entries[group.number] = _Entry(group)
    for text in tree.texts:
        groups = list(_around(text.group))
        names = [group.name for group in groups[1:]]
        if not names and text.name == "sourceLanguage":
            own = raw[text.span.start : text.span.end]
        entry = entries.get(groups[2].number) if len(groups) > 2 else None
        if entry is None:
            continue
        if len(groups) == 3 and text.name == "extractionState":
            entry.is_stale = raw[text.span.start : text.span.end] == "stale"
        elif len(names) > 4 and names[2] == "localizations" and names[-1] == "stringUnit":
            form = ".".join(name for name in names[4:-1] if name not in ("variations", "substitutions"))
            unit = entry.languages.setdefault(names[3], {}).setdefault(form, _Unit())
            unit.is_substitution = names[4] == "substitutions"
            if text.name == "value":
                unit.value = text
            elif text.name == "state":
                unit.state = raw[text.span.start : text.span.end]
    return own, list(entries.values())


def _is_entry(group: Group) -> bool:
    strings = group.parent
    return (
        strings is not None
        and strings.name == "strings"
        and strings.parent is not None
        and strings.parent.parent is None
    )


def _around(group: Group) -> list[Group]:
    """The groups from the outermost to this one."""
    found: list[Group] = []
    place: Group | None = group
    while place is not None:
        found.append(place)
        place = place.parent
    return found[::-1]


def _with_shown(raw: str, units: Mapping[str, _Unit], forms: Sequence[str] = ()) -> Mapping[str, _Unit]:
    """The texts of a language with the substitutions that they show, if any does; else all of them.

    Of a substitution only the `forms` count, if there are some and it has them.
    """
    shown = {form: unit for form, unit in units.items() if unit.is_substitution and unit.value is not None}
    own = {form: unit for form, unit in units.items() if not unit.is_substitution}
    found = False
    for unit in own.values():
        span = unit.value.span if unit.value is not None else Span(0, 0)
        for name in _VARIABLE.findall(raw, span.start, span.end):
            of_name = {form: one for form, one in shown.items() if form.startswith(f"{name}.")}
            chosen = [one for form, one in of_name.items() if form.rpartition(".")[2] in forms]
            unit.shown += [one for one in chosen or of_name.values() if one not in unit.shown]
            found = True
    return own if found else units


def _pairs(
    raw: str, languages: Mapping[str, dict[str, _Unit]], source: str, target: str
) -> Iterator[tuple[_Unit, _Unit]]:
    """The forms of the target that have a text, each with the form of the source that it renders.

    A source without a text is its name.
    """
    targets = _with_shown(raw, languages.get(target) or {})
    sources = _with_shown(raw, languages.get(source) or {"": _Unit()}, ("other",))
    for form, unit in targets.items():
        if unit.value is None:
            continue
        above, dot, _ = form.rpartition(".")
        known = (sources.get(name) for name in (form, f"{above}{dot}other", ""))
        chosen = next((one for one in known if one is not None), None)
        if chosen is None and not form:
            chosen = next((one for name, one in sources.items() if name.endswith("other")), None)
        if chosen is not None:
            yield chosen, unit


def _row(raw: str, entry: _Entry, source: _Unit, target: _Unit, row: int) -> Iterator[Segment]:
    key = entry.group.name
    for side, unit in ((Side.SOURCE, source), (Side.TARGET, target)):
        span = unit.value.span if unit.value is not None else _name(raw, entry.group)
        shown = [one.value.span for one in unit.shown if one.value is not None]
        yield replace(_joined(raw, sorted([span, *shown]), key), row=row, side=side)


def _joined(raw: str, spans: Sequence[Span], key: str) -> Segment:
    """The segment of some texts; an object stands between two, so that no term goes across."""
    texts, pieces, borders = list[str](), list[Piece](), list[Span]()
    offset = 0
    for number, span in enumerate(spans):
        if number:
            borders.append(Span(offset, offset + 1))
            pieces.append(Piece(borders[-1], Span(spans[number - 1].end, span.start)))
            texts.append(_OBJECT)
            offset += 1
        text, own = text_and_pieces(raw, span)
        pieces += [
            Piece(Span(offset + piece.text.start, offset + piece.text.end), piece.raw) for piece in own
        ]
        texts.append(text)
        offset += len(text)
    segment = keyed_segment("".join(texts), pieces, key)
    return replace(segment, protected=merge((*segment.protected, *borders))) if borders else segment


def _name(raw: str, group: Group) -> Span:
    """The raw span of the name of a group, inside its quotes."""
    assert group.parent is not None
    found = _NAME.match(raw, group.parent.names[group.name])
    assert found is not None
    return Span(*found.span(1))
