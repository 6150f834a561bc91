"""What all readers share: their options, and errors that know their place.

A reader is a function from decoded text to segments. Everything that is the same for all formats
(decoding, line numbers, building the document) happens once, in the package's `read_document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

from termcheck.model import Piece, Segment, Side, Span, TermcheckError
from termcheck.readers.protect import protected_spans
from termcheck.text.positions import line_starts, position


class ReadOptions(Struct, frozen=True):
    """How to read a file.

    `encoding` is a codec name, None means UTF-8 or what a byte order mark says. `format` is a value
    of `SUFFIXES`, None means by the file's ending. `source_key` and `target_key` name the keys of
    JSON lines (`a.b` reaches into objects) and the columns of tables. `source_lang` and `target_lang`
    are language tags, which may stand in their place.
    """

    encoding: str | None = None
    format: str | None = None
    source_key: str = "source"
    target_key: str = "target"
    source_lang: str | None = None
    target_lang: str | None = None


class Reading(Struct, frozen=True):
    """What a reader makes of a text: its segments in raw order, and its front matter if it has some.

    `errors` are the first mistakes in single rows, `unread` counts all such rows; the other rows are
    among the segments all the same. `directives` are the raw stretches of the comments that are addressed
    to termcheck.
    """

    segments: tuple[Segment, ...]
    front_matter: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[TermcheckError, ...] = ()
    directives: tuple[Span, ...] = ()
    unread: int = 0


class Reader(Protocol):
    """Reads one format; `path` is for errors only. Raises TermcheckError on malformed input."""

    def __call__(self, raw: str, path: str, options: ReadOptions) -> Reading:
        """Read `raw`."""
        ...


class NotBilingualError(TermcheckError):
    """A sound file that holds no texts to compare: empty, or without the keys or columns of two sides.

    A mistake if somebody named the file; what was merely found on the way may well be about something
    else. `lack` says in a few words what is not there, `rows` counts the rows that lack it, `mistake` is
    what to say where it is one.
    """

    def __init__(self, error: TermcheckError, lack: str, rows: int = 1) -> None:
        super().__init__(
            error.message, path=error.path, line=error.line, column=error.column, advice=error.advice
        )
        self.mistake = error
        self.lack = lack
        self.rows = rows


MOST_ROW_ERRORS = 20
"""Of the mistakes in the rows of one file so many are told, and the others counted."""


def more_rows(count: int, path: str) -> TermcheckError:
    """What stands for mistakes that are not told one by one."""
    return TermcheckError(f"{count} more {'row' if count == 1 else 'rows'} cannot be read", path=path)


class RowError(Exception):
    """A mistake in one row, at a raw offset; the rows around it can be read all the same."""

    def __init__(self, offset: int, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.advice = advice


class RowErrors:
    """The mistakes in the rows of one file: the first ones become errors, the others are counted."""

    def __init__(self, raw: str, path: str) -> None:
        self._raw = raw
        self._path = path
        self._first: list[TermcheckError] = []
        self.count = 0

    def add(self, error: RowError) -> None:
        """Take note of a mistake."""
        self.count += 1
        if self.count <= MOST_ROW_ERRORS:
            self._first.append(failure(self._raw, error.offset, error.message, self._path, error.advice))

    @property
    def first(self) -> TermcheckError:
        """The first of the mistakes; there must be one."""
        return self._first[0]

    def reading(self, segments: Sequence[Segment], most: int = MOST_ROW_ERRORS) -> Reading:
        """The good rows, beside the errors to tell: one is enough to see that a file is no such file."""
        return Reading(tuple(segments), errors=tuple(self._first[:most]), unread=self.count)


def failure(raw: str, offset: int, message: str, path: str, advice: str = "") -> TermcheckError:
    """An error at a raw offset."""
    line, column = position(line_starts(raw[: offset + 1]), offset)
    return TermcheckError(message, path=path, line=line, column=column, advice=advice)


def identity(start: int, end: int, offset: int = 0) -> Piece:
    """A piece whose characters stand one to one, in the text from `offset` on."""
    return Piece(Span(offset, offset + end - start), Span(start, end))


def text_segment(text: str, row: int, side: Side, start: int = 0) -> Segment:
    """A segment of a row whose text stands as it is, in raw text from `start` on."""
    return value_segment(text, (identity(start, start + len(text)),), protected_spans(text), row, side)


def value_segment(
    text: str, pieces: Iterable[Piece], protected: tuple[Span, ...], row: int, side: Side | None
) -> Segment:
    """A segment of a row: a table cell or a value of a JSON line."""
    return Segment(text, tuple(pieces), protected, False, row, side)
