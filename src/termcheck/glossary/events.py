"""Reads YAML (and so JSON) text into the node tree, from PyYAML's parse events with an own stack.

PyYAML's composer is left out for three reasons: with the C parser it overflows the interpreter's stack on
deeply nested input, it resolves `NO` and `2025-12-25` to things that are no text, and it is three times
as slow.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from termcheck.glossary.diagnose import MISSING_KEY, explain
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 12

# What YAML 1.1 does not count as characters, section 5.1 (https://yaml.org/spec/1.1/#id868524).
_FOREIGN = compile_later(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# libyaml begins a new line at these, editors and the rest of termcheck do not.
_ODD_BREAKS = compile_later("[\x85\u2028\u2029]")
_BREAK = compile_later(r"\r\n|\r|\n")
# What libyaml 0.2.6 and later say of input nested more than 1,000 levels deep.
_TOO_DEEP = "maximum nesting depth"


def read_nodes(text: str, path: str, mistakes: Mistakes) -> Node | None:
    """The tree of one YAML document; None where the text holds nothing but blanks and comments.

    Raises TermcheckError, with its place, for whatever is no YAML and for what a glossary must not use:
    aliases, anchors, tags, a second document, more than 12 levels. Duplicate keys are added to `mistakes`
    and stay in the tree.
    """
    import yaml

    text = text.removeprefix("\ufeff")
    _refuse_foreign(text, path)
    position = _position_by_offset(text) if _ODD_BREAKS.search(text) else _position
    loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        try:
            return _build(text, loader, _Builder(path, position, mistakes))
        except yaml.MarkedYAMLError as error:
            # libyaml scans ahead, and gives up on deep nesting before it tells where the first levels are.
            if loader is yaml.SafeLoader or _TOO_DEEP not in str(error.problem):
                raise
            return _build(text, yaml.SafeLoader, _Builder(path, position, mistakes))
    except yaml.MarkedYAMLError as error:
        raise explain(error, _BREAK.split(text), position, path) from None


def _build(text: str, loader: Any, builder: _Builder) -> Node | None:
    import yaml

    handlers = builder.handlers(yaml)
    for event in yaml.parse(text, Loader=loader):
        handlers[type(event)](event)
    return builder.root


def _refuse_foreign(text: str, path: str) -> None:
    found = _FOREIGN.search(text)
    if found is None:
        return
    line, column = _place(_line_starts(text), found.start())
    code = ord(found[0])
    name = "a NUL byte" if code == 0 else f"the character U+{code:04X}"
    raise TermcheckError(
        f"{name} cannot stand in a glossary",
        path=path,
        line=line,
        column=column,
        advice="remove it" if code else "is this a text file? Save it as UTF-8 text",
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def _place(starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _position(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _position_by_offset(text: str) -> Callable[[yaml.Mark], tuple[int, int]]:
    starts = _line_starts(text)
    return lambda mark: _place(starts, mark.index)


class _Frame(Struct):
    """A list or mapping still open; `seen` is None for a list, `key` waits for its value."""

    start: Any
    items: list[Any] = field(default_factory=list)
    seen: dict[str, ScalarNode] | None = None
    key: ScalarNode | None = None


class _Builder:
    """Puts events together; one method for each kind of event."""

    def __init__(
        self, path: str, position: Callable[[yaml.Mark], tuple[int, int]], mistakes: Mistakes
    ) -> None:
        self.path = path
        self.position = position
        self.mistakes = mistakes
        self.root: Node | None = None
        self.documents = 0
        self.stack: list[_Frame] = []

    def handlers(self, yaml: Any) -> dict[type, Callable[[Any], None]]:
        """Which method takes which kind of event."""
        return {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start_mapping,
            yaml.SequenceStartEvent: self.start_sequence,
            yaml.MappingEndEvent: self.end_mapping,
            yaml.SequenceEndEvent: self.end_sequence,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.start_document,
            yaml.DocumentEndEvent: _ignore,
            yaml.StreamStartEvent: _ignore,
            yaml.StreamEndEvent: _ignore,
        }

    def fail(self, event: Any, message: str, advice: str) -> TermcheckError:
        line, column = self.position(event.start_mark)
        return TermcheckError(message, path=self.path, line=line, column=column, advice=advice)

    def start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.fail(
                event, "a second YAML document begins here", "keep one glossary in a file: remove the `---`"
            )

    def alias(self, event: Any) -> None:
        raise self.fail(
            event,
            f"aliases such as `*{event.anchor}` are not used in a glossary",
            "write the value out; put a text that begins with `*` in quotes",
        )

    def refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            what, sign = f"anchors such as `&{event.anchor}`", "&"
        else:
            what, sign = f"tags such as `{event.tag}`", "!"
        raise self.fail(
            event,
            f"{what} are not used in a glossary",
            f"remove it; put a text that begins with `{sign}` in quotes",
        )

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        start, end = event.start_mark, event.end_mark
        if self.position is _position:
            # The usual case without a call; this runs for every text of the file.
            line, column, end_line, end_column = (
                start.line + 1,
                start.column + 1,
                end.line + 1,
                end.column + 1,
            )
        else:
            line, column = self.position(start)
            end_line, end_column = self.position(end)
        # Reading quoted blocks and plain texts alike, only the style tells them apart ("" or None: plain).
        self.add(ScalarNode(event.value, line, column, end_line, end_column, not event.style))

    def start(self, event: Any, seen: dict[str, ScalarNode] | None) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.fail(
                event, f"nested more than {MAX_DEPTH} levels deep", "a glossary needs five levels at most"
            )
        if self.stack and self.stack[-1].seen is not None and self.stack[-1].key is None:
            what = "a list" if seen is None else "a mapping"
            raise self.fail(
                event, f"{what} where a term is expected", "put a term that begins with `[` or `{` in quotes"
            )
        self.stack.append(_Frame(event, seen=seen))

    def start_mapping(self, event: Any) -> None:
        self.start(event, {})

    def start_sequence(self, event: Any) -> None:
        self.start(event, None)

    def end_mapping(self, _: Any) -> None:
        frame = self.stack.pop()
        place = self.position(frame.start.start_mark)
        self.add(MappingNode(tuple(frame.items), *place, flow=bool(frame.start.flow_style)))

    def end_sequence(self, _: Any) -> None:
        frame = self.stack.pop()
        self.add(SequenceNode(tuple(frame.items), *self.position(frame.start.start_mark)))

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = None if isinstance(node, ScalarNode) and node.plain and not node.text else node
            return
        frame = self.stack[-1]
        if frame.seen is None:
            frame.items.append(node)
        elif frame.key is not None:
            frame.items.append((frame.key, _after(frame.key, node)))
            frame.key = None
        elif isinstance(node, ScalarNode):
            frame.key = self.fresh_key(node, frame.seen)

    def fresh_key(self, node: ScalarNode, seen: dict[str, ScalarNode]) -> ScalarNode:
        first = seen.setdefault(node.text, node)
        if not node.text.strip():
            raise mistake(node, self.path, MISSING_KEY, "write `term: rendering`")
        if first is not node:
            self.mistakes.add(
                mistake(
                    node,
                    self.path,
                    f"duplicate key `{node.text}`, first written in line {first.line}",
                    "merge the two entries into one",
                )
            )
        return node


def _after(key: ScalarNode, value: Node) -> Node:
    """The value; one that is missing altogether stands behind its key, not where the next thing begins."""
    if isinstance(value, ScalarNode) and not value.text and value.line > key.end_line:
        return ScalarNode("", key.end_line, key.end_column, key.end_line, key.end_column)
    return value


def _ignore(_: Any) -> None:
    """Takes events that carry nothing."""
