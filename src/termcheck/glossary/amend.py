"""Add a rendering to an entry of a glossary in YAML, by an insertion into its text, so that its form stays.

Every amendment is tried: it counts only if the new text loads, and says what the old one says and the new
rendering besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.glossary.events import read_nodes
from termcheck.glossary.loader import load_glossary_text
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode
from termcheck.glossary.render import scalar
from termcheck.lazy import compile_later
from termcheck.model import Concept, Origin, Status, TermcheckError, same_language
from termcheck.text.positions import line_starts

_CLOSE = compile_later(r"\s*,?\s*([\]}])")
_LINE_END = compile_later(r"[^\r\n]*")
_BREAK = compile_later(r"\r\n|\r|\n")


class Insertion(Struct, frozen=True):
    """Text to put in place of what is between two offsets, in code points; the offsets may be the same."""

    start: int
    end: int
    text: str


def with_rendering(
    text: str,
    concept: Concept,
    wording: str,
    language: str,
    status: Status,
    languages: Sequence[str] = (),
) -> list[Insertion]:
    """The insertions that give a concept a rendering with a status, in order.

    `text` is a glossary in YAML, `status` is `admitted` or `forbidden`, and `languages` is the pair to check,
    for a glossary that does not name its languages. There are none if the entry is
    written in a way that no insertion fits, or if it says otherwise about the rendering.
    """
    try:
        old = load_glossary_text(text, "", languages)
        root = read_nodes(text, "", Mistakes())
        entry = _entry(root, concept)
        if entry is None or any(one.text == wording for one in concept.in_language(language)):
            return []
        shorthand = len(old.languages) == 2 and same_language(language, old.languages[1])
        writer = _Writer(text, wording, language, status, shorthand)
        for insertions in writer.ways(entry[1]):
            new = load_glossary_text(amended(text, insertions), "", languages)
            before, after = ([_without_places(one) for one in glossary.concepts] for glossary in (old, new))
            if _says_more(before, after, concept, wording, status):
                return insertions
    except TermcheckError:
        pass
    return []


def amended(text: str, insertions: Sequence[Insertion]) -> str:
    """The text with the insertions."""
    for one in reversed(insertions):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _entry(root: Node | None, concept: Concept) -> tuple[ScalarNode, Node] | None:
    """The key and the value of the entry of a concept; if several have its key, the one in its line."""
    terms = root.get("terms") if isinstance(root, MappingNode) else None
    top = terms if isinstance(terms, MappingNode) else root
    if not isinstance(top, MappingNode):
        return None
    found = [(key, value) for key, value in top.entries if key.text == concept.terms[0].text]
    here = [entry for entry in found if entry[0].line == concept.origin.line]
    return next(iter(found if len(found) == 1 else here), None)


class _Writer(Struct):
    """Works out where the new rendering can stand. `shorthand`: `forbid` says which language it is about."""

    text: str
    wording: str
    language: str
    status: Status
    shorthand: bool
    starts: Sequence[int] = ()

    def __post_init__(self) -> None:
        self.starts = line_starts(self.text)

    def ways(self, value: Node) -> Iterator[list[Insertion]]:
        """The ways to write it, the best first; each is to be tried."""
        is_forbidden = self.status is Status.FORBIDDEN
        item = scalar(self.wording)
        if is_forbidden and (not self.shorthand or not isinstance(value, MappingNode)):
            item = f"{{term: {item}, status: forbidden}}"
        if not isinstance(value, MappingNode):
            if is_forbidden and self.shorthand:
                yield from self._as_mapping(value)
            yield from self._listed(value, item)
            return
        names = ("forbid",) if is_forbidden and self.shorthand else ()
        for name, inner in value.entries:
            if name.text in names or (not names and same_language(name.text, self.language)):
                yield from self._listed(inner, item)
        if names and value.get("forbid") is None:
            yield from self._new_key(value, f"forbid: {item}")

    def _as_mapping(self, value: Node) -> Iterator[list[Insertion]]:
        """A value in one line becomes the renderings of its language, beside what is forbidden."""
        start, end = self._offset(value.line, value.column), self._end(value)
        if end is not None:
            tail = f", forbid: {_in_flow(scalar(self.wording))}}}"
            yield [Insertion(start, start, f"{{{self.language}: "), Insertion(end, end, tail)]

    def _listed(self, value: Node, item: str) -> Iterator[list[Insertion]]:
        """One more item of a list; what is no list becomes one."""
        start, end = self._offset(value.line, value.column), self._end(value)
        if not isinstance(value, SequenceNode):
            if end is not None:
                yield [Insertion(start, start, "["), Insertion(end, end, f", {_in_flow(item)}]")]
            return
        last = self._end(value.items[-1]) if value.items else None
        if last is None:
            return
        if end is not None:
            yield [Insertion(last, last, f", {_in_flow(item)}")]
        else:
            yield [self._line_below(last, value.column, f"- {item}")]

    def _new_key(self, mapping: MappingNode, written: str) -> Iterator[list[Insertion]]:
        last = self._end(mapping.entries[-1][1])
        if mapping.flow:
            if last is not None:
                yield [Insertion(last, last, f", {written}")]
            return
        for _, value in reversed(mapping.entries):
            end = self._last_of_block(value)
            if end is not None:
                yield [self._line_below(end, mapping.column, written)]
        first = self._offset(mapping.line, mapping.column)
        yield [Insertion(first, first, f"{written}{self._newline()}{' ' * (mapping.column - 1)}")]

    def _line_below(self, offset: int, column: int, written: str) -> Insertion:
        """A line of its own below the line of an offset, behind the comment that stands there."""
        end = _LINE_END.match(self.text, offset)
        place = end.end() if end else offset
        return Insertion(place, place, f"{self._newline()}{' ' * (column - 1)}{written}")

    def _newline(self) -> str:
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    def _last_of_block(self, node: Node) -> int | None:
        """Where the last text in a value ends, however the value is written."""
        while not isinstance(node, ScalarNode):
            children = node.items if isinstance(node, SequenceNode) else [value for _, value in node.entries]
            if (end := self._end(node)) is not None or not children:
                return end
            node = children[-1]
        return self._end(node)

    def _end(self, node: Node) -> int | None:
        """The offset at which a text in one line, or a list or mapping in brackets, ends; None for others."""
        if isinstance(node, ScalarNode):
            one_line = node.line == node.end_line and not (node.plain and node.empty)
            return self._offset(node.end_line, node.end_column) if one_line else None
        start = self._offset(node.line, node.column)
        if self.text[start : start + 1] not in ("[", "{"):
            return None
        children = node.items if isinstance(node, SequenceNode) else [value for _, value in node.entries]
        last = self._end(children[-1]) if children else start + 1
        found = _CLOSE.match(self.text, last) if last is not None else None
        return found.end() if found else None

    def _offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1


def _in_flow(item: str) -> str:
    """An item as it can stand in brackets, where a comma or a bracket ends a text without quotes."""
    if item[0] not in "{'\"" and re.search(r"[,\[\]{}]", item):
        return "'" + item.replace("'", "''") + "'"
    return item


def _without_places(concept: Concept) -> Concept:
    terms = tuple(replace(term, origin=Origin()) for term in concept.terms)
    return replace(concept, origin=Origin(), terms=terms)


def _says_more(
    before: Sequence[Concept], after: Sequence[Concept], concept: Concept, wording: str, status: Status
) -> bool:
    """Whether one concept alone has changed, by a rendering with this status."""
    if len(before) != len(after):
        return False
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if len(changed) != 1 or changed[0][0].id != concept.id:
        return False
    ((old, new),) = changed
    added = [term for term in new.terms if term not in old.terms]
    kept = tuple(term for term in new.terms if term not in added)
    is_meant = [(term.text, term.status) for term in added] == [(wording, status)]
    return (
        is_meant
        and sorted(kept, key=repr) == sorted(old.terms, key=repr)
        and replace(new, terms=old.terms) == old
    )
