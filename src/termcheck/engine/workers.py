"""Check the units of a run one after the other, or in several processes at once; the results come in order.

Processes are started afresh ("spawn"), which is the one way that works alike on every platform and under
any caller's threads; each has to load the glossaries. So they are used only for texts long enough.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
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

# A process takes about as long to start as this many bytes of text take to check.
_BYTES_A_PROCESS = 1 << 20
# Units handed out for each process, so that none waits while the results of an early one are awaited.
_AHEAD = 3


class Pace(Struct, frozen=True):
    """How far a run is: files begun of all, bytes of text checked of all, and pairs checked."""

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
    """What each unit of the jobs gives, in order; if `whole`, no file is cut into stretches."""
    whole_size = sum(map(size_of, jobs))
    size = pairs = files = 0
    found = units(jobs, settings, glossaries, whole=whole)
    processes = _processes(settings.jobs, whole_size)
    if processes > 1:
        results = _at_once(found, jobs, settings, glossaries, processes)
    else:
        results = ((unit, check_unit(unit, settings, glossaries)) for unit in found)
    limit = RowErrorLimit()
    for unit, result in results:
        yield limit.apply(unit, result)
        size, pairs, files = size + unit.size, pairs + result.pairs, files + unit.last
        if unit.last:
            limit = RowErrorLimit()
        if progress is not None:
            progress(Pace(files, len(jobs), size, whole_size, pairs))


def _processes(asked: int, size: int) -> int:
    """How many processes to use: as many as asked for, or as there are processors; fewer for little text."""
    return min(asked or processors(), size // _BYTES_A_PROCESS)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _at_once(
    found: Iterator[Unit], jobs: Sequence[Job], settings: Settings, glossaries: Glossaries, processes: int
) -> Iterator[tuple[Unit, UnitResult]]:
    """The results in order; only some units ahead are handed out, so that memory stays what it is."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _keep_compiled(jobs, glossaries)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (settings,))
    waiting: deque[tuple[Unit, Future[UnitResult]]] = deque()
    try:
        for unit in found:
            waiting.append((unit, _hand_out(pool, unit)))
            if len(waiting) >= processes * _AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _keep_compiled(jobs: Sequence[Job], glossaries: Glossaries) -> None:
    """Compile each glossary once before several processes do: they find it in the store, if there is one."""
    for paths in dict.fromkeys(job.glossaries for job in jobs):
        with contextlib.suppress(TermcheckError):
            glossaries.compiled(paths)


def _hand_out(pool: Executor, unit: Unit) -> Future[UnitResult]:
    """Submit a unit. A process that this starts must not hear an interrupt, which is for us to answer."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_check, unit)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_check, unit)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(Struct):
    """What one process keeps from unit to unit."""

    settings: Settings
    glossaries: Glossaries


_worker: list[_Worker] = []


def _start(settings: Settings) -> None:
    """Make a new process ready, with a garbage collector that lets it work."""
    gc.set_threshold(100_000)
    gc.freeze()
    _worker.append(_Worker(settings, Glossaries(settings)))


def _check(unit: Unit) -> UnitResult:
    """Check a unit in a process that is ready."""
    return check_unit(unit, _worker[0].settings, _worker[0].glossaries)
