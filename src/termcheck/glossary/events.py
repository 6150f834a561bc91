"""Parse YAML (and so JSON) text into a tree of nodes with line and column numbers.

The tree is built from PyYAML's events and not by its composer. With the C parser, the composer overflows the
interpreter's stack on deeply nested input. It also turns `NO` and `2025-12-25` into values that are not text,
and takes three times as long.
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

# The code points that YAML 1.1 does not allow, section 5.1 (https://yaml.org/spec/1.1/#id868524).
_NOT_ALLOWED = compile_later(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# libyaml begins a new line at these; editors and the rest of termcheck do not.
_ODD_BREAKS = compile_later("[\x85\u2028\u2029]")
_BREAK = compile_later(r"\r\n|\r|\n")
# From the message of libyaml 0.2.6 and later about input that is nested more than 1,000 levels deep.
_TOO_DEEP = "maximum nesting depth"


def read_nodes(text: str, path: str, mistakes: Mistakes) -> Node | None:
    """The tree of one YAML document, or None if the text has only blanks and comments.

    Raises TermcheckError, with line and column, for text that is not valid YAML and for everything that a
    glossary cannot use: aliases, anchors, tags, a second document, more than 12 levels. Duplicate keys are
    added to `mistakes` and stay in the tree.
    """
    import yaml

    text = text.removeprefix("\ufeff")
    _refuse_characters(text, path)
    position = _position_by_offset(text) if _ODD_BREAKS.search(text) else _position
    loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        try:
            return _build(text, loader, _Builder(path, position, mistakes))
        except yaml.MarkedYAMLError as error:
            # libyaml scans ahead and gives up on deep nesting before it reports where the first levels are.
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


def _refuse_characters(text: str, path: str) -> None:
    match = _NOT_ALLOWED.search(text)
    if match is None:
        return
    line, column = _line_and_column(_line_starts(text), match.start())
    code = ord(match[0])
    name = "a NUL byte" if code == 0 else f"the character U+{code:04X}"
    raise TermcheckError(
        f"a glossary cannot contain {name}",
        path=path,
        line=line,
        column=column,
        advice="remove it" if code else "save the glossary as UTF-8 text",
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def _line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _position(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _position_by_offset(text: str) -> Callable[[yaml.Mark], tuple[int, int]]:
    starts = _line_starts(text)
    return lambda mark: _line_and_column(starts, mark.index)


class _Frame(Struct):
    """A list or mapping that has not ended; `seen` is None in a list, and `key` still lacks its value."""

    start: Any
    items: list[Any] = field(default_factory=list)
    seen: dict[str, ScalarNode] | None = None
    key: ScalarNode | None = None


class _Builder:
    """Builds the tree of nodes, with a method for each kind of event."""

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
        """The method for each kind of event."""
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
                event, "a second YAML document begins here", "remove the `---`: a file holds one glossary"
            )

    def alias(self, event: Any) -> None:
        raise self.fail(
            event,
            f"a glossary cannot use aliases such as `*{event.anchor}`",
            "write the value out, or put a text that begins with `*` in quotes",
        )

    def refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            feature, sign = f"anchors such as `&{event.anchor}`", "&"
        else:
            feature, sign = f"tags such as `{event.tag}`", "!"
        raise self.fail(
            event,
            f"a glossary cannot use {feature}",
            f"remove it, or put a text that begins with `{sign}` in quotes",
        )

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        start, end = event.start_mark, event.end_mark
        if self.position is _position:
            # The usual case, without a call because this runs for every text of the file.
            line, column, end_line, end_column = (
                start.line + 1,
                start.column + 1,
                end.line + 1,
                end.column + 1,
            )
        else:
            line, column = self.position(start)
            end_line, end_column = self.position(end)
        # The style tells plain texts ("" or None) from quoted ones and blocks.
        self.add(ScalarNode(event.value, line, column, end_line, end_column, not event.style))

    def start(self, event: Any, seen: dict[str, ScalarNode] | None) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.fail(
                event,
                f"nested more than {MAX_DEPTH} levels deep",
                "write it with at most five levels, as a glossary needs no more",
            )
        if self.stack and self.stack[-1].seen is not None and self.stack[-1].key is None:
            kind = "a list" if seen is None else "a mapping"
            raise self.fail(
                event, f"expected a term, found {kind}", "put a term that begins with `[` or `{` in quotes"
            )
        self.stack.append(_Frame(event, seen=seen))

    def start_mapping(self, event: Any) -> None:
        self.start(event, {})

    def start_sequence(self, event: Any) -> None:
        self.start(event, None)

    def end_mapping(self, _: Any) -> None:
        frame = self.stack.pop()
        line, column = self.position(frame.start.start_mark)
        self.add(MappingNode(tuple(frame.items), line, column, flow=bool(frame.start.flow_style)))

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
            frame.key = self.checked_key(node, frame.seen)

    def checked_key(self, node: ScalarNode, seen: dict[str, ScalarNode]) -> ScalarNode:
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
    """The value of a key; a missing value gets the position after its key, not that of the next token."""
    if isinstance(value, ScalarNode) and not value.text and value.line > key.end_line:
        return ScalarNode("", key.end_line, key.end_column, key.end_line, key.end_column)
    return value


def _ignore(_: Any) -> None:
    """Handle an event that has no content."""
