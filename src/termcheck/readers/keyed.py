"""What readers of named texts share: segments with a key, pairs within one file, repeated keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Side, Span
from termcheck.readers.base import RowError, identity, row_segment
from termcheck.text.positions import line_starts, position

MOST_LEVELS = 100
"""No file of texts is nested as deep as this."""

# The forms for numbers that languages do not share: `items.one`, `items_few`.
_NUMBER_FORM = compile_later(r"(?<=[._/])(?:zero|one|two|few|many)\Z")
# A longer name of a group is replaced by a digest, or its texts would cost the square of its length.
_LONGEST_NAME = 300


def keyed_segment(text: str, pieces: Iterable[Piece], key: str, entry: int | None = None) -> Segment:
    """The segment of a text with a name; `entry` is the raw offset of its entry if that may have comments."""
    segment = row_segment(text, pieces, None, None)
    return replace(segment, key=key, block=entry)


def group_name(name: str) -> str:
    """The name of a group of texts, for the beginning of their keys."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"#{hashlib.blake2b(name.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}."


def by_key(
    sources: Iterable[Segment], targets: Iterable[Segment]
) -> Iterator[tuple[Segment | None, Segment | None]]:
    """The pairs of texts with the same key, in the order of the sources, then what only the target has.

    A plural form that only the target has renders the form for any other number. Keys are unique on each
    side. Takes linear time.
    """
    left: dict[str, Segment] = {target.key: target for target in targets}
    known: dict[str, Segment] = {}
    for source in sources:
        known[source.key] = source
        yield source, left.pop(source.key, None)
    for key, target in left.items():
        form = _NUMBER_FORM.search(key)
        yield known.get(f"{key[: form.start()]}other") if form else None, target


def rows(sources: Iterable[Segment], targets: Iterable[Segment]) -> Iterator[Segment]:
    """The segments of a file that holds both languages, each pair in a row; what has no pair is left out."""
    number = 0
    for source, target in by_key(sources, targets):
        if source is not None and target is not None:
            yield replace(source, row=number, side=Side.SOURCE)
            yield replace(target, row=number, side=Side.TARGET)
            number += 1


def unescaped(
    raw: str, span: Span, escapes: re.Pattern[str], character: Callable[[str], str]
) -> tuple[str, list[Piece]]:
    """The text that a raw span stands for, and its pieces.

    `character` gives what an escape stands for, which may be nothing. Then it is a piece without text, unless
    it begins or ends the text.
    """
    texts: list[str] = []
    pieces: list[Piece] = []
    offset, start = 0, span.start
    for escape in (*escapes.finditer(raw, span.start, span.end), None):
        end = escape.start() if escape else span.end
        if end > start:
            pieces.append(identity(start, end, offset))
            texts.append(raw[start:end])
            offset += end - start
        if escape is None:
            break
        shown, start = character(escape[0]), escape.end()
        if shown or pieces:
            pieces.append(Piece(Span(offset, offset + len(shown)), Span(*escape.span())))
            texts.append(shown)
            offset += len(shown)
    while pieces and not len(pieces[-1].text):
        pieces.pop()
    return "".join(texts), pieces or [Piece(Span(0, 0), Span(span.start, span.start))]


def comment_line(document: Document, segment: Segment) -> int:
    """The line above which a comment about a text stands, which is a block by the offset of its entry."""
    offset = segment.raw.start if segment.block is None else segment.block
    return position(document.line_starts, offset)[0]


class UniqueKeys:
    """The keys of a file; a key that comes again is an error at its place."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._places: dict[str, int] = {}
        self._lines: Sequence[int] = ()

    def add(self, key: str, offset: int) -> None:
        """Add the key at a raw offset; raises RowError if it is there already."""
        first = self._places.setdefault(key, offset)
        if first != offset:
            raise self.repeated(key, first, offset)

    def repeated(self, key: str, first: int, offset: int) -> RowError:
        """The error about a key at a raw offset that was first met at another."""
        self._lines = self._lines or line_starts(self._raw)
        line, _ = position(self._lines, first)
        shown = key if len(key) <= 100 else f"{key[:100]}…"
        return RowError(offset, f"the key “{shown}” is already on line {line}", "keep one of them")
