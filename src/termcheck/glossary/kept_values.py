"""What a format has no place for, as JSON in a note, and back.

Only what differs from its default is kept, so that most notes are not needed at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, ValidationError

from termcheck.model import Concept, Term

NOTE = "termcheck:"
"""How a note begins in which termcheck keeps something."""

Kind = TypeVar("Kind", Term, Concept)


def note_of(values: Mapping[str, Any]) -> str:
    """A note that keeps some values; empty if there are none."""
    return NOTE + msgspec.json.encode(values).decode() if values else ""


def values_in(note: str) -> dict[str, Any] | None:
    """The values that a note keeps; None if it is another note."""
    if not note.lstrip().startswith(NOTE):
        return None
    try:
        values = msgspec.json.decode(note.lstrip()[len(NOTE) :])
    except msgspec.DecodeError:
        return None
    return values if isinstance(values, dict) else None


def kept_values(thing: Struct, without: Collection[str]) -> dict[str, Any]:
    """The values of a term or a concept that differ from their defaults, but for some fields."""
    values: dict[str, Any] = msgspec.to_builtins(thing)
    # Where a glossary was read from is none of its values.
    for ignore in values.get("ignore", ()):
        ignore.pop("origin", None)
    return {name: value for name, value in values.items() if name not in without and name != "origin"}


def restored(values: Mapping[str, Any], blank: Kind) -> dict[str, Any]:
    """Typed values of a note for what `blank` is; none if they are of no use."""
    fields = set(blank.__struct_fields__) - {"origin", "id", "terms", "language"}
    given = {name: value for name, value in values.items() if name in fields}
    try:
        whole = msgspec.convert({**msgspec.to_builtins(blank), **given}, type(blank))
    except ValidationError:
        return {}
    return {name: getattr(whole, name) for name in given}
