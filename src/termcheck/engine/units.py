"""The units of a run, which are checked one by one: a job, or a stretch of a big file of rows."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import format_of_job, place_of, read_options
from termcheck.engine.unit_result import UnitResult, failed
from termcheck.jobs import Job
from termcheck.model import TermcheckError
from termcheck.readers.base import MOST_ROW_ERRORS, NotBilingualError, more_rows

if TYPE_CHECKING:
    from termcheck.readers.stretches import Stretch

# Files of rows with more bytes, some tens of thousands of rows, are read in stretches.
_BIG = 4 << 20


class Unit(Struct, frozen=True):
    """A job, or a stretch of its file, that is checked by itself.

    `size` is in bytes. `known` is the result of a unit that cannot be checked. `last` is set on the last unit
    of a job.
    """

    job: Job
    size: int
    stretch: Stretch | None = None
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
        size, own = size_of(job), settings.of(job.config)
        if is_in_stretches(job, size, own, whole=whole):
            yield from _stretches(job, size, own, glossaries)
        else:
            yield Unit(job, size)


def is_in_stretches(job: Job, size: int, settings: Settings, *, whole: bool) -> bool:
    """Whether a job is a file of rows that is read in stretches: a big text, or a binary file of any size."""
    form = None if job.missing else format_of_job(job, read_options(settings))
    if form is None or not form.in_stretches:
        return False
    return form.binary or (not whole and job.data is None and size > _BIG)


def _stretches(job: Job, size: int, settings: Settings, glossaries: Glossaries) -> Iterator[Unit]:
    """The stretches of a job's file; what was piped in is not handed on with each of them."""
    from termcheck.readers.stretches import stretches

    remaining, place, job = size, place_of(job), replace(job, data=None)
    try:
        compiled = glossaries.compiled(job.use)
        options = read_options(settings, (compiled.source_lang, compiled.target_lang))
        for stretch in stretches(place, job.source_name, options):
            taken = remaining if stretch.last else min(remaining, stretch.size)
            remaining -= taken
            yield Unit(job, taken, stretch, last=stretch.last)
    except TermcheckError as error:
        yield Unit(job, remaining, known=failed(job, error))


class FileOfStretches(Struct):
    """What is known of one file only once all of its stretches are checked.

    It limits the row errors that are reported, and notices that no stretch had a pair.
    """

    reported: int = 0
    unread: int = 0
    rows: int = 0

    def apply(self, unit: Unit, result: UnitResult) -> UnitResult:
        """The result without the row errors beyond the limit, which the last unit of a file counts."""
        if unit.stretch is None:
            return result
        faulty = len(result.errors) + len(result.notices)
        self.rows += result.pairs + result.unpaired + faulty + len(result.left_out)
        errors = result.errors[: MOST_ROW_ERRORS - self.reported]
        self.reported += len(errors)
        self.unread += result.unread + len(result.errors) - len(errors)
        if unit.last and self.unread:
            errors = (*errors, more_rows(self.unread, unit.job.source_name))
        if unit.last and not (self.rows or unit.stretch.first):
            return failed(unit.job, _without_rows(unit.job, result))
        return replace(result, errors=errors, unread=0)


def _without_rows(job: Job, result: UnitResult) -> NotBilingualError:
    """The error of a long file in which no row has both sides."""
    languages = " and ".join(result.languages.get(job.source_name, ("two", "languages")))
    advice = "choose its languages with --source-lang and --target-lang"
    error = TermcheckError(f"no texts in {languages}", path=job.source_name, advice=advice)
    return NotBilingualError(error, f"no texts in {languages}")
