"""What all readers share: their options, and errors that know their place.

A reader is a function from decoded text to segments. Everything that is the same for all formats
(decoding, line numbers, building the document) happens once, in the package's `read_document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from termcheck.model import Piece, Segment, Side, Span, TermcheckError
from termcheck.text.positions import line_starts, position


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file.

    `encoding` is a codec name, None means UTF-8 or what a byte order mark says. `format` is a value
    of `SUFFIXES`, None means by the file's ending. `source_key` and `target_key` name the keys of
    JSON lines (`a.b` reaches into objects) and the columns of tables. `source_lang` and `target_lang`
    are language tags, which a table's header may use instead.
    """

    encoding: str | None = None
    format: str | None = None
    source_key: str = "source"
    target_key: str = "target"
    source_lang: str | None = None
    target_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a text: its segments in raw order, and its front matter if it has some."""

    segments: tuple[Segment, ...]
    front_matter: Mapping[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one format; `path` is for errors only. Raises TermcheckError on malformed input."""

    def __call__(self, raw: str, path: str, options: ReadOptions) -> Reading:
        """Read `raw`."""
        ...


def failure(raw: str, offset: int, message: str, path: str, advice: str = "") -> TermcheckError:
    """An error at a raw offset."""
    line, column = position(line_starts(raw[: offset + 1]), offset)
    return TermcheckError(message, path=path, line=line, column=column, advice=advice)


def identity(start: int, end: int, offset: int = 0) -> Piece:
    """A piece whose characters stand one to one, in the text from `offset` on."""
    return Piece(Span(offset, offset + end - start), Span(start, end))


def value_segment(
    text: str, pieces: Iterable[Piece], protected: tuple[Span, ...], row: int, side: Side | None
) -> Segment:
    """A segment of a row: a table cell or a value of a JSON line."""
    return Segment(text, tuple(pieces), protected, False, row, side)
