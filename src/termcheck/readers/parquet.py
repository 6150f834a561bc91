"""Parquet files: one pair a row, read in stretches so that memory does not grow with the file.

A Parquet file is packed and has no lines: a place in it is the number of a row and an offset in the text of
one side. Where a stretch ends depends on the texts alone, and neither on the row groups in which they were
written nor on how the stretches are shared out. Needs pyarrow, which the extra `parquet` brings.
"""

from __future__ import annotations

import contextlib
import io
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.plain_files import open_plain
from termcheck.readers.arrow_columns import Column, columns_of_sides, texts
from termcheck.readers.base import NotBilingualError, ReadOptions
from termcheck.readers.stretches import RowStretch, joined

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData, ParquetFile

# A stretch has about as many characters as one of a text file. A file of up to _SMALL characters is a single
# stretch, so that rules on whole documents see all of it.
_LONG = 1 << 20
_SMALL = 4 << 20
# What a text counts beyond its own characters, because rows without text take memory, too: about as much as
# JSON puts around a text.
_OVERHEAD = 15
# The most rows unpacked and the most bytes read at a time; a row group may be as long as the file.
_MOST_ROWS = 4096
_BUFFER = 1 << 18

_MAGIC = (b"PAR1", b"PARE")
_GIT_LFS_POINTER = b"version https://git-lfs"
_INSTALL = "pip install pyarrow"


def stretches(place: str | bytes, name: str, options: ReadOptions) -> Iterator[RowStretch]:
    """The stretches of a file, given by its path or by its contents.

    Raises TermcheckError, after the stretches before the damage, for what cannot be read; NotBilingualError
    if the file is empty or has no two columns to compare, and if pyarrow is missing.
    """
    with _arrow_errors(name), _opened(place, name) as file:
        yield from _without_short_end(_Table.of(file, name, options).stretches())


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
        # Buffering ahead would load a whole row group.
        parquet = ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True)
        columns = columns_of_sides(list(parquet.schema_arrow), name, options)
        return cls(parquet, size, name, columns)

    def stretches(self) -> Iterator[RowStretch]:
        """The rows in stretches; a stretch ends once its texts are long enough together."""
        before, length, sources, targets = 0, 0, list[str](), list[str]()
        for source, target in self._pairs():
            sources.append(source)
            targets.append(target)
            length += len(source) + len(target) + 2 * _OVERHEAD
            if length >= _LONG:
                yield self._stretch(before, sources, targets)
                before, length, sources, targets = before + len(sources), 0, [], []
        if sources or not before:
            yield self._stretch(before, sources, targets)

    def _stretch(self, before: int, sources: list[str], targets: list[str]) -> RowStretch:
        size = round(self.size / max(self.file.metadata.num_rows, 1) * len(sources))
        return RowStretch(before, sources, targets, size, first=not before)

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
    """How many rows take no more memory than a stretch, with all columns, as far as the metadata tells."""
    longest = 1
    for number in range(metadata.num_row_groups):
        # Asking for single columns of a damaged file would crash the process.
        group = metadata.row_group(number)
        longest = max(longest, group.total_byte_size // max(group.num_rows, 1))
    return max(1, min(_MOST_ROWS, _LONG // longest))


def _length(stretch: RowStretch) -> int:
    return sum(len(text) + _OVERHEAD for text in chain(stretch.sources, stretch.targets))


def _without_short_end(stretches: Iterable[RowStretch]) -> Iterator[RowStretch]:
    """The stretches, with the last one marked; those of a short file become one.

    A short last stretch is joined to the one before it.
    """
    held: deque[RowStretch] = deque()
    length = 0
    try:
        for stretch in stretches:
            held.append(stretch)
            length += _length(stretch)
            while length > _SMALL and len(held) > 2:
                yield held.popleft()
    except Exception:
        # The rows before a damaged place are still checked.
        yield from held
        raise
    if length <= _SMALL or _length(held[-1]) < _LONG // 2:
        held = deque([joined([*held])])
    yield from (replace(stretch, last=stretch is held[-1]) for stretch in held)


def _require_parquet(file: IO[bytes], name: str) -> int:
    """The size of a file; raises TermcheckError unless it begins as a Parquet file does."""
    start, size = file.read(len(_GIT_LFS_POINTER)), file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        error = TermcheckError("the file is empty", path=name, advice="leave it out, or put rows into it")
        raise NotBilingualError(error, "empty")
    if not start.startswith(_MAGIC):
        is_pointer = start == _GIT_LFS_POINTER
        advice = "`git lfs pull` gets it" if is_pointer else "was it saved as something else?"
        raise TermcheckError("is no Parquet file", path=name, advice=advice)
    return size


@contextlib.contextmanager
def _opened(place: str | bytes, name: str) -> Iterator[IO[bytes]]:
    try:
        file: IO[bytes] = io.BytesIO(place) if isinstance(place, bytes) else open_plain(place)
    except OSError as error:
        raise file_error("cannot be read", error, name) from None
    with file:
        yield file


@contextlib.contextmanager
def _arrow_errors(name: str) -> Iterator[None]:
    """Turn pyarrow's errors into errors of the file, and a missing pyarrow into advice to install it."""
    try:
        from pyarrow import ArrowException
    except ImportError:
        error = TermcheckError("a Parquet file needs the package pyarrow", path=name, advice=_INSTALL)
        raise NotBilingualError(error, f"it needs the package pyarrow ({_INSTALL})") from None
    try:
        yield
    except (ArrowException, OSError, UnicodeError) as error:
        reason = str(error).partition("\n")[0].strip()
        advice = "the file may be damaged"
        raise TermcheckError(f"cannot be read as Parquet: {reason}", path=name, advice=advice) from None
