"""Plain text: blank lines part blocks, and lines inside a block are paragraphs or parts of one.

Everything about which lines belong together is in `paragraphs`; this only finds the lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.readers.base import Reading, ReadOptions
from termcheck.readers.paragraphs import Line, Rows, is_wording, paragraph_segments, trimmed

_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r)?")


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read plain text. Nothing in it can be wrong, so nothing is raised."""
    rows = Rows()
    segments = (segment for block in _blocks(raw) for segment in paragraph_segments(raw, block, rows))
    return Reading(tuple(filter(is_wording, segments)))


def _blocks(raw: str) -> Iterator[list[Line]]:
    """Runs of lines that are not blank."""
    block: list[Line] = []
    for match in _LINE.finditer(raw):
        span = trimmed(raw, *match.span())
        if len(span):
            block.append(Line(span))
        elif block:
            yield block
            block = []
    if block:
        yield block
