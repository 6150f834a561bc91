"""Write a glossary in YAML in one style, by changes to its text, so that comments and quotes stay.

Only blanks, line breaks and the order of entries change. The parser says where keys, values and items begin;
the text between them is moved, never written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from termcheck.glossary.events import read_nodes
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

_NEWLINE = compile_later(r"\r\n|\r|\n")
_ODD_BREAK = compile_later("[\x85\u2028\u2029]")
_BLANKS = compile_later(r"[ \t]*")
_STEP = 2


def formatted(text: str, path: str, *, sort: bool = False) -> str:
    """The text of a glossary in the style; `sort` orders the entries by their terms.

    Raises TermcheckError for a text that is no YAML, or that has line separators of other kinds.
    """
    lines = _NEWLINE.split(text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, 1):
        if odd := _ODD_BREAK.search(line):
            raise TermcheckError(
                f"the line separator U+{ord(odd[0]):04X} ends a line for YAML, and for no editor",
                path=path,
                line=number,
                column=odd.start() + 1,
                advice="replace it by a line break, or by a blank",
            )
    layout = _Layout(lines, _nodes("\n".join(lines), path))
    lines = layout.lines()
    if sort:
        lines = _sorted(lines, _nodes("\n".join(lines), path), path)
    # Where a text ends the file without a line break, one more would be a part of it.
    end = "" if layout.ends_inside else "\n"
    return "\n".join(lines).rstrip("\n") + end


def _nodes(text: str, path: str) -> Node | None:
    mistakes = Mistakes()
    root = None
    with mistakes:
        root = read_nodes(text, path, mistakes)
    mistakes.raise_all()
    return root


class _Layout:
    """Works out how far each line moves, and which blanks in it go."""

    def __init__(self, lines: list[str], root: Node | None) -> None:
        self._lines = lines
        # By the number of a line (from 0): the indentation that it gets, where the structure says it.
        self._indents: dict[int, int] = {}
        # Lines inside of a text that goes over several: their blanks belong to the text.
        self._inside: set[int] = set()
        self._gaps: dict[int, list[tuple[int, int, str]]] = {}
        if root is not None:
            self._walk(root, 0)

    def _walk(self, node: Node, indent: int) -> None:
        if isinstance(node, ScalarNode):
            self._inside.update(
                range(node.line, node.end_line - 1 if node.end_column == 1 else node.end_line)
            )
        elif isinstance(node, MappingNode):
            self._mapping(node, indent)
        else:
            self._sequence(node, indent)

    def _mapping(self, node: MappingNode, indent: int) -> None:
        for key, value in node.entries:
            if not node.flow and self._begins_line(key.line, key.column):
                self._indents[key.line - 1] = indent
            self._gap(key, value)
            self._walk(value, indent + _STEP)

    def _sequence(self, node: SequenceNode, indent: int) -> None:
        is_flow = self._lines[node.line - 1][node.column - 1 : node.column] == "["
        for item in node.items:
            before = self._lines[item.line - 1][: item.column - 1]
            if not is_flow and before.strip() == "-":
                self._indents[item.line - 1] = indent
                dash = before.index("-")
                self._gaps.setdefault(item.line - 1, []).append((dash + 1, item.column - 1, " "))
            self._walk(item, indent + _STEP)

    def _gap(self, key: ScalarNode, value: Node) -> None:
        """Leave one blank between the colon of a key and its value in the same line."""
        if value.line != key.end_line or (isinstance(value, ScalarNode) and not value.text and value.plain):
            return
        begin, end = key.end_column - 1, value.column - 1
        between = self._lines[key.end_line - 1][begin:end]
        if between.strip() == ":" and between != ": ":
            self._gaps.setdefault(key.end_line - 1, []).append((begin, end, ": "))

    def _begins_line(self, line: int, column: int) -> bool:
        return not self._lines[line - 1][: column - 1].strip()

    @property
    def ends_inside(self) -> bool:
        """Whether the last line belongs to a text of several lines."""
        return len(self._lines) - 1 in self._inside and bool(self._lines[-1])

    def lines(self) -> list[str]:
        """The lines in the style, without blank lines at both ends and with single ones between."""
        result: list[str] = []
        for number, shift in enumerate(self._shifts()):
            line = self._lines[number]
            if number in self._inside:
                # Blanks alone may be a part of the text, too.
                result.append(
                    _shifted(line, shift) if line.strip() else " " * max(len(line) + shift, 0) * bool(line)
                )
                continue
            for begin, end, gap in sorted(self._gaps.get(number, ()), reverse=True):
                line = line[:begin] + gap + line[end:]
            line = _shifted(line, shift).rstrip(" \t")
            if line or (result and result[-1]):
                result.append(line)
        return result

    def _shifts(self) -> list[int]:
        """How many columns each line moves to the right."""
        shifts: list[int] = []
        shift = 0
        below = self._structure_below()
        for number, line in enumerate(self._lines):
            if number in self._indents:
                shift = self._indents[number] - _indent(line)
            own = shift
            if line.lstrip().startswith("#") and number not in self._inside:
                next_one = below[number]
                # A comment moves with the entry below it, if it is as far indented; else with what is above.
                if next_one >= 0 and _indent(self._lines[next_one]) == _indent(line):
                    own = self._indents[next_one] - _indent(line)
            shifts.append(own)
        return shifts

    def _structure_below(self) -> list[int]:
        """For each line the next one whose indentation is known, behind nothing but comments; else -1."""
        below = [-1] * len(self._lines)
        found = -1
        for number in range(len(self._lines) - 1, -1, -1):
            below[number] = found
            line = self._lines[number]
            if number in self._indents:
                found = number
            elif line.strip() and not line.lstrip().startswith("#"):
                found = -1
        return below


def _indent(line: str) -> int:
    match = _BLANKS.match(line)
    return match.end() if match else 0


def _shifted(line: str, shift: int) -> str:
    if not line.strip() or not shift:
        return line
    indent = _indent(line)
    return " " * max(indent + shift, 0) + line[indent:]


def _sorted(lines: list[str], root: Node | None, path: str) -> list[str]:
    """The lines with the entries in the order of their terms; comments above an entry move with it.

    Raises TermcheckError for entries between braces that are in another order.
    """
    terms = root.get("terms") if isinstance(root, MappingNode) else None
    whole = terms if isinstance(terms, MappingNode) else root
    if not isinstance(whole, MappingNode) or len(whole.entries) < 2:
        return lines
    keys = [key for key, _ in whole.entries]
    if whole is root and not _is_bare(whole):
        return lines
    order = sorted(range(len(keys)), key=lambda index: (keys[index].text.casefold(), keys[index].text))
    if order == list(range(len(keys))):
        return lines
    if whole.flow:
        raise TermcheckError(
            "entries between braces cannot be sorted",
            path=path,
            line=whole.line,
            column=whole.column,
            advice="write each entry on a line of its own, without the braces, or leave out --sort",
        )
    starts = [_start(lines, key.line - 1) for key in keys]
    end = _end(lines, root, whole)
    bounds = [*starts, end]
    blocks = [lines[begin:stop] for begin, stop in pairwise(bounds)]
    tail = _trailing_blanks(blocks[-1])
    blocks[-1] = blocks[-1][: len(blocks[-1]) - tail]
    rest = [""] * tail + lines[end:]
    return [*lines[: starts[0]], *(line for index in order for line in blocks[index]), *rest]


def _is_bare(root: MappingNode) -> bool:
    return root.get("version") is None and root.get("languages") is None


def _start(lines: list[str], number: int) -> int:
    """The line at which an entry begins, with the comments right above it."""
    while (
        number
        and lines[number - 1].lstrip().startswith("#")
        and not _is_directive(lines[number - 1], number - 1)
    ):
        number -= 1
    return number


def _is_directive(line: str, number: int) -> bool:
    """Whether a comment is about the whole file, such as the schema for editors in the first line."""
    return number == 0 and "$schema" in line


def _end(lines: list[str], root: Node | None, whole: MappingNode) -> int:
    """The line behind the entries: that of the next key of the glossary, or the end."""
    if isinstance(root, MappingNode) and root is not whole:
        behind = [key.line - 1 for key, _ in root.entries if key.line > whole.entries[-1][0].line]
        if behind:
            return _start(lines, min(behind))
    # What stands farther to the left at the end is about the whole file.
    end, indent = len(lines), whole.column - 1
    while _is_outside(lines[end - 1], indent):
        end -= 1
    return end


def _is_outside(line: str, indent: int) -> bool:
    return not line.strip() or (line.lstrip().startswith("#") and _indent(line) < indent)


def _trailing_blanks(block: list[str]) -> int:
    count = 0
    while count < len(block) and not block[-1 - count].strip():
        count += 1
    return count


def comments_of(text: str) -> Iterator[str]:
    """The lines that are comments and nothing else, without their indentation."""
    return (line.strip() for line in _NEWLINE.split(text) if re.match(r"\s*#", line))
