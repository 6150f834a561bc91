"""The texts of JSON lines, read quickly and without positions.

msgspec reads them ten times as fast as the reader that keeps positions. A line that it refuses, or that the
reader may understand differently, is read by `jsonl`.
"""

from __future__ import annotations

import functools
import json
from typing import Any

import msgspec

from termcheck.interrupts import held
from termcheck.lazy import compile_later
from termcheck.readers.base import ReadOptions
from termcheck.readers.jsonl import row_of, wanted_keys
from termcheck.readers.stretches import CompleteRows, split_lines

# A key written with escapes; the colon after it tells it from a value.
_ESCAPED_KEY = compile_later(r'"(?:[^"\\\n]|\\.)*\\u(?:[^"\\\n]|\\.)*"\s*:')


def complete_rows(raw: str, options: ReadOptions) -> CompleteRows | None:
    """The texts of all rows; None if there are none, or if only the reader can read them."""
    keys = wanted_keys(raw, options)
    if max(map(len, keys)) > 1:
        return None
    lines = split_lines(raw)
    rows = _rows(raw, lines, (keys[0][0], keys[1][0]))
    complete = [number for number, row in enumerate(rows) if row.source and row.target]
    kept = rows if len(complete) == len(rows) else [rows[number] for number in complete]
    if not kept:
        return None
    return CompleteRows(complete, len(lines), [row.source for row in kept], [row.target for row in kept])


class _Row(msgspec.Struct):
    """The texts of a row; both are empty for a line that is not a row."""

    source: str = ""
    target: str = ""


def _rows(raw: str, lines: list[str], names: tuple[str, str]) -> list[Any]:
    decoder = _decoder(*names)
    marks = [json.dumps(name, ensure_ascii=False) for name in names]
    if not ("\\u" in raw and _ESCAPED_KEY.search(raw)):
        try:
            rows: list[Any] = decoder.decode_lines(raw)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            rows = []
        # An object may end on a later line, or another one may follow on the same line.
        objects = raw.count("}\n{") + (raw.count("}\r\n{") if "\r" in raw else 0) + 1
        if len(rows) == len(lines) == objects and all(raw.count(mark) == len(lines) for mark in marks):
            return rows
    return [_row(line, names, decoder, marks) for line in lines]


def _row(line: str, names: tuple[str, str], decoder: Any, marks: list[str]) -> Any:
    if all(line.count(mark) == 1 for mark in marks) and not ("\\u" in line and _ESCAPED_KEY.search(line)):
        try:
            return decoder.decode(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            pass
    found = row_of(line.removesuffix("\r"), ((names[0],), (names[1],)))
    return _Row(*found) if found else _Row()


@functools.lru_cache(maxsize=8)
def _decoder(source: str, target: str) -> Any:
    fields = [("source", str), ("target", str)]
    names = {"source": source, "target": target}
    with held():  # see `typed_data`
        return msgspec.json.Decoder(msgspec.defstruct("Row", fields, rename=names, gc=False))
