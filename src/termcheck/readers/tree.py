"""Texts under names in groups: which language they are in, and the keys by which they are paired.

A file has one language, `menu: {open: Open}`, or both, under the names of the languages, which may stand
anywhere: `open: {en: Open, de: Öffnen}`, `en: {open: Open}, de: {open: Öffnen}`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.languages import is_known
from termcheck.model import Segment, Side, Span
from termcheck.readers.base import Reading, ReadOptions, RowError, RowErrors
from termcheck.readers.columns import language_tag, sides
from termcheck.readers.keyed import group_name, rows

# In files of extensions of browsers, and of extracted messages, these stand beside the text and are none.
_MESSAGES = ("message", "defaultMessage")
_ABOUT_MESSAGES = ("description", "placeholders")


class Group(Struct, eq=False):
    """An object or an array, which is the one with this `number`, under its name in the group around it.

    `names` are the raw offsets of the names in an object. The members of an array are named by their numbers.
    A `repeated` group has the name of an earlier member, or is in such a group. `refused` are the names of
    the members that are false.
    """

    number: int
    parent: Group | None
    name: str
    is_object: bool
    repeated: bool = False
    names: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    count: int = 0


class Text(Struct, gc=False):
    """A string in a group, or a null: its name there, the offset of the name, and the place of the value.

    `style` says how it is written, and `value` what a parser read there, where these are not plain from the
    place.
    """

    group: Group
    name: str
    start: int
    span: Span
    is_null: bool = False
    style: str = ""
    value: str = ""


class Tree(Struct):
    """The groups of a text, the outer ones first, and its strings in order."""

    groups: list[Group] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


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
        return self.prefix.removesuffix(".") if self.parts is not None else f"{self.prefix}{name}"


def reading(
    tree: Tree,
    errors: RowErrors,
    options: ReadOptions,
    segment_of: Callable[[Text, str], Segment | None],
) -> Reading:
    """The texts of a tree, in one language or in two; `segment_of` makes the segment of a text with its key.

    A file holds both languages if most texts are under the names of languages. An error that `segment_of`
    raises is one of that text alone.
    """
    texts = [text for text in tree.texts if not text.group.repeated]
    places = _places(tree, lambda group: None if options.half else _parts(group, options))
    in_parts = sum(places[text.group.number].side_of(text.name) is not None for text in texts)
    if 2 * in_parts < len(texts):
        places = _places(tree, lambda _: None)
        in_parts = 0
    found: dict[Side | None, list[Segment]] = {None: [], Side.SOURCE: [], Side.TARGET: []}
    for text, side, key in _keyed(texts, places):
        try:
            segment = segment_of(text, key)
        except RowError as error:
            errors.add(error)
        else:
            if segment is not None:
                found[side].append(segment)
    return errors.reading(list(rows(found[Side.SOURCE], found[Side.TARGET])) if in_parts else found[None])


def _keyed(texts: Sequence[Text], places: Sequence[_Place]) -> Iterator[tuple[Text, Side | None, str]]:
    """The texts that are read, each with its side and its key.

    `{"a.b": …, "a": {"b": …}}` gives one key to two texts. Then the dots inside of names are marked.
    """
    found: list[tuple[Text, Side | None, str]] = []
    for text in texts:
        place = places[text.group.number]
        if place.has_text(text.group, text.name):
            found.append((text, place.side_of(text.name), place.key(text.name)))
    counts = Counter((side, key) for _, side, key in found)
    for text, side, key in found:
        yield text, side, _with_marked_dots(text, key) if counts[side, key] > 1 else key


def _with_marked_dots(text: Text, key: str) -> str:
    """A key in which a backslash stands before each dot of a name."""
    plain = marked = ""
    name, group = text.name, text.group
    while len(plain) < len(key):
        plain = f"{name}.{plain}" if plain else name
        inside = name.replace(".", "\\.")
        marked = f"{inside}.{marked}" if plain != name else inside
        if plain == key:
            return marked
        if group.parent is None:
            break
        name, group = group.name, group.parent
    return key


def language_around(tree: Tree) -> str:
    """The language that is the name of all that a file holds; empty if there is no such name."""
    names = list(tree.groups[0].names) if tree.groups and tree.groups[0].is_object else []
    tag = language_tag(names[0]) if len(names) == 1 and len(tree.groups) > 1 else ""
    return tag if tag and is_known(tag) else ""


def _places(tree: Tree, parts_of: Callable[[Group], Mapping[str, Side] | None]) -> Sequence[_Place]:
    """The places of all groups; `parts_of` says how a group in no language is divided into languages."""
    places: list[_Place] = []
    is_wrapped = bool(language_around(tree))
    for group in tree.groups:
        around = places[group.parent.number] if group.parent is not None else None
        if around is None or group.parent is None:
            places.append(_Place(parts=parts_of(group)))
            continue
        side = around.side_of(group.name)
        key = "" if is_wrapped and group.parent.number == 0 else around.key(group.name)
        prefix = group_name(f"{key}.") if key else ""
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
