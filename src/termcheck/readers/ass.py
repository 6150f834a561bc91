"""ASS and SSA: subtitles with styles, one event a line.

`Dialogue` events are cues. What stands in braces, drawings, and events that are comments do not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.assembly import Markup
from termcheck.readers.base import (
    NotBilingualError,
    Reading,
    ReadOptions,
    Replacement,
    RowError,
    RowErrors,
    failure,
)
from termcheck.readers.cues import Cue, cue_segments, lines_of
from termcheck.readers.rewording import reworded
from termcheck.text.positions import position, trimmed

_SECTION = compile_later(r"\[[^\[\]\r\n]*\]")
_EVENTS = "[events]"
_EVENT = compile_later(r"(?i:(format|dialogue|comment))[ \t]*:[ \t]*")
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_TIME = compile_later(r"[ \t]*(\d{1,9}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})[ \t]*")
_TO_TERMCHECK = compile_later(r"(?:;|(?i:comment)[ \t]*:(?:[^,\r\n]*,)*?)[ \t]*termcheck\b")
_BRACES = compile_later(r"\{([^{}]*)\}|\\h")
_DRAWING = compile_later(r"\\p[ \t]*(\d+)")
_NEW_LINE = compile_later(r"\\[Nn]")
_UNSAID = compile_later(r"[{}\\]")


class _Layout(Struct, frozen=True):
    """How many fields an event has, and which of them are its times and its text."""

    count: int
    start: int
    end: int
    text: int

    @classmethod
    def of(cls, fields: Sequence[str]) -> _Layout | None:
        """The layout of named fields; None if one is missing."""
        if not {"start", "end", "text"} <= set(fields):
            return None
        return cls(len(fields), *(fields.index(name) for name in ("start", "end", "text")))


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read subtitles; an event that lacks a field, or whose time is malformed, is an error of that event."""
    errors = RowErrors(raw, path)
    layout = _Layout.of(_FIELDS)
    cues: list[Cue] = []
    markup: list[Markup] = []
    comments: list[Span] = []
    section = ""
    for line in lines_of(raw):
        if raw.startswith("[", line.start) and _SECTION.fullmatch(raw, line.start, line.end):
            section = raw[line.start : line.end].lower()
        elif raw.find("termcheck", line.start, line.end) >= 0 and _TO_TERMCHECK.match(
            raw, line.start, line.end
        ):
            comments.append(line)
        elif section == _EVENTS and (event := _EVENT.match(raw, line.start, line.end)):
            kind = event[1].lower()
            if kind == "format":
                names = [name.strip().lower() for name in raw[event.end() : line.end].split(",")]
                layout = _Layout.of(names)
                if layout is None:
                    advice = "it must name Start, End and Text"
                    errors.add(RowError(line.start, "this Format names no cues", advice))
            elif kind == "dialogue" and layout is not None:
                try:
                    cues.append(_cue(raw, Span(event.end(), line.end), layout, markup))
                except RowError as error:
                    errors.add(error)
    if _EVENTS not in raw.lower() and raw.strip():
        start = len(raw) - len(raw.lstrip())
        advice = "the cues of ASS and SSA stand below a line [Events]"
        raise NotBilingualError(failure(raw, start, "this file has no events", path, advice), "has no events")
    segments = cue_segments(raw, cues, markup, (options.source_lang, options.target_lang))
    return replace(errors.reading(tuple(segments)), directives=tuple(comments))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text into one line of a cue; a text with marks of the format cannot be said there."""
    return None if _UNSAID.search(text) else reworded(document, segment, span, text)


def comment_line(document: Document, segment: Segment) -> int:
    """The line above which a comment about a cue stands: its own, because an event is one line."""
    return position(document.line_starts, segment.raw.start)[0]


def _cue(raw: str, fields: Span, layout: _Layout, markup: list[Markup]) -> Cue:
    """The cue of an event, whose markup is added to `markup`; RowError if it is malformed."""
    starts = [fields.start]
    while len(starts) < layout.count:
        comma = raw.find(",", starts[-1], fields.end)
        if comma < 0:
            message = f"this event has {len(starts)} of {layout.count} fields"
            raise RowError(fields.start, message, "separate the fields with commas")
        starts.append(comma + 1)
    ends = [*(start - 1 for start in starts[1:]), fields.end]
    start, end = (_time(raw, starts[place], ends[place]) for place in (layout.start, layout.end))
    text = Span(starts[layout.text], ends[layout.text])
    hidden = list(_hidden(raw, text))
    markup += hidden
    return Cue(Span(start, max(start, end)), list(_lines(raw, text, hidden)))


def _time(raw: str, start: int, end: int) -> int:
    time = _TIME.fullmatch(raw, start, end)
    if time is None:
        raise RowError(start, "this time of an event cannot be read", "write it as 0:00:01.50")
    hours, minutes, seconds, fraction = time.groups()
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds) * 1_000 + int(fraction.ljust(3, "0"))


def _hidden(raw: str, text: Span) -> Iterator[Markup]:
    """What does not show in the text of an event: what is in braces, and what these say is a drawing."""
    drawing: int | None = None
    for mark in _BRACES.finditer(raw, text.start, text.end):
        if mark[1] is None:
            if drawing is None:
                yield Markup(Span(*mark.span()), " ")
            continue
        start = mark.start() if drawing is None else drawing
        drawing = None
        scales: list[str] = _DRAWING.findall(mark[1])
        if scales and int(scales[-1]):
            drawing = start
        else:
            yield Markup(Span(start, mark.end()))
    if drawing is not None:
        yield Markup(Span(drawing, text.end))


def _lines(raw: str, text: Span, hidden: Sequence[Markup]) -> Iterator[Span]:
    """The lines of the text of an event."""
    start = text.start
    marks = iter(hidden)
    mark = next(marks, None)
    for found in _NEW_LINE.finditer(raw, text.start, text.end):
        while mark is not None and mark.raw.end <= found.start():
            mark = next(marks, None)
        if mark is None or mark.raw.start > found.start():
            yield trimmed(raw, start, found.start())
            start = found.end()
    yield trimmed(raw, start, text.end)
