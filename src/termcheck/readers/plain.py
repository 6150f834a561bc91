"""Plain text: blank lines part blocks, and lines inside a block are paragraphs or parts of one.

Everything about which lines belong together is in `paragraphs`; this only finds the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.base import Reading, ReadOptions
from termcheck.readers.paragraphs import Line, Rows, is_wording, paragraph_segments, trimmed

_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r)?")


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read plain text. Nothing in it can be wrong, so nothing is raised."""
    rows = Rows()
    lines: Iterable[Span] = (Span(*match.span()) for match in _LINE.finditer(raw))
    directives: tuple[Span, ...] = ()
    if "termcheck" in raw:
        from termcheck.readers.directives import outside, set_aside

        aside = set_aside(raw, list(lines), plain=True)
        lines, directives = aside.lines, outside(aside.comments, (), raw)
    segments = (segment for block in _blocks(raw, lines) for segment in paragraph_segments(raw, block, rows))
    return Reading(tuple(filter(is_wording, segments)), directives=directives)


def _blocks(raw: str, lines: Iterable[Span]) -> Iterator[list[Line]]:
    """Runs of lines that are not blank."""
    block: list[Line] = []
    for line in lines:
        span = trimmed(raw, line.start, line.end)
        if len(span):
            block.append(Line(span))
        elif block:
            yield block
            block = []
    if block:
        yield block
