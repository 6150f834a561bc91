"""Finds out what a place in a glossary in YAML is about: which attributes can stand there, and which values.

The JSON Schema of glossaries says what there is. A text is seldom whole while somebody writes in it, so a
stand-in for the word at the cursor, and brackets behind it, make a text that can be read.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from termcheck.glossary import schema_text
from termcheck.glossary.events import read_nodes
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode
from termcheck.model import TermcheckError

_STAND_IN = "termcheck-stand-in"
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[\w-]*\Z"), re.compile(r"[\w-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_IN_LIST = "[]"
_CLOSINGS = ("", "}", "]", "}]", "}}", "}]}")

_Entry = tuple[ScalarNode, Node]


class Property(Struct, frozen=True):
    """An attribute, what the schema says about it, and the values it can have; empty if any text will do."""

    name: str
    description: str
    values: tuple[str, ...]


class Wanted(Struct, frozen=True):
    """What can be written at a cursor: the offsets of the word that it replaces, and the proposals.

    `is_key`: the proposals are keys, after which a colon is missing.
    """

    start: int
    end: int
    is_key: bool
    proposals: tuple[Property, ...]


def property_at(text: str, line: int, column: int) -> tuple[Property, ScalarNode] | None:
    """The attribute whose name is at a line and column (1-based); None if there is none."""
    root = _read(text)
    for steps, _, (key, _) in _keys(root, ()):
        if (key.line, key.end_line) == (line, line) and key.column <= column <= key.end_column:
            level = _level(root, steps)
            found = properties(level).get(key.text) if level else None
            if found is None and level == "entryMapping" and _LANGUAGE.match(key.text):
                found = Property(key.text, _schema()["$defs"]["renderings"]["description"], ())
            return (found, key) if found else None
    return None


def wanted_at(text: str, offset: int) -> Wanted | None:
    """What can be written at an offset; None if nothing is known about the place."""
    before, after = _WORD_BEFORE.search(text, 0, offset), _WORD_AFTER.match(text, offset)
    start = before.start() if before else offset
    end = after.end() if after else offset
    has_colon = text[end:].lstrip(" ").startswith(":")
    is_blank = not text[end:].partition("\n")[0].strip()
    keys = [_STAND_IN] if has_colon else [f"{_STAND_IN}: x"]
    for written in [*keys, _STAND_IN]:
        for closing in _CLOSINGS if is_blank else ("",):
            root = _read(f"{text[:start]}{written}{closing}{text[end:]}")
            found = _proposals(root)
            if found is not None:
                return Wanted(start, end, found[0] and not has_colon, found[1]) if found[1] else None
    return None


@functools.cache
def properties(level: str) -> Mapping[str, Property]:
    """The attributes of a level by their names; a level is a definition of the schema."""
    definition = _schema()["$defs"][level]
    forms = [definition, *definition.get("anyOf", ())]
    found = next(form["properties"] for form in forms if "properties" in form)
    return {name: Property(name, *_said(given)) for name, given in found.items()}


def concepts(root: Node | None) -> Iterator[tuple[str, ScalarNode]]:
    """The ids of the concepts of a glossary, each with the key of its entry."""
    top = _entries(root)
    for key, value in top.entries if top else ():
        named = value.get("concept") if isinstance(value, MappingNode) else None
        yield (named.text if isinstance(named, ScalarNode) else key.text), key


def references(root: Node | None) -> Iterator[ScalarNode]:
    """The texts of a glossary that name concepts."""
    top = _entries(root)
    for _, value in top.entries if top else ():
        named = value.get("see_also") if isinstance(value, MappingNode) else None
        for item in named.items if isinstance(named, SequenceNode) else (named,):
            if isinstance(item, ScalarNode):
                yield item


def tree(text: str) -> Node | None:
    """The nodes of a glossary; None if it cannot be read."""
    return _read(text)


def _proposals(root: Node | None) -> tuple[bool, tuple[Property, ...]] | None:
    """The proposals in place of the stand-in; None if it is in no place that is known."""
    for steps, mapping, (key, value) in _keys(root, ()):
        level = _level(root, steps)
        if key.text == _STAND_IN and level:
            used = mapping.keys()
            offered = [*(_languages(root) if level == "entryMapping" else ()), *properties(level).values()]
            return True, tuple(one for one in offered if one.name not in used)
        items = value.items if isinstance(value, SequenceNode) else (value,)
        if level and any(isinstance(item, ScalarNode) and item.text == _STAND_IN for item in items):
            return False, tuple(_values(root, level, key.text))
    return None


def _values(root: Node | None, level: str, name: str) -> Iterator[Property]:
    found = properties(level).get(name)
    if found is not None:
        yield from (Property(value, found.description, ()) for value in found.values)
    if name == "see_also":
        yield from (Property(one, "", ()) for one, _ in concepts(root))


def _languages(root: Node | None) -> Iterator[Property]:
    named = root.get("languages") if isinstance(root, MappingNode) else None
    for item in named.items if isinstance(named, SequenceNode) else ():
        if isinstance(item, ScalarNode):
            yield Property(item.text, _schema()["$defs"]["renderings"]["description"], ())


def _keys(node: Node | None, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], MappingNode, _Entry]]:
    """Every entry of every mapping of a tree, with its mapping, and the keys and lists that lead there."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from _keys(item, (*steps, _IN_LIST))
    elif isinstance(node, MappingNode):
        for entry in node.entries:
            yield steps, node, entry
            yield from _keys(entry[1], (*steps, entry[0].text))


def _level(root: Node | None, steps: tuple[str, ...]) -> str:
    """The definition of the schema for a mapping that is under these keys; empty for terms themselves."""
    is_full = isinstance(root, MappingNode) and not {"terms", "languages", "defaults"}.isdisjoint(root.keys())
    if is_full and not steps:
        return "full"
    if is_full and steps[0] == "defaults":
        return "defaults" if len(steps) == 1 else ""
    inner = steps[1:] if is_full else steps
    if not inner or (is_full and steps[0] != "terms"):
        return ""
    if len(inner) == 1:
        return "entryMapping"
    if inner[1] == "ignore":
        return "ignored"
    is_rendering = inner[1:] in ((_IN_LIST,), inner[1:2], (inner[1], _IN_LIST))
    return "term" if is_rendering and (inner[1] == _IN_LIST or _LANGUAGE.match(inner[1])) else ""


def _entries(root: Node | None) -> MappingNode | None:
    terms = root.get("terms") if isinstance(root, MappingNode) else None
    top = terms if isinstance(terms, MappingNode) else root
    return top if isinstance(top, MappingNode) else None


def _read(text: str) -> Node | None:
    try:
        return read_nodes(text, "", Mistakes())
    except TermcheckError:
        return None


@functools.cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text())
    return found


def _said(given: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The description of an attribute and its values, its own or those of the definition it refers to."""
    shared = _schema()["$defs"].get(given.get("$ref", "").rpartition("/")[2], {})
    description = given.get("description") or shared.get("description", "")
    values = given.get("enum") or shared.get("enum", ())
    return description, tuple(value for value in values if isinstance(value, str))
