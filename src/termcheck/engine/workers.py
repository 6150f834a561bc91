"""Check the units of a run in this process or in several processes, with the results in order.

Each process has to load the glossaries, so several are used for long texts only.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence

from msgspec import Struct

from termcheck.config import Settings
from termcheck.engine.check_unit import check_unit
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.unit_result import UnitResult
from termcheck.engine.units import FileOfStretches, Unit, size_of, units
from termcheck.jobs import Job
from termcheck.model import TermcheckError

# Checking this many bytes of text takes about as long as starting a process.
_BYTES_PER_PROCESS = 1 << 20
# Windows cannot wait for more processes at once.
_MOST_ON_WINDOWS = 61


class Pace(Struct, frozen=True):
    """The progress of a run: finished files and all files, checked bytes and all bytes, and checked pairs."""

    files: int
    all_files: int
    size: int
    whole_size: int
    pairs: int


Progress = Callable[[Pace], None]


def check_all(
    jobs: Sequence[Job],
    settings: Settings,
    glossaries: Glossaries,
    progress: Progress | None = None,
    *,
    whole: bool = False,
) -> Generator[UnitResult, None, None]:
    """The results of all units of the jobs, in order; if `whole`, no file is read in stretches."""
    whole_size = sum(map(size_of, jobs))
    size = pairs = files = 0
    all_units = units(jobs, settings, glossaries, whole=whole)
    processes = _process_count(settings.jobs, whole_size)
    if processes > 1:
        results = _in_processes(all_units, jobs, settings, glossaries, processes)
    else:
        results = ((unit, check_unit(unit, settings, glossaries)) for unit in all_units)
    limit = FileOfStretches()
    for unit, result in results:
        yield limit.apply(unit, result)
        size, pairs, files = size + unit.size, pairs + result.pairs, files + unit.last
        if unit.last:
            limit = FileOfStretches()
        if progress is not None:
            progress(Pace(files, len(jobs), size, whole_size, pairs))


def _process_count(requested: int, size: int) -> int:
    """The number of processes: as requested, or else one for each processor, but fewer for little text."""
    most = _MOST_ON_WINDOWS if sys.platform == "win32" else size
    if sys.flags.ignore_environment and not sys.flags.safe_path:
        # Nothing would keep new processes from importing modules of the working directory; see `processes`.
        return 1
    return min(requested or processors(), size // _BYTES_PER_PROCESS, most)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_processes(
    all_units: Iterator[Unit], jobs: Sequence[Job], settings: Settings, glossaries: Glossaries, processes: int
) -> Iterator[tuple[Unit, UnitResult]]:
    """The results in order. A run in one process imports none of this."""
    from termcheck.engine.processes import check_in_processes

    _compile_glossaries(jobs, glossaries)
    return check_in_processes(all_units, settings, processes)


def _compile_glossaries(jobs: Sequence[Job], glossaries: Glossaries) -> None:
    """Compile each glossary once, so that the processes find it in the cache if there is one.

    The same goes for the dictionaries of its languages.
    """
    from termcheck.languages.dictionary import dictionary_of

    for use in dict.fromkeys(job.use for job in jobs):
        with contextlib.suppress(TermcheckError):
            for language in glossaries.compiled(use).languages:
                dictionary_of(language)
