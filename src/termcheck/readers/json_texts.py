"""JSON in which apps keep their texts: names lead to texts, in one language or in two.

A file may have one language, `{"menu": {"open": "Open"}}`, or both, under the names of the languages:
`{"open": {"en": "Open", "de": "Öffnen"}}` or `{"en": {"open": "Open"}, "de": {"open": "Öffnen"}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from termcheck.model import Document, Segment, Side, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowError, RowErrors
from termcheck.readers.columns import language_tag, sides
from termcheck.readers.json_strings import escaped, text_and_pieces
from termcheck.readers.json_tree import Group, JsonTree, Text, read_tree
from termcheck.readers.keyed import group_name, keyed_segment, rows

# In files of extensions of browsers, and of extracted messages, these stand beside the text and are none.
_MESSAGES = ("message", "defaultMessage")
_ABOUT_MESSAGES = ("description", "placeholders")


class _Place(Struct, frozen=True):
    """Where the texts of a group belong: the beginning of their keys, and their side if they have one.

    `parts` are the members of the group that hold one language each, if it is divided so.
    """

    prefix: str = ""
    side: Side | None = None
    parts: Mapping[str, Side] | None = None
    has_texts: bool = True

    def side_of(self, name: str) -> Side | None:
        """The side of a member."""
        return self.side if self.parts is None else self.parts.get(name)

    def has_text(self, group: Group, name: str) -> bool:
        """Whether a member of the group is, or may hold, a text."""
        if not self.has_texts or (self.parts is not None and name not in self.parts):
            return False
        return name not in _ABOUT_MESSAGES or not any(one in group.names for one in _MESSAGES)

    def key(self, name: str) -> str:
        """The key of a member; the name of a language is no part of it."""
        return self.prefix if self.parts is not None else f"{self.prefix}{name}"


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a file; a repeated name is an error of that text. Raises TermcheckError for what is no JSON."""
    return read_texts(raw, path, options, lambda _: True)


def read_texts(raw: str, path: str, options: ReadOptions, is_text: Callable[[Text], bool]) -> Reading:
    """Read those strings of a file that are texts by their names."""
    errors = RowErrors(raw, path)
    tree = read_tree(raw, path, errors.add)
    texts = [text for text in tree.texts if not text.group.repeated and is_text(text)]
    places = _places(tree, lambda group: None if options.half else _parts(group, options))
    in_parts = sum(places[text.group.number].side_of(text.name) is not None for text in texts)
    if 2 * in_parts < len(texts):
        places = _places(tree, lambda _: None)
        in_parts = 0
    found: dict[Side | None, list[Segment]] = {None: [], Side.SOURCE: [], Side.TARGET: []}
    for text in texts:
        place = places[text.group.number]
        if place.has_text(text.group, text.name):
            try:
                found[place.side_of(text.name)].append(_segment(raw, text, place))
            except RowError as error:
                errors.add(error)
    segments = list(rows(found[Side.SOURCE], found[Side.TARGET])) if in_parts else found[None]
    return errors.reading(segments)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text with JSON's escapes."""
    return [(segment.raw_span(span), escaped(text, document.raw))]


def _segment(raw: str, text: Text, place: _Place) -> Segment:
    span = Span(text.span.start, text.span.start) if text.is_null else text.span
    return keyed_segment(*text_and_pieces(raw, span), place.key(text.name))


def _places(tree: JsonTree, parts_of: Callable[[Group], Mapping[str, Side] | None]) -> Sequence[_Place]:
    """The places of all groups; `parts_of` says how a group in no language is divided into languages."""
    places: list[_Place] = []
    for group in tree.groups:
        around = places[group.parent.number] if group.parent is not None else None
        if around is None or group.parent is None:
            places.append(_Place(parts=parts_of(group)))
            continue
        side = around.side_of(group.name)
        key = around.key(group.name)
        prefix = key if around.parts is not None or not key else group_name(f"{key}.")
        parts = parts_of(group) if side is None else None
        places.append(_Place(prefix, side, parts, around.has_text(group.parent, group.name)))
    return places


def _parts(group: Group, options: ReadOptions) -> Mapping[str, Side] | None:
    """The members of an object that are named by language, the source and the target; None without both."""
    names = [name for name in group.names if len(name) < 40 and _may_be_side(name, options)]
    found = sides(names, options) if group.is_object and len(names) > 1 else None
    return {names[found[0]]: Side.SOURCE, names[found[1]]: Side.TARGET} if found else None


def _may_be_side(name: str, options: ReadOptions) -> bool:
    return name in (options.source_key, options.target_key) or bool(language_tag(name))
