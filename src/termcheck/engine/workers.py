"""Check the units of a run in this process or in several processes, with the results in order.

New processes are spawned and not forked, because only that works on all platforms and with any threads of the
caller. Each of them has to load the glossaries, so they are used for long texts only.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.check_unit import check_unit
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.unit_result import UnitResult
from termcheck.engine.units import RowErrorLimit, Unit, size_of, units
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

# Checking this many bytes of text takes about as long as starting a process.
_BYTES_PER_PROCESS = 1 << 20
# Units submitted for each process, so that none is idle while the result of an earlier unit is awaited.
_UNITS_AHEAD = 3


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
    limit = RowErrorLimit()
    for unit, result in results:
        yield limit.apply(unit, result)
        size, pairs, files = size + unit.size, pairs + result.pairs, files + unit.last
        if unit.last:
            limit = RowErrorLimit()
        if progress is not None:
            progress(Pace(files, len(jobs), size, whole_size, pairs))


def _process_count(requested: int, size: int) -> int:
    """The number of processes: as requested, or else one for each processor, but fewer for little text."""
    return min(requested or processors(), size // _BYTES_PER_PROCESS)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_processes(
    all_units: Iterator[Unit], jobs: Sequence[Job], settings: Settings, glossaries: Glossaries, processes: int
) -> Iterator[tuple[Unit, UnitResult]]:
    """The results in order; only a few units are submitted ahead, so memory does not grow with the run."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _compile_glossaries(jobs, glossaries)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start_worker, (settings,))
    submitted: deque[tuple[Unit, Future[UnitResult]]] = deque()
    try:
        for unit in all_units:
            submitted.append((unit, _submit(pool, unit)))
            if len(submitted) >= processes * _UNITS_AHEAD:
                first, future = submitted.popleft()
                yield first, future.result()
        for first, future in submitted:
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _compile_glossaries(jobs: Sequence[Job], glossaries: Glossaries) -> None:
    """Compile each glossary once, so that the processes find it in the cache if there is one.

    The same goes for the dictionaries of its languages.
    """
    from termcheck.languages.dictionary import dictionary_of

    for use in dict.fromkeys(job.use for job in jobs):
        with contextlib.suppress(TermcheckError):
            for language in glossaries.compiled(use).languages:
                dictionary_of(language)


def _submit(pool: Executor, unit: Unit) -> Future[UnitResult]:
    """Submit a unit. A process that this starts ignores interrupts, because the main process handles them."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_check, unit)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_check, unit)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(Struct):
    """The state of a worker process, which all its units share."""

    settings: Settings
    glossaries: Glossaries


_worker: list[_Worker] = []


def _start_worker(settings: Settings) -> None:
    """Initialise a worker process. Most of its data is permanent, so garbage collection runs rarely."""
    gc.set_threshold(100_000)
    gc.freeze()
    _worker.append(_Worker(settings, Glossaries(settings)))


def _check(unit: Unit) -> UnitResult:
    """Check a unit in a worker process."""
    return check_unit(unit, _worker[0].settings, _worker[0].glossaries)
