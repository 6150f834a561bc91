"""JSON lines: one object a line, with a source and a target string in each.

The standard decoder gives values but not their places, and findings must point into the string as it is
written, escapes and all. So the objects are walked here, while the decoder's own compiled scanner reads their
strings and the values that are not needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn, TextIO

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Side, Span
from termcheck.readers.base import (
    KeyPath,
    NotBilingualError,
    Reading,
    ReadOptions,
    Replacement,
    RowError,
    RowErrors,
    identity,
    row_segment,
)
from termcheck.readers.columns import sides
from termcheck.readers.json_strings import escaped, pieces
from termcheck.text.whole_numbers import whole_number

if TYPE_CHECKING:
    from termcheck.readers.stretches import CompleteRows, TextStretch

_LINE = compile_later(r"[^\r\n]+")
_ADVICE = 'every line must be one JSON object, such as {"source": "…", "target": "…"}'


class _Value(Struct, frozen=True):
    """A string at one of the wanted paths; `raw` is the span between its quotes, or that of a null."""

    text: str
    raw: Span


class _NoKeysError(RowError):
    """A row that is a sound object without the wanted keys."""


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read JSON lines; blank lines are skipped, and a null is an empty text.

    A malformed row is an error of that row. Raises NotBilingualError if no row has the keys.
    """
    walker = _Walker(wanted_keys(raw, options))
    errors, malformed = RowErrors(raw, path), RowErrors(raw, path)
    segments: list[Segment] = []
    row = 0
    for line in _LINE.finditer(raw):
        try:
            values = walker.line(line[0], line.start())
            cells = [
                _segment(raw, values[wanted], row, side)
                for side, wanted in zip((Side.SOURCE, Side.TARGET), walker.wanted, strict=True)
                if values
            ]
        except RowError as error:
            errors.add(error)
            if not isinstance(error, _NoKeysError):
                malformed.add(error)
        else:
            segments += cells
            row += bool(cells)
    if not segments and errors.count and not malformed.count:
        names = " and ".join(f"“{'.'.join(key)}”" for key in walker.wanted)
        raise NotBilingualError(errors.first, f"no keys {names}", errors.count)
    # If no row has the keys, their absence is not an error of any single row.
    return (errors if segments else malformed).reading(segments)


def cut(text: TextIO, path: str, options: ReadOptions) -> Iterator[TextStretch]:  # noqa: ARG001
    """Cut a long text between lines; the keys of the first row are those of all, as in a file read whole."""
    from termcheck.readers.cutting import cut_lines

    keys = options.keys
    for stretch in cut_lines(text):
        keys = keys or _keys_of_rows(stretch.rows, options)
        yield replace(stretch, keys=keys)


def complete_rows(stretch: TextStretch, options: ReadOptions) -> CompleteRows | None:
    """The texts of a stretch, read quickly; None if only `read` can do that."""
    from termcheck.readers.jsonl_texts import complete_rows

    return complete_rows(stretch.rows, options)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text with JSON's escapes. A file all in ASCII was written by a tool that escapes the rest."""
    return [(segment.raw_span(span), escaped(text, document.raw))]


def row_of(line: str, wanted: tuple[KeyPath, KeyPath]) -> tuple[str, str] | None:
    """The two texts of a line as `read` finds them; None if it finds no row."""
    try:
        values = _Walker(wanted).line(line, 0)
        for value in values.values():
            _segment(line, value, 0, Side.SOURCE)
    except RowError:
        return None
    return (values[wanted[0]].text, values[wanted[1]].text) if values else None


def wanted_keys(raw: str, options: ReadOptions) -> tuple[KeyPath, KeyPath]:
    """The keys of the two sides: the options name them, or else the first row that has both sides does."""
    named = tuple(options.source_key.split(".")), tuple(options.target_key.split("."))
    return options.keys or _keys_of_rows(raw, options) or named


def _keys_of_rows(raw: str, options: ReadOptions) -> tuple[KeyPath, KeyPath] | None:
    """The keys of the first row that has both sides; None if there is none, or if the options name keys."""
    usual = ReadOptions()
    if (options.source_key, options.target_key) != (usual.source_key, usual.target_key):
        return None
    for line in _LINE.finditer(raw):
        try:
            row = json.loads(line[0], parse_int=whole_number)
        except (ValueError, RecursionError):
            continue
        names = list(row) if isinstance(row, dict) else []
        if found := sides(names, options):
            return (names[found[0]],), (names[found[1]],)
    return None


def _segment(raw: str, value: _Value, row: int, side: Side) -> Segment:
    span = value.raw
    if len(value.text) == len(span):
        parts = [identity(span.start, span.end)]
    elif value.text:
        parts = list(pieces(raw, span))
    else:
        parts = [Piece(Span(0, 0), span)]
    return row_segment(value.text, parts, row, side)


class _Walker:
    """Finds the wanted strings of one line after another.

    It works on one line and remembers where the line begins in the file, so the decoder cannot read beyond it
    and describing an error takes no longer than the line is.
    """

    def __init__(self, wanted: tuple[KeyPath, KeyPath]) -> None:
        self.raw = ""
        self.base = 0
        self.wanted = wanted
        self.branches = {key[:depth] for key in wanted for depth in range(1, len(key))}
        self.decode = json.JSONDecoder(parse_int=whole_number).raw_decode

    def line(self, text: str, base: int) -> dict[KeyPath, _Value]:
        """The two wanted strings of a line, none for a blank line; raises RowError for a malformed one."""
        self.raw, self.base = text, base
        start = self._skip_blanks(0)
        if start == len(text):
            return {}
        found: dict[KeyPath, _Value] = {}
        try:
            if self.raw[start] != "{":
                self._fail(start, "expected “{”")
            after = self._skip_blanks(self._object(start, (), found))
        except json.JSONDecodeError as error:
            self._fail(error.pos, f"malformed JSON: {error.msg}")
        except RecursionError:
            self._fail(start, "the JSON is nested too deeply")
        if after < len(text):
            self._fail(after, "unexpected text after the object")
        if missing := [".".join(key) for key in self.wanted if key not in found]:
            names = " nor ".join(f"“{name}”" for name in missing)
            lacks = "has neither the key" if len(missing) > 1 else "has no key"
            advice = (
                "each row needs both keys: source and target, or the two languages, or what --source-key and "
                "--target-key name"
            )
            raise _NoKeysError(base + start, f"the object {lacks} {names}", advice)
        return found

    def _fail(self, offset: int, message: str, advice: str = _ADVICE) -> NoReturn:
        raise RowError(self.base + offset, message, advice)

    def _skip_blanks(self, offset: int) -> int:
        raw = self.raw
        while raw.startswith((" ", "\t"), offset):
            offset += 1
        return offset

    def _object(self, start: int, above: KeyPath, found: dict[KeyPath, _Value]) -> int:
        """Walk the object that opens at `start`, and return the offset after it."""
        raw, offset = self.raw, self._skip_blanks(start + 1)
        if raw[offset : offset + 1] == "}":
            return offset + 1
        while True:
            if raw[offset : offset + 1] != '"':
                self._fail(offset, "malformed JSON: expected a key in double quotes")
            key_start = offset
            key, offset = self.decode(raw, offset)
            offset = self._skip_blanks(offset)
            if raw[offset : offset + 1] != ":":
                self._fail(offset, "malformed JSON: expected “:” after the key")
            offset = self._skip_blanks(
                self._value(key_start, self._skip_blanks(offset + 1), (*above, key), found)
            )
            mark = raw[offset : offset + 1]
            if mark == "}":
                return offset + 1
            if mark != ",":
                self._fail(offset, "malformed JSON: expected “,” or “}”")
            offset = self._skip_blanks(offset + 1)

    def _value(self, key_start: int, start: int, path: KeyPath, found: dict[KeyPath, _Value]) -> int:
        """Take the value at `start`, walk into it or skip it, and return the offset after it."""
        opening = self.raw[start : start + 1]
        if path in self.wanted:
            if path in found:
                self._fail(key_start, f"the key “{'.'.join(path)}” occurs twice", "keep one of them")
            value, end = self.decode(self.raw, start)
            if value is None:
                found[path] = _Value("", Span(self.base + start, self.base + end))
                return end
            if not isinstance(value, str):
                self._fail(
                    start, f"the value of “{'.'.join(path)}” is not a string", "write it in double quotes"
                )
            found[path] = _Value(value, Span(self.base + start + 1, self.base + end - 1))
            return end
        if path in self.branches and opening == "{":
            return self._object(start, path, found)
        return int(self.decode(self.raw, start)[1])
