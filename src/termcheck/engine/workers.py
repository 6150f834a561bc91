"""Check the units of a run one after the other, or in several processes at once; the results come in order.

Processes are started afresh ("spawn"), which is the one way that works alike on every platform and under
any caller's threads; each has to load the glossaries. So they are used only for texts long enough.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.checked import Checked, check_job
from termcheck.engine.glossaries import Glossaries
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


class Unit(Struct, frozen=True):
    """What is checked by itself, and its size in bytes."""

    job: Job
    size: int


def check_all(
    jobs: Sequence[Job], settings: Settings, glossaries: Glossaries, progress: Progress | None = None
) -> Iterator[Checked]:
    """What each unit of the jobs gives, in order."""
    units = [Unit(job, _size(job)) for job in jobs]
    whole_size = sum(unit.size for unit in units)
    size = pairs = 0
    processes = _processes(settings.jobs, whole_size, len(units))
    results = _in_turn(units, settings, glossaries)
    if processes > 1:
        results = _at_once(units, settings, glossaries, processes)
    for number, (unit, checked) in enumerate(results, start=1):
        yield checked
        size, pairs = size + unit.size, pairs + checked.pairs
        if progress is not None:
            progress(Pace(number, len(jobs), size, whole_size, pairs))


def _size(job: Job) -> int:
    """The bytes of a job's texts; 0 for what cannot be read, which will be told when it is tried."""
    size = 0
    for path, data in ((job.source, job.data), (job.target, job.target_data)):
        if data is not None:
            size += len(data)
        elif path is not None and not job.missing:
            with contextlib.suppress(OSError, ValueError):
                size += os.stat(path).st_size  # noqa: PTH116 - pathlib would be one more import at start-up
    return size


def _processes(asked: int, size: int, units: int) -> int:
    """How many processes to use: as many as asked for, or as there are processors; fewer for little text."""
    return min(asked or processors(), size // _BYTES_A_PROCESS, units)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_turn(
    units: Sequence[Unit], settings: Settings, glossaries: Glossaries
) -> Iterator[tuple[Unit, Checked]]:
    for unit in units:
        yield unit, check_job(unit.job, settings, glossaries)


def _at_once(
    units: Sequence[Unit], settings: Settings, glossaries: Glossaries, processes: int
) -> Iterator[tuple[Unit, Checked]]:
    """The results in order; only some units ahead are handed out, so that memory stays what it is."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _keep_compiled(units, glossaries)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (settings,))
    waiting: deque[tuple[Unit, Future[Checked]]] = deque()
    try:
        for unit in units:
            waiting.append((unit, _hand_out(pool, unit)))
            if len(waiting) >= processes * _AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _keep_compiled(units: Sequence[Unit], glossaries: Glossaries) -> None:
    """Compile each glossary once before several processes do: they find it in the store, if there is one."""
    for paths in dict.fromkeys(unit.job.glossaries for unit in units):
        with contextlib.suppress(TermcheckError):
            glossaries.compiled(paths)


def _hand_out(pool: Executor, unit: Unit) -> Future[Checked]:
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
    """Make a new process ready."""
    _worker.append(_Worker(settings, Glossaries(settings)))


def _check(unit: Unit) -> Checked:
    """Check a unit in a process that is ready."""
    return check_job(unit.job, _worker[0].settings, _worker[0].glossaries)
