"""Run a command and measure it: wall-clock time, processor time and memory.

pyperf's runner finishes one command before it starts the next. But on a machine with other work, a ratio is
only meaningful if both commands were measured in turns.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

_MEGABYTE = 1e6
# Linux counts in KiB, other systems count in bytes.
_MAXRSS_UNIT = 1024 if sys.platform.startswith("linux") else 1
_WATCH_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments; any exit status that is not in `statuses` is a failure."""

    words: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)
    own_clock: bool = False
    directory: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A run: wall-clock seconds, processor seconds, and peak memory in megabytes."""

    seconds: float
    cpu: float
    peak: float

    def less(self, other: Sample) -> Sample:
        """The difference to another sample, but more than zero, so that it can be a divisor."""
        least = 1e-6
        return Sample(max(self.seconds - other.seconds, least), max(self.cpu - other.cpu, least), self.peak)


class FailedError(Exception):
    """A command failed; the message has the command and its output."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs commands with the environment `env`."""

    env: Mapping[str, str]

    @classmethod
    def of(cls, caches: Path) -> Self:
        """A runner in the caller's environment with its own caches; modules are compiled once, as usual."""
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return cls({**env, "TERMCHECK_CACHE_DIR": str(caches)})

    def __call__(self, command: Command, *, watch: bool = False) -> Sample:
        """Run a command; `watch` includes the memory of its children, which costs some time."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            begin = time.perf_counter()
            process = subprocess.Popen(
                program(command.words),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=self.env,
                cwd=command.directory,
            )
            with _watched(process.pid) if watch else contextlib.nullcontext([0.0]) as seen:
                _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
            # Otherwise, Popen would wait for a process that has ended.
            process.returncode = os.waitstatus_to_exitcode(status)
            err.seek(0)
            said = err.read().decode(errors="replace")[-2000:]
            # A crash of a Python program has exit status 1, like a check with findings.
            if process.returncode not in command.statuses or "Traceback (most recent call last)" in said:
                raise FailedError(f"{' '.join(command.words)}: exit {process.returncode}\n{said}")
            if command.own_clock:
                out.seek(0)
                seconds = float(out.read())
        peak = max(usage.ru_maxrss * _MAXRSS_UNIT / _MEGABYTE, *seen)
        return Sample(seconds, usage.ru_utime + usage.ru_stime, peak)


@contextlib.contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """The peak memory of a process and its descendants in megabytes; updated until the process ends."""
    most = [0.0]
    over = threading.Event()

    def look() -> None:
        process = psutil.Process(pid)
        while not over.wait(_WATCH_EVERY):
            with contextlib.suppress(psutil.Error):
                held = sum(_held(one) for one in (process, *process.children(recursive=True)))
                most[0] = max(most[0], held / _MEGABYTE)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def _held(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def program(words: Sequence[str]) -> list[str]:
    """The words with `python` and `termcheck` replaced by the programs of this environment."""
    first, *rest = words
    if first == "python":
        return [sys.executable, *rest]
    if first == "termcheck":
        script = Path(sysconfig.get_path("scripts"), "termcheck")
        return [str(script), *rest] if script.exists() else [sys.executable, "-m", "termcheck", *rest]
    return list(words)
