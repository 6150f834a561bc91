"""What every reader works with: the options, what it returns, its errors and its segments.

A reader maps decoded text to segments. Decoding, line numbers and building the document are the same for all
formats and happen once, in the package's `read_document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from termcheck.globs import PathGlob
from termcheck.model import Document, Piece, Segment, Side, Span, TermcheckError
from termcheck.readers.protect import protected_spans
from termcheck.text.positions import line_starts, position

KeyPath = tuple[str, ...]
"""The keys that lead to a value in nested objects."""


class ReadOptions(Struct, frozen=True):
    """How to read a file.

    `encoding` is a codec name; None means UTF-8, or what a byte order mark says. `format` is one of the names
    in `FORMATS`; None means by the file's ending. `formats` names others for files that match a pattern, of
    which the last decides. `source_key` and `target_key` name the keys of JSON lines
    (`a.b` is a key inside an object) and the columns of tables. `source_lang` and `target_lang` are language
    tags, by which keys and columns may be named instead. `front_matter` are the keys of front matter whose
    texts are read, dotted where they are nested. `keys` are the two keys that earlier rows of the file have,
    each as the names that lead to it. `unfinished`: translations that are marked as unfinished are read as
    well. `untranslated`: so are messages of catalogues that have no translation. `begins` and `ends` are
    false for a stretch that does not begin, or end, as its file does.
    `half`: the file is one of two, so it holds one language. `hidden_cells`: hidden rows, columns and sheets
    are read as well. `html_attributes` are the attributes of HTML, in lower case, whose values are read.
    """

    encoding: str | None = None
    format: str | None = None
    formats: Sequence[tuple[PathGlob, str]] = ()
    source_key: str = "source"
    target_key: str = "target"
    source_lang: str | None = None
    target_lang: str | None = None
    front_matter: tuple[str, ...] = ()
    keys: tuple[KeyPath, KeyPath] | None = None
    unfinished: bool = False
    untranslated: bool = False
    begins: bool = True
    ends: bool = True
    half: bool = False
    hidden_cells: bool = False
    html_attributes: tuple[str, ...] = ()


class Reading(Struct, frozen=True):
    """What a reader makes of a text: its segments in raw order, and its front matter if it has any.

    `errors` are the first errors in single rows and `unread` counts the rows that have one; all other rows
    are among the segments. `directives` are the raw spans of the comments that are addressed to termcheck.
    `left_out` counts the texts that are not checked because of their state, by a word for it.
    """

    segments: tuple[Segment, ...]
    front_matter: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[TermcheckError, ...] = ()
    directives: tuple[Span, ...] = ()
    unread: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


FUZZY, UNFINISHED, LOCKED, HIDDEN = "fuzzy", "unfinished", "locked", "hidden"
"""The words for the states in which texts are not checked. What is locked is never checked."""

Replacement = Sequence[tuple[Span, str]]
"""What to write over which raw spans."""


class NotBilingualError(TermcheckError):
    """A sound file with no texts to compare: it is empty, of an unknown kind, or lacks one of two sides.

    It is an error if somebody named the file; a file found in a directory may well be about something else.
    `lack` says in a few words what is missing, `rows` counts the rows that lack it, and `mistake` is the
    error to report where it is one.
    """

    def __init__(self, error: TermcheckError, lack: str, rows: int = 1) -> None:
        super().__init__(
            error.message, path=error.path, line=error.line, column=error.column, advice=error.advice
        )
        self.mistake = error
        self.lack = lack
        self.rows = rows


def failure(raw: str, offset: int, message: str, path: str, advice: str = "") -> TermcheckError:
    """An error at a raw offset."""
    line, column = position(line_starts(raw[: offset + 1]), offset)
    return TermcheckError(message, path=path, line=line, column=column, advice=advice)


MOST_ROW_ERRORS = 20
"""How many errors in the rows of one file are reported one by one; the others are counted."""


def more_rows(count: int, path: str) -> TermcheckError:
    """The error that stands for the rows whose errors are not reported one by one."""
    return TermcheckError(f"{count} more {'row' if count == 1 else 'rows'} cannot be read", path=path)


class RowError(Exception):
    """An error in one row, at a raw offset; the rows around it can still be read."""

    def __init__(self, offset: int, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.advice = advice


class RowErrors:
    """The errors in the rows of one file: the first ones are kept with their places, all are counted."""

    def __init__(self, raw: str, path: str) -> None:
        self._raw = raw
        self._path = path
        self._first: list[TermcheckError] = []
        self.count = 0

    def add(self, error: RowError) -> None:
        """Add the error of another row."""
        self.count += 1
        if self.count <= MOST_ROW_ERRORS:
            self._first.append(failure(self._raw, error.offset, error.message, self._path, error.advice))

    @property
    def first(self) -> TermcheckError:
        """The first error; there must be one."""
        return self._first[0]

    def reading(
        self,
        segments: Sequence[Segment],
        *,
        directives: Sequence[Span] = (),
        left_out: Mapping[str, int] | None = None,
    ) -> Reading:
        """The segments of the good rows, with the errors. Without a good row the first error is enough."""
        most = MOST_ROW_ERRORS if segments else 1
        return Reading(
            tuple(segments),
            errors=tuple(self._first[:most]),
            unread=self.count,
            directives=tuple(directives),
            left_out=left_out or {},
        )


def identity(start: int, end: int, offset: int = 0) -> Piece:
    """The piece for raw text that a segment has unchanged, from `offset` of the segment's text on."""
    return Piece(Span(offset, offset + end - start), Span(start, end))


def as_written(document: Document, segment: Segment, span: Span) -> Span | None:
    """The raw span of a span of a segment's text; None unless it is written there character by character."""
    raw = segment.raw_span(span)
    same = document.raw[raw.start : raw.end] == segment.text[span.start : span.end]
    return raw if same else None


def row_segment(text: str, pieces: Iterable[Piece], row: int | None, side: Side | None) -> Segment:
    """The segment of a table cell, of a value in a JSON line, or of a text with a name."""
    segment = Segment(text, tuple(pieces), protected_spans(text), False, row, side)
    if "&" in text or "<" in text:
        from termcheck.readers.shown import with_entities_and_ruby

        return with_entities_and_ruby(segment)
    return segment


def text_segment(text: str, row: int, side: Side, start: int = 0) -> Segment:
    """The segment of a text in a row that the raw text has unchanged, from the offset `start` on."""
    return row_segment(text, (identity(start, start + len(text)),), row, side)
