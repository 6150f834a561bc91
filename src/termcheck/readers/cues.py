"""Cues, the texts of subtitles: what the readers of the formats share.

A cue has a time and a few lines. In a bilingual file it often holds a text and its translation, one below the
other, so lines in different scripts are segments of their own. All segments have the time of their cue, by
which they are paired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Side, Span
from termcheck.readers.assembly import Markup, assemble, disjoint, overlapping, shown_text
from termcheck.readers.paragraphs import is_wording, main_script
from termcheck.readers.shown import entities, without_ruby
from termcheck.text.positions import trimmed

LINE = compile_later(r"([^\r\n]*)(?:\r\n|\n|\r)?")
"""A line with its newline; at the end of the text it is empty."""

_STAMP = r"(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
TIMING = compile_later(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(?![\d,.:])")
"""The line above a cue that says when it shows."""

MEANT_AS_TIMING = compile_later(r"[ \t]*-?\d+[:.,]\d[^\r\n]*-->|[^\r\n]*-->[ \t]*-?\d+[:.,]\d")
"""The beginning of a line that can hardly be anything but the time of a cue, right or wrong."""

# Of a file in two languages of one script, at least this share of the cues of several lines has both.
_BILINGUAL_SHARE = 0.5


class Cue(Struct, frozen=True):
    """A cue: when it shows, in milliseconds, and the raw spans of its lines; no line is blank."""

    time: Span
    lines: Sequence[Span]


def lines_of(raw: str) -> Iterator[Span]:
    """The raw spans of the lines of a text, without newlines and without the blanks at both ends."""
    for match in LINE.finditer(raw):
        yield trimmed(raw, *match.span(1))


def time_of(timing: re.Match[str]) -> Span:
    """The time that a match of `TIMING` says; a cue that ends before it begins has none."""
    start, end = (_milliseconds(timing.groups()[place : place + 4]) for place in (0, 4))
    return Span(start, max(start, end))


def _milliseconds(stamp: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in stamp)
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds) * 1_000 + int(fraction.ljust(3, "0"))


def markup_of(raw: str, tags: re.Pattern[str], *, has_entities: bool = True) -> list[Markup]:
    """What a text has between its words that does not show: `tags`, and entities for other characters."""
    found = [Markup(Span(*tag.span())) for tag in tags.finditer(raw)]
    if has_entities and "&" in raw:
        found += (Markup(span, shown) for span, shown in entities(raw))
        found = list(disjoint(found))
    return found


def cue_segments(
    raw: str, cues: Sequence[Cue], markup: Sequence[Markup], languages: tuple[str | None, str | None]
) -> Iterator[Segment]:
    """The segments of cues, in order. Those of one cue are one block."""
    shown = [_lines_shown(raw, cue, markup) for cue in cues]
    divide = _division([lines for lines, _ in shown], languages)
    for number, (cue, (lines, marks)) in enumerate(zip(cues, shown, strict=True)):
        for part in divide(lines):
            segment = without_ruby(assemble(raw, marks, [line.span for line in part], block=number))
            if is_wording(segment):
                yield replace(segment, time=cue.time)


class _Line(Struct, frozen=True):
    """A line of a cue that shows something, and what it shows."""

    span: Span
    text: str


def _lines_shown(raw: str, cue: Cue, markup: Sequence[Markup]) -> tuple[Sequence[_Line], Sequence[Markup]]:
    """The lines of a cue that are not blank, and the markup in them."""
    if not cue.lines:
        return (), ()
    marks = overlapping(markup, Span(cue.lines[0].start, cue.lines[-1].end)) if markup else ()
    lines = (_Line(span, shown_text(raw, marks, span)) for span in cue.lines)
    return [line for line in lines if line.text.strip()], marks


_Lines = Sequence[_Line]
_Divide = Callable[[_Lines], Sequence[_Lines]]


def _division(cues: Sequence[_Lines], languages: tuple[str | None, str | None]) -> _Divide:
    """How the lines of a cue are divided into texts in one language each: by script, or else by words."""
    source, target = languages
    if not source or not target or not share_script(source, target):
        return _by_script

    def by_words(lines: _Lines) -> Sequence[_Lines]:
        sides = [side_of(line.text, source, target) for line in lines] if len(lines) > 1 else []
        names = ["" if side is None else side.value for side in sides]
        return _runs(lines, names) if {Side.SOURCE, Side.TARGET} <= set(sides) else _by_script(lines)

    several = [lines for lines in cues if len(lines) > 1]
    divided = sum(len(by_words(lines)) == len(Side) for lines in several)
    return by_words if divided and divided >= _BILINGUAL_SHARE * len(several) else _by_script


def _by_script(lines: _Lines) -> Sequence[_Lines]:
    if len(lines) < 2:
        return [lines] if lines else []
    return _runs(lines, [main_script(line.text) for line in lines])


def _runs(lines: _Lines, kinds: Sequence[str]) -> Sequence[_Lines]:
    """The lines, divided where their kind changes; a line without a kind belongs to the one before it.

    A text with a line of foreign names in the middle is one text.
    """
    known = [kind for kind in kinds if kind]
    last = known[0] if known else ""
    filled = [last := kind or last for kind in kinds]
    runs = [
        [line for line, _ in run] for _, run in groupby(zip(lines, filled, strict=True), lambda pair: pair[1])
    ]
    return runs if len(runs) % 2 == 0 else [lines]
