"""Check units in processes of their own, which end when this process does.

New processes are spawned and not forked, because only that works on all platforms and with any threads of the
caller. Each of them watches a pipe whose other end this process holds: however this process ends, the pipe
is closed, and so none is left behind. A process that is killed, for lack of memory say, takes the work of all
with it; each unit is then checked again. Python would let a new process import modules from the working
directory, which a checked repository may bring, so that is switched off.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

from msgspec import Struct

from termcheck.config import Settings
from termcheck.engine.check_unit import check_unit
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.unit_result import UnitResult
from termcheck.engine.units import Unit
from termcheck.interrupts import ENDING, catch_signals
from termcheck.model import TermcheckError

# Units submitted for each process, so that none is idle while the result of an earlier unit is awaited.
_UNITS_AHEAD = 3
# If this variable is set, Python looks for no modules in the working directory.
_SAFE_PATH = "PYTHONSAFEPATH"
# If so many units end their processes, nothing will help.
_MOST_LOST = 5


def check_in_processes(
    all_units: Iterator[Unit], settings: Settings, processes: int
) -> Iterator[tuple[Unit, UnitResult]]:
    """The results in order; only a few units are submitted ahead, so memory does not grow with the run."""
    with _Processes(processes, settings) as pool:
        for unit in all_units:
            pool.submit(unit)
            if len(pool) >= processes * _UNITS_AHEAD:
                yield pool.next_result()
        while pool:
            yield pool.next_result()


class _Processes:
    """Processes with the units submitted to them; a process that was killed is replaced."""

    def __init__(self, count: int, settings: Settings) -> None:
        self._count, self._settings = count, settings
        self._submitted: deque[tuple[Unit, Future[UnitResult]]] = deque()
        self._lost = 0
        catch_signals()
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._stop(at_once=error is not None)

    def __len__(self) -> int:
        return len(self._submitted)

    def submit(self, unit: Unit) -> None:
        """Hand a unit to the next process that is free."""
        self._submitted.append((unit, self._future(unit)))

    def next_result(self) -> tuple[Unit, UnitResult]:
        """The oldest unit with its result; an error of the file if its process was killed twice.

        Raises TermcheckError if that happens to many units.
        """
        unit, future = self._submitted.popleft()
        try:
            return unit, future.result()
        except BrokenProcessPool:
            self._restart()
            result = self._checked_alone(unit)
            # A future that was lost with the others is done, too, but it has no result.
            self._submitted = deque(
                (other, lost if lost.done() and not lost.exception() else self._future(other))
                for other, lost in self._submitted
            )
            return unit, result

    def _checked_alone(self, unit: Unit) -> UnitResult:
        """The result of a unit while no other is checked, so that all memory is for this one."""
        try:
            return self._future(unit).result()
        except BrokenProcessPool:
            self._restart()
        advice = "memory may have run out: close other programs, or check it with --jobs 1"
        self._lost += 1
        if self._lost >= _MOST_LOST:
            raise TermcheckError("one process after another was killed", advice=advice)
        message = "was not checked, because its process was killed twice"
        return UnitResult(errors=(TermcheckError(message, path=unit.job.source_name, advice=advice),))

    def _future(self, unit: Unit) -> Future[UnitResult]:
        try:
            with _signals_blocked(), _own_modules():
                return self._pool.submit(_check, unit)
        except BrokenProcessPool as error:  # it broke after the last result
            future: Future[UnitResult] = Future()
            future.set_exception(error)
            return future

    def _start(self) -> None:
        context = get_context("spawn")
        self._watched, self._held = context.Pipe(duplex=False)
        arguments = (self._settings, self._watched)
        with _own_modules():  # its locks have a process that cleans up after them
            self._pool = ProcessPoolExecutor(self._count, context, _start_worker, arguments)

    def _stop(self, *, at_once: bool) -> None:
        if at_once:
            self._held.close()
        self._pool.shutdown(cancel_futures=True)
        self._held.close()
        self._watched.close()

    def _restart(self) -> None:
        self._stop(at_once=True)
        self._start()


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Threads and processes that are started meanwhile leave the signals that end a run to this thread.

    It alone gets them, and the processes end with this one.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _own_modules() -> Iterator[None]:
    """Processes that are started meanwhile import nothing from the working directory.

    `python -c`, by which they are started, would look there first, even for a module of Python itself.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


class _Worker(Struct):
    """The state of a worker process, which all its units share."""

    settings: Settings
    glossaries: Glossaries


_worker: list[_Worker] = []


def _start_worker(settings: Settings, watched: Connection) -> None:
    """Initialise a worker process. Most of its data is permanent, so garbage collection runs rarely."""
    threading.Thread(target=_end_with_parent, args=(watched,), daemon=True).start()
    # Ctrl-C reaches all processes of a terminal. The first one decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    gc.set_threshold(100_000)
    gc.freeze()
    _worker.append(_Worker(settings, Glossaries(settings)))


def _end_with_parent(watched: Connection) -> None:
    """Wait until the other end of the pipe is closed; nothing is ever written into it."""
    with contextlib.suppress(OSError, EOFError):
        watched.poll(None)
    os._exit(1)


def _check(unit: Unit) -> UnitResult:
    """Check a unit in a worker process."""
    return check_unit(unit, _worker[0].settings, _worker[0].glossaries)
