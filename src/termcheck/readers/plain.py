"""Plain text: blank lines separate blocks, and a block is one paragraph or several.

This module only finds the lines; `paragraphs` decides which of them belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, as_written
from termcheck.readers.paragraphs import Line, Rows, is_wording, paragraph_segments
from termcheck.text.positions import trimmed

_LINE = compile_later(r"[^\r\n]*(?:\r\n|\n|\r)?")
# Tags and code are protected in plain text, too.
_MARKUP = compile_later(r"[<>`]")

# Headings, comments and blank lines, then `key=`: perhaps a list of keys and values.
_BEGINS_WITH_ENTRY = compile_later(r"(?:[ \t]*(?:[\[#;][^\r\n]*)?[\r\n])*[ \t]*[A-Za-z_][\w.-]{0,40}[ \t]*=")


def read(raw: str, path: str, options: ReadOptions) -> Reading:  # noqa: ARG001 (the signature of all readers)
    """Read plain text. Any text is valid, so nothing is raised."""
    rows = Rows()
    lines: Iterable[Span] = (Span(*match.span()) for match in _LINE.finditer(raw))
    directives: tuple[Span, ...] = ()
    if "termcheck" in raw:
        from termcheck.readers.directives import code_around, outside, set_aside

        aside = set_aside(raw, list(lines), line_comments=True)
        lines, directives = aside.lines, outside(aside.comments, list(code_around(aside.comments, raw)))
    if options.source_lang and options.target_lang and _BEGINS_WITH_ENTRY.match(raw):
        from termcheck.readers.key_values import key_value_segments

        lines = list(lines)
        names = options.source_key, options.target_key
        values = key_value_segments(raw, lines, (options.source_lang, options.target_lang), names)
        if values is not None:
            return Reading(values, directives=directives)
    segments = (segment for block in _blocks(raw, lines) for segment in paragraph_segments(raw, block, rows))
    if "&" in raw or "<" in raw:
        from termcheck.readers.shown import with_entities_and_ruby

        shown = tuple(map(with_entities_and_ruby, segments))
        return Reading(tuple(filter(is_wording, shown)), directives=directives)
    return Reading(tuple(filter(is_wording, segments)), directives=directives)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is; a text with tags or backticks would become protected."""
    raw = as_written(document, segment, span)
    return None if raw is None or _MARKUP.search(text) else [(raw, text)]


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
