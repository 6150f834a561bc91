"""SRT: subtitles with a number, a time and a text each.

The format was never written down. Blank lines inside a text, missing numbers and missing blank lines are
common and do no harm: a cue ends where the next time stands.
"""

from __future__ import annotations

from collections.abc import Iterator

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

_NUMBER = compile_later(r"\d+")
# Tags of HTML and of other formats that players know: <i>, {\an8}, {b}, {y:i}.
_TAGS = compile_later(
    r"(?i:</?(?:i|b|u|s|em|strong|font|span|c|v)(?:[ .][^<>\r\n]*)?/?>)|\{\\[^{}\r\n]*\}"
    r"|\{/?[biusBIUSyYcCfF](?::[^{}\r\n]*)?\}"
)
_UNSAID = compile_later(r"[<>{}&]|-->")


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read subtitles; a cue with a malformed time is an error of that cue."""
    errors = RowErrors(raw, path)
    cues = list(_cues(raw, errors))
    if not cues and not errors.count and raw.strip():
        start = len(raw) - len(raw.lstrip())
        advice = "a cue has a line such as 00:00:01,000 --> 00:00:02,500"
        raise NotBilingualError(failure(raw, start, "this file has no cues", path, advice), "has no cues")
    markup = markup_of(raw, _TAGS)
    languages = options.source_lang, options.target_lang
    return errors.reading(tuple(cue_segments(raw, cues, markup, languages)))


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text into one line of a cue; a text with marks of the format cannot be said there."""
    return None if _UNSAID.search(text) else reworded(document, segment, span, text)


def _cues(raw: str, errors: RowErrors) -> Iterator[Cue]:
    time: Span | None = None
    lines: list[Span] = []
    is_first = True
    for line in lines_of(raw):
        if raw.find("-->", line.start, line.end) < 0:
            lines.append(line)
            continue
        timing = TIMING.match(raw, line.start, line.end)
        if timing is None and not MEANT_AS_TIMING.match(raw, line.start, line.end):
            lines.append(line)
            continue
        if lines and _NUMBER.fullmatch(raw, lines[-1].start, lines[-1].end):
            lines.pop()
        lines = [line for line in lines if len(line)]
        if time is not None:
            yield Cue(time, lines)
        elif is_first and lines and timing is not None:
            errors.add(RowError(lines[0].start, "a text above the first time", "a cue begins with its time"))
        is_first, lines = False, []
        time = None if timing is None else time_of(timing)
        if timing is None:
            advice = "write it as 00:00:01,000 --> 00:00:02,500"
            errors.add(RowError(line.start, "this time of a cue cannot be read", advice))
    if time is not None:
        yield Cue(time, [line for line in lines if len(line)])
