"""The units of a run, which are checked one by one: a job, or a stretch of a big file of rows."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import is_table, place_of, read_options
from termcheck.engine.unit_result import UnitResult, failed
from termcheck.model import TermcheckError
from termcheck.readers import ReadOptions, is_parquet
from termcheck.readers.base import MOST_ROW_ERRORS, more_rows

if TYPE_CHECKING:
    from termcheck.readers.pair_rows import PairRows
    from termcheck.readers.stretches import Stretch

Stretched: TypeAlias = "Stretch | PairRows"
"""A stretch of a file of rows: of its text, or of its two columns."""

# Files of rows with more bytes, some tens of thousands of rows, are read in stretches.
_BIG = 4 << 20


class Unit(Struct, frozen=True):
    """A job, or a stretch of its file, that is checked by itself.

    `size` is in bytes. `known` is the result of a unit that cannot be checked. `last` is set on the last unit
    of a job.
    """

    job: Job
    size: int
    stretch: Stretched | None = None
    known: UnitResult | None = None
    last: bool = True


def size_of(job: Job) -> int:
    """The bytes of a job's texts; an unreadable text counts as 0, and checking it will report the error."""
    size = 0
    for path, data in ((job.source, job.data), (job.target, job.target_data)):
        if data is not None:
            size += len(data)
        elif path is not None and not job.missing:
            with contextlib.suppress(OSError, ValueError):
                size += os.stat(path).st_size  # noqa: PTH116 - pathlib would be one more import at start-up
    return size


def units(
    jobs: Sequence[Job], settings: Settings, glossaries: Glossaries, *, whole: bool = False
) -> Iterator[Unit]:
    """The units of all jobs in order, read on demand; if `whole`, no text file is read in stretches."""
    for job in jobs:
        size = size_of(job)
        is_one = not job.missing and is_table(job, read_options(settings))
        if is_one or (not whole and _is_streamed(job, size, settings)):
            yield from _stretches(job, size, settings, glossaries)
        else:
            yield Unit(job, size)


def _is_streamed(job: Job, size: int, settings: Settings) -> bool:
    """Whether a job is a file of rows that is too big to be held in memory."""
    if job.target or job.missing or job.data is not None or size <= _BIG:
        return False
    from termcheck.readers.stretches import has_rows

    try:
        return has_rows(job.source_name, read_options(settings))
    except TermcheckError:
        return False


def _stretches(job: Job, size: int, settings: Settings, glossaries: Glossaries) -> Iterator[Unit]:
    """The stretches of a job's file; what was piped in is not handed on with each of them."""
    left, place, job = size, place_of(job), replace(job, data=None)
    try:
        compiled = glossaries.compiled(job.glossaries)
        options = read_options(settings, (compiled.source_lang, compiled.target_lang))
        for stretch in _cut(place, job.source_name, options):
            taken = left if stretch.last else min(left, stretch.size)
            left -= taken
            yield Unit(job, taken, stretch, last=stretch.last)
    except TermcheckError as error:
        yield Unit(job, left, known=failed(job, error))


def _cut(place: str | bytes, name: str, options: ReadOptions) -> Iterator[Stretched]:
    if is_parquet(name, options):
        from termcheck.readers import parquet

        yield from parquet.stretches(place, name, options)
        return
    from termcheck.readers.stretches import require_pairs, stretches

    assert isinstance(place, str)
    for stretch in stretches(place, name, options):
        if stretch.first:
            # What has no pairs to begin with is no bilingual file, and need not be read to its end.
            require_pairs(name, stretch, options)
        yield stretch


class RowErrorLimit(Struct):
    """Limits the row errors that are reported for one file, whose stretches are checked one by one."""

    reported: int = 0
    unread: int = 0

    def apply(self, unit: Unit, result: UnitResult) -> UnitResult:
        """The result without the row errors beyond the limit, which the last unit of a file counts."""
        if unit.stretch is None:
            return result
        errors = result.errors[: MOST_ROW_ERRORS - self.reported]
        self.reported += len(errors)
        self.unread += result.unread + len(result.errors) - len(errors)
        if unit.last and self.unread:
            errors = (*errors, more_rows(self.unread, unit.job.source_name))
        return replace(result, errors=errors, unread=0)
