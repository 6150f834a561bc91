"""Stretches of big files of rows, which keep memory the same however long a file is.

A stretch ends where a row ends and is read like a file of its own. Where it ends depends on the text alone,
so findings do not depend on how the stretches are shared out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from msgspec import Struct
from msgspec.structs import replace

from termcheck.messages import file_error
from termcheck.model import Document, Segment, Side, TermcheckError
from termcheck.plain_files import open_plain
from termcheck.readers import FORMATS, ReadOptions, document_of, format_name
from termcheck.readers.base import KeyPath, text_segment
from termcheck.readers.encoding import decoding_failure, recognised, require_no_binary, require_text
from termcheck.text.positions import PartialLineStarts

if TYPE_CHECKING:
    from termcheck.readers.protocols import BinaryReader, RowReader

_SAMPLE = 1 << 16


class CompleteRows(Struct, frozen=True):
    """The texts of the complete rows of a stretch, which have both a source and a target, without positions.

    `first_lines` has for each of these rows the index of its first line among the `line_count` lines of the
    stretch, header included; in a format without lines a row is a line. `further_lines` maps the first line
    of a row of several lines to its other lines. `required` are the numbers of rows without which other rows
    would be read differently.
    """

    first_lines: Sequence[int]
    line_count: int
    sources: Sequence[str]
    targets: Sequence[str]
    further_lines: Mapping[int, range] = MappingProxyType({})
    required: Sequence[int] = ()

    def lines(self, number: int) -> Iterator[int]:
        """The indices of all lines of a row."""
        first = self.first_lines[number]
        yield first
        yield from self.further_lines.get(first, ())


class TextStretch(Struct, frozen=True):
    """Rows of a text file that are still to be read, with the header of their table if they have one.

    `before` counts the lines between the header and the rows. If some lines have been dropped, `lines_kept`
    are the indices of the others, including those of the header. `keys` are as in `ReadOptions`.
    """

    rows: str
    header: str = ""
    before: int = 0
    lines_kept: Sequence[int] | None = None
    first: bool = False
    last: bool = False
    keys: tuple[KeyPath, KeyPath] | None = None

    @property
    def size(self) -> int:
        """The number of bytes of the rows in UTF-8."""
        return len(self.rows.encode("utf-8", "surrogatepass"))

    def line(self, number: int) -> int:
        """The line of the file for a line of the stretch, header included; both count from 1."""
        if self.lines_kept is None:
            return self.before + number
        index = number - 1
        # The line after the last one is where its newline ends.
        kept = self.lines_kept[index] if index < len(self.lines_kept) else self.lines_kept[-1] + 1
        return self.before + kept + 1

    def only(self, lines: Sequence[int]) -> Self:
        """The stretch with these lines alone, which must include the header's."""
        texts, in_header = (self.header + self.rows).split("\n"), self.header.count("\n")
        return replace(
            self, rows="".join([f"{texts[line]}\n" for line in lines[in_header:]]), lines_kept=lines
        )

    def complete_rows(self, name: str, options: ReadOptions) -> CompleteRows | None:
        """The complete rows, read quickly; None if there are none, or if only `documents` can read them."""
        raw = self.header + self.rows
        # The quick readers know no line that ends with a carriage return alone.
        if raw.count("\r") != raw.count("\r\n"):
            return None
        reader: RowReader = FORMATS[format_name(name, options)].load()
        return reader.complete_rows(self, replace(options, keys=self.keys))

    def documents(self, name: str, options: ReadOptions) -> list[Document]:
        """The document of the rows, with their lines in the file; raises as `read_document` does."""
        # A carriage return that ends the header and a newline that begins the rows are two line ends.
        meet = self.header.endswith("\r") and self.rows.startswith("\n")
        header = f"{self.header[:-1]}\n" if meet else self.header
        raw, chosen = header + self.rows, format_name(name, options)
        try:
            text = raw.replace("\0", "") if FORMATS[chosen].reports_nul else raw
            require_text(text, name, options.encoding)
            part = replace(options, keys=self.keys, begins=self.first, ends=self.last)
            document = document_of(name, raw, chosen, part)
        except TermcheckError as error:
            raise self._in_file(error) from None
        numbers = map(self.line, range(1, len(document.line_starts) + 1))
        return [
            replace(
                document,
                line_starts=PartialLineStarts(document.line_starts, tuple(numbers)),
                errors=tuple(map(self._in_file, document.errors)),
            )
        ]

    def _in_file(self, error: TermcheckError) -> TermcheckError:
        """The error with its line in the file."""
        error.line = self.line(error.line) if error.line else 0
        return error


class RowStretch(Struct, frozen=True):
    """Rows that have been read already, from a file that is not text or from no file at all.

    `before` counts the rows of the file before them, and `size` is about how many bytes of it they take. If
    some rows have been dropped, `rows_kept` are the indices of the others.
    """

    before: int
    sources: Sequence[str]
    targets: Sequence[str]
    size: int = 0
    first: bool = False
    last: bool = False
    rows_kept: Sequence[int] | None = None

    def only(self, rows: Sequence[int]) -> Self:
        """The stretch with these rows alone."""
        sources, targets = ([side[row] for row in rows] for side in (self.sources, self.targets))
        return replace(self, sources=sources, targets=targets, rows_kept=rows)

    def complete_rows(self, name: str = "", options: ReadOptions | None = None) -> CompleteRows:  # noqa: ARG002
        """The complete rows; the arguments are those of every stretch."""
        count = len(self.sources)
        complete = [row for row in range(count) if self.sources[row] and self.targets[row]]
        if len(complete) == count:
            return CompleteRows(range(count), count, self.sources, self.targets)
        kept = self.only(complete)
        return CompleteRows(complete, count, kept.sources, kept.targets)

    def documents(self, name: str, options: ReadOptions) -> list[Document]:
        """The document of each side, in which a line is the text of a row and has the row's number."""
        rows = range(len(self.sources)) if self.rows_kept is None else self.rows_kept
        numbers = [self.before + row + 1 for row in rows]
        return [
            lines_document(
                zip(texts, range(len(texts)), repeat(side)), name, format_name(name, options), numbers
            )
            for side, texts in ((Side.SOURCE, self.sources), (Side.TARGET, self.targets))
        ]


Stretch = TextStretch | RowStretch

RowCell = tuple[str, int, Side]
"""A text, the number of its row and its side."""


def lines_document(
    cells: Iterable[RowCell], path: str = "", format_name: str = "", numbers: Sequence[int] = ()
) -> Document:
    """A document in which each text is one line, even if it has line breaks of its own.

    Rules work on documents; this is the document of texts that come from no text file. `numbers` are the
    numbers of its lines, by default 1, 2 and so on.
    """
    starts: list[int] = []
    segments: list[Segment] = []
    texts: list[str] = []
    start = 0
    for text, row, side in cells:
        starts.append(start)
        texts.append(text)
        segments.append(text_segment(text, row, side, start))
        start += len(text) + 1
    lines = PartialLineStarts(starts, numbers) if numbers else starts
    return Document(path, "\n".join(texts), tuple(segments), lines, format=format_name)


def split_lines(raw: str) -> list[str]:
    """The lines of a text without their newlines; a newline at the end begins no further line."""
    lines = raw.split("\n")
    if not lines[-1]:
        del lines[-1]
    return lines


def stretches(place: str | bytes, name: str, options: ReadOptions) -> Iterator[Stretch]:
    """The stretches of a file of rows, given by its path or, for a binary format, by its contents.

    Raises TermcheckError, after the stretches before the damage, for what cannot be read or decoded;
    NotBilingualError, which is one, for a sound file without pairs.
    """
    form = FORMATS[format_name(name, options)]
    if form.binary:
        binary_reader: BinaryReader = form.load()
        yield from binary_reader.stretches(place, name, options)
        return
    assert isinstance(place, str)
    for stretch in text_stretches(place, name, options):
        if stretch.first:
            # A file that does not begin with pairs is not bilingual, and need not be read to its end.
            require_pairs(name, stretch, options)
        yield stretch


def text_stretches(path: str, name: str, options: ReadOptions) -> Iterator[TextStretch]:
    """The stretches of a text file, with or without pairs; raises TermcheckError as `stretches` does."""
    reader: RowReader = FORMATS[format_name(name, options)].load()
    try:
        with open_plain(path) as file:
            sample = file.read(_SAMPLE)
            mark, codec = recognised(sample, name, options.encoding)
            require_no_binary(sample, name, options.encoding)
            file.seek(len(mark))
            text = io.TextIOWrapper(file, codec, newline="")
            try:
                yield from reader.cut(text, name, options)
            except UnicodeError as error:
                raise decoding_failure(text.detach(), name, mark, codec) or error from None
    except OSError as error:
        raise file_error("cannot be read", error, name) from None


def require_pairs(name: str, stretch: Stretch, options: ReadOptions) -> None:
    """Raise NotBilingualError, or another TermcheckError, if a stretch holds no pairs."""
    if stretch.complete_rows(name, options) is None:
        stretch.documents(name, options)


def whole(place: str | bytes, name: str, options: ReadOptions) -> RowStretch:
    """All rows of a binary file as one stretch; raises as `stretches` does."""
    reader: BinaryReader = FORMATS[format_name(name, options)].load()
    return joined(list(reader.stretches(place, name, options)))


def joined(stretches: Sequence[RowStretch]) -> RowStretch:
    """Consecutive stretches as one."""
    sources = list(chain.from_iterable(stretch.sources for stretch in stretches))
    targets = list(chain.from_iterable(stretch.targets for stretch in stretches))
    size = sum(stretch.size for stretch in stretches)
    first, last = stretches[0], stretches[-1]
    return RowStretch(first.before, sources, targets, size, first.first, last.last)
