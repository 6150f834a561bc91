"""Parquet files: one pair a row, read in stretches, in memory that does not grow with the file.

Such a file is packed and has no lines of its own: a place in it is the number of a row, and an offset in the
text of one side. Where a stretch ends depends on the texts alone, neither on the row groups that they were
written in nor on who checks them. Needs pyarrow: `pip install 'termcheck[parquet]'`.
"""

from __future__ import annotations

import contextlib
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.readers.arrow_columns import Column, columns_of_sides, texts
from termcheck.readers.base import NotBilingualError, ReadOptions
from termcheck.readers.pair_rows import PairRows

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData, ParquetFile

# A stretch is about so many characters long, as of other files of rows. A file that is no longer than the
# second is one stretch, so that rules on a whole document see all of it.
_LONG = 1 << 20
_SMALL = 4 << 20
# A row without any text takes room too: about as much as JSON puts around each text.
_AROUND = 15
# No more rows are unpacked at a time, and no more bytes read; a row group may be as long as the file.
_MOST_ROWS = 4096
_BUFFER = 1 << 18

_MAGIC = (b"PAR1", b"PARE")
_POINTER = b"version https://git-lfs"
_PACKAGE = "pip install 'termcheck[parquet]'"

Rows = tuple[int, Sequence[str], Sequence[str]]
"""How many rows of the file precede these, the texts of their sources, and those of their targets."""


def stretches(place: str | bytes, name: str, options: ReadOptions) -> Iterator[PairRows]:
    """The stretches of a file, given by its path or by what is in it.

    TermcheckError, after those before it, for what cannot be read; NotBilingualError where there is nothing
    in it, no two columns to compare, or no pyarrow.
    """
    with _told(name), _opened(place, name) as file:
        table = _Table.of(file, name, options)
        share = table.size / max(table.file.metadata.num_rows, 1)
        for (before, sources, targets), last in _joined(table.rows()):
            yield PairRows(before, sources, targets, round(share * len(sources)), not before, last)


def whole(place: str | bytes, name: str, options: ReadOptions) -> PairRows:
    """All rows of a file as one stretch, which takes the memory that they take."""
    found = list(stretches(place, name, options))
    _, sources, targets = _join((one.before, one.sources, one.targets) for one in found)
    return PairRows(0, sources, targets, first=True, last=True)


class _Table(Struct, frozen=True):
    """A Parquet file with the columns of its two sides; `size` is in bytes."""

    file: ParquetFile
    size: int
    name: str
    columns: tuple[Column, Column]

    @classmethod
    def of(cls, file: IO[bytes], name: str, options: ReadOptions) -> _Table:
        """The table in an open file."""
        from pyarrow.parquet import ParquetFile

        size = _require_parquet(file, name)
        # What is read ahead of its use would be a whole row group.
        parquet = ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True)
        columns = columns_of_sides(list(parquet.schema_arrow), name, options)
        return cls(parquet, size, name, columns)

    def rows(self) -> Iterator[Rows]:
        """The rows in stretches that end where their texts are long enough together."""
        before, size, sources, targets = 0, 0, list[str](), list[str]()
        for pair in self._pairs():
            sources.append(pair[0])
            targets.append(pair[1])
            size += len(pair[0]) + len(pair[1]) + 2 * _AROUND
            if size >= _LONG:
                yield before, sources, targets
                before, size, sources, targets = before + len(sources), 0, [], []
        if sources or not before:
            yield before, sources, targets

    def _pairs(self) -> Iterator[tuple[str, str]]:
        wanted = list(map(str, self.columns))
        most = _rows_at_a_time(self.file.metadata)
        before = 0
        for batch in self.file.iter_batches(most, columns=wanted, use_threads=False):
            yield from zip(*(self._texts(batch, column, before) for column in self.columns), strict=True)
            before += batch.num_rows

    def _texts(self, batch: pa.RecordBatch, column: Column, before: int) -> list[str]:
        values = column.of(batch)
        try:
            return texts(values)
        except UnicodeDecodeError:
            row = next(number for number, value in enumerate(values) if not _decodes(value))
            message = f"the column “{column}” holds something else than UTF-8 here"
            raise TermcheckError(
                message, path=self.name, line=before + row + 1, advice="write the file anew"
            ) from None


def _decodes(value: pa.Scalar) -> bool:
    try:
        value.as_py()
    except UnicodeDecodeError:
        return False
    return True


def _rows_at_a_time(metadata: FileMetaData) -> int:
    """So many rows that all of their columns are no longer than a stretch, as far as the file tells."""
    longest = 1
    for number in range(metadata.num_row_groups):
        # To ask for single columns of a damaged file ends the process.
        group = metadata.row_group(number)
        longest = max(longest, group.total_byte_size // max(group.num_rows, 1))
    return max(1, min(_MOST_ROWS, _LONG // longest))


def _length(rows: Rows) -> int:
    return sum(len(text) + _AROUND for text in chain(rows[1], rows[2]))


def _join(found: Iterable[Rows]) -> Rows:
    befores, sources, targets = zip(*found, strict=True)
    return befores[0], [*chain.from_iterable(sources)], [*chain.from_iterable(targets)]


def _joined(found: Iterable[Rows]) -> Iterator[tuple[Rows, bool]]:
    """The stretches, each with whether it is the last; those of a short file are one.

    A short last one is joined to the one before it.
    """
    held: deque[Rows] = deque()
    size = 0
    try:
        for rows in found:
            held.append(rows)
            size += _length(rows)
            while size > _SMALL and len(held) > 2:
                yield held.popleft(), False
    except Exception:
        # What precedes a damaged place is checked.
        yield from ((rows, False) for rows in held)
        raise
    if size <= _SMALL or _length(held[-1]) < _LONG // 2:
        held = deque([_join(held)])
    yield from ((rows, rows is held[-1]) for rows in held)


def _require_parquet(file: IO[bytes], name: str) -> int:
    """The size of a file that begins as a Parquet file does."""
    begin, size = file.read(len(_POINTER)), file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        error = TermcheckError("the file is empty", path=name, advice="leave it out, or put rows into it")
        raise NotBilingualError(error, "empty")
    if not begin.startswith(_MAGIC):
        advice = "`git lfs pull` gets it" if begin == _POINTER else "was it saved as something else?"
        raise TermcheckError("is no Parquet file", path=name, advice=advice)
    return size


@contextlib.contextmanager
def _opened(place: str | bytes, name: str) -> Iterator[IO[bytes]]:
    try:
        file = io.BytesIO(place) if isinstance(place, bytes) else open(place, "rb")  # noqa: PTH123, SIM115
    except OSError as error:
        raise file_error("cannot be read", error, name) from None
    with file:
        yield file


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Whatever pyarrow finds wrong is a mistake in the file; pyarrow may be missing."""
    try:
        from pyarrow import ArrowException
    except ImportError:
        error = TermcheckError("a Parquet file needs the package pyarrow", path=name, advice=_PACKAGE)
        raise NotBilingualError(error, f"it needs the package pyarrow ({_PACKAGE})") from None
    try:
        yield
    except (ArrowException, OSError, UnicodeError) as failed:
        said = str(failed).partition("\n")[0].strip()
        advice = "the file may be damaged"
        raise TermcheckError(f"cannot be read as Parquet: {said}", path=name, advice=advice) from None
