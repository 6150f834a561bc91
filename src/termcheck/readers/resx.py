"""Resources of .NET (`.resx`, `.resw`): the entries that hold text."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Segment
from termcheck.readers.base import NotBilingualError, Reading, ReadOptions, RowError, RowErrors, failure
from termcheck.readers.keyed import UniqueKeys, comment_line
from termcheck.readers.xml_spans import Element, scan
from termcheck.readers.xml_text import ACCELERATORS, Inline, Texts, named_segment
from termcheck.readers.xml_text import label_replacement as replacement

__all__ = ["comment_line", "read", "replacement"]


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read the texts; a repeated name is an error of that text.

    Raises NotBilingualError for XML of another kind.
    """
    found = scan(raw, path, ("data",))
    if found.root is None or found.root.name != "root":
        lack = "no resources of .NET"
        raise NotBilingualError(failure(raw, 0, lack, path, "such a file begins with <root>"), lack)
    texts = Texts(raw, lambda _: Inline.TEXT, ACCELERATORS)
    errors, keys = RowErrors(raw, path), UniqueKeys(raw)
    segments: list[Segment] = []
    for unit in found.units:
        try:
            for value in _value(unit.element) if len(unit.around) == 1 else ():
                key = unit.element.get("name")
                keys.add(key, unit.element.start)
                segments.append(named_segment(texts, value, key, unit.element.start, ("csharp-format",)))
        except RowError as error:
            errors.add(error)
    return errors.reading(segments, directives=found.directives)


def _value(entry: Element) -> Iterator[Element]:
    """The value of an entry if it is text; raises RowError if it has no name."""
    kind, name = entry.get("type"), entry.get("name")
    is_text = not entry.get("mimetype") and (not kind or kind.partition(",")[0].strip() == "System.String")
    value = entry.child("value")
    # The editor of forms keeps there what it knows of their parts. Only the title of a form is text.
    of_editor = name.startswith(">>") or (name.startswith("$") and not name.endswith(".Text"))
    if not is_text or of_editor or value is None:
        return
    if not name:
        raise RowError(entry.start, "this entry has no name", 'write <data name="…">')
    yield value
