"""WebVTT: the subtitles of web pages, in blocks between blank lines.

A block is a cue, a comment (`NOTE`), a style or a region. A cue is its time, perhaps below
a name, and its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.base import (
    NotBilingualError,
    Reading,
    ReadOptions,
    Replacement,
    RowError,
    RowErrors,
    failure,
)
from termcheck.readers.cues import (
    MEANT_AS_TIMING,
    TIMING,
    Cue,
    cue_segments,
    lines_of,
    markup_of,
    time_of,
)
from termcheck.readers.rewording import reworded
from termcheck.text.positions import position

_HEADER = compile_later(r"WEBVTT(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)")
_NO_CUE = compile_later(r"(?P<note>NOTE(?=[ \t\r\n]|\Z))|(?:STYLE|REGION)[ \t]*(?=[\r\n]|\Z)")
_TO_TERMCHECK = compile_later(r"NOTE\s+termcheck\b")
# Tags without those of ruby, and times inside a text.
_TAGS = compile_later(r"(?i:</?(?!r(?:uby|t|p|b)\b)[a-z][^<>]*>)|<\d[\d:.]*>")


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read subtitles; a block that is no cue, or whose time is malformed, is an error of that block."""
    header = _HEADER.match(raw)
    if header is None:
        if not raw.strip():
            return Reading(())
        advice = "its first line is WEBVTT"
        raise NotBilingualError(failure(raw, 0, "this is no WebVTT file", path, advice), "is no WebVTT file")
    errors = RowErrors(raw, path)
    cues: list[Cue] = []
    comments: list[Span] = []
    for block in _blocks(raw):
        start = block[0].start
        if special := _NO_CUE.match(raw, start):
            if special["note"] and _TO_TERMCHECK.match(raw, start):
                comments.append(Span(start, block[-1].end))
        else:
            cues += _cues(raw, block, errors)
    segments = cue_segments(raw, cues, markup_of(raw, _TAGS), (options.source_lang, options.target_lang))
    reading = errors.reading(tuple(segments))
    return Reading(reading.segments, errors=reading.errors, directives=tuple(comments), unread=reading.unread)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text into one line of a cue, with entities for the marks of the format."""
    return reworded(document, segment, span, text, _escaped)


def comment_line(document: Document, segment: Segment) -> int:
    """The line above which a comment about a cue stands: that of its name, or else of its time."""
    line, _ = position(document.line_starts, segment.raw.start)
    starts = document.line_starts
    while line > 1 and not document.raw[starts[line - 2] : starts[line - 1]].isspace():
        line -= 1
    return line


def _blocks(raw: str) -> Iterator[Sequence[Span]]:
    """The lines of each block; the header belongs to none, but a time may stand right below it."""
    groups = (list(group) for is_full, group in groupby(lines_of(raw), key=_is_full) if is_full)
    header = next(groups)[1:]
    if header and raw.find("-->", header[0].start, header[-1].end) >= 0:
        yield header
    yield from groups


def _is_full(line: Span) -> bool:
    return len(line) > 0


def _cues(raw: str, block: Sequence[Span], errors: RowErrors) -> Iterator[Cue]:
    """The cues of a block, which are several if the blank line between them is missing."""
    time: Span | None = None
    lines: list[Span] = []
    has_time = False
    for line in block:
        timing = None
        if raw.find("-->", line.start, line.end) >= 0:
            timing = TIMING.match(raw, line.start, line.end)
            if timing is None and MEANT_AS_TIMING.match(raw, line.start, line.end):
                has_time = True
                advice = "write it as 00:01.000 --> 00:02.500"
                errors.add(RowError(line.start, "this time of a cue cannot be read", advice))
                break
        if timing is None:
            lines.append(line)
            continue
        if time is not None:
            yield Cue(time, lines)
        time, lines, has_time = time_of(timing), [], True
    if time is not None:
        yield Cue(time, lines)
    if not has_time:
        advice = "a blank line ends a cue, so a text has none inside"
        errors.add(RowError(block[0].start, "this block has no time, so players leave it out", advice))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
