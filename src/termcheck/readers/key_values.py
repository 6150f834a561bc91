"""Plain text that lists `original=…` and `translation=…` by turns, as some programs keep their messages.

A whole file is read like this or not at all: its lines are headings in brackets, comments, and entries. The
settings name the two keys, and then there may be entries of others. Otherwise there are two keys that
alternate, one in each language. Any other text stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from termcheck.languages.identify import side_of
from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Side, Span
from termcheck.readers.assembly import assemble
from termcheck.text.positions import trimmed

ENTRY = compile_later(r"(?P<key>[A-Za-z_][\w.-]{0,40})[ \t]*=[ \t]*")
_ASIDE = compile_later(r"\[[^\r\n]*\]$|[#;]")
# A key is in a language if this many times more of its values are than are in the other language.
_MOSTLY = 3
# So many values have to be in a language, for a key to be in it.
_ENOUGH = 2


def key_value_segments(
    raw: str, lines: Sequence[Span], languages: tuple[str, str], names: tuple[str, str] = ("", "")
) -> tuple[Segment, ...] | None:
    """The values of a list in two languages, each pair in a row of its own; None for any other text.

    `lines` are raw spans, `languages` source and target, and `names` the keys of the two.
    """
    values: list[tuple[str, Span]] = []
    for line in lines:
        span = trimmed(raw, line.start, line.end)
        if not len(span) or _ASIDE.match(raw, span.start, span.end):
            continue
        entry = ENTRY.match(raw, span.start, span.end)
        if entry is None:
            return None
        values.append((entry["key"], Span(entry.end(), span.end)))
    found = [key for key, _ in values]
    if all(name in found for name in names):
        return tuple(_named(raw, values, names))
    keys = [key for key, _ in values[:2]]
    if len(set(keys)) < 2 or len(values) % 2 or [key for key, _ in values] != keys * (len(values) // 2):
        return None
    sides = [_side(raw, [span for _, span in values[place::2]], languages) for place in (0, 1)]
    if None in sides or sides[0] is sides[1]:
        return None
    return tuple(_segments(raw, values, sides))


def _named(raw: str, values: Sequence[tuple[str, Span]], names: tuple[str, str]) -> Iterator[Segment]:
    """The values of two named keys; a target belongs to the source above it."""
    number = -1
    waits = False
    for key, span in values:
        if key == names[0]:
            number, waits = number + 1, True
        if key == names[0] or (key == names[1] and waits):
            side = Side.SOURCE if key == names[0] else Side.TARGET
            empty = Segment("", (Piece(Span(0, 0), span),), row=number)
            yield replace(assemble(raw, None, [span], row=number) if len(span) else empty, side=side)
        if key == names[1]:
            waits = False


def _segments(
    raw: str, values: Sequence[tuple[str, Span]], sides: Sequence[Side | None]
) -> Iterator[Segment]:
    for number, (_, span) in enumerate(values):
        if len(span):
            yield replace(assemble(raw, None, [span], row=number // 2), side=sides[number % 2])


def _side(raw: str, spans: Sequence[Span], languages: tuple[str, str]) -> Side | None:
    """The side that nearly all values are on; None if they are not on one, or it cannot be told."""
    sides = [side_of(raw[span.start : span.end], *languages) for span in spans]
    for side in Side:
        own = sides.count(side)
        other = len(sides) - own - sides.count(None)
        if own >= _ENOUGH and own > _MOSTLY * other:
            return side
    return None
