"""Measure how the cost of every kind of input grows with its length, and print the table.

    python benchmarks/growth.py                      all kinds, at 1, 2, 4 and 8 times the length
    python benchmarks/growth.py --only "text: tags"  the kinds whose names match an expression
    python benchmarks/growth.py --bad                print only the kinds that grow too fast
    python benchmarks/growth.py --length 1000        begin with shorter texts

Processor seconds are measured, so a busy machine does no harm. The exit code is 1 if a kind grows by more
than 2.3 for a doubling, where it takes long enough to tell.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import multiprocessing
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from growth_kinds import KINDS, Kind, Work
from termcheck.cli import main as termcheck

TIMES = (1, 2, 4, 8)
MOST_GROWTH = 2.3
# Shorter times say nothing about growth.
_TELLING = 0.1
_SECONDS = 60
_LENGTH, _COUNT = 10_000, 400


@dataclass(frozen=True, slots=True)
class Growth:
    """The processor seconds of a kind at each length; fewer of them if it took too long."""

    kind: Kind
    length: int
    seconds: Sequence[float]
    failure: str = ""

    @property
    def rate(self) -> float:
        """The largest growth for a doubling."""
        pairs = zip(self.seconds, self.seconds[1:], strict=False)
        return max((long / max(short, _TELLING / 2) for short, long in pairs if long >= _TELLING), default=0)

    def is_fine(self, most: float) -> bool:
        """Whether the kind grows no faster than by a factor for a doubling."""
        return not self.failure and self.rate <= most

    def row(self, mark: str) -> str:
        """A row of the table, which ends with a mark."""
        seconds = " | ".join(f"{one:.2f}" for one in self.seconds)
        missing = " | " * (len(TIMES) - len(self.seconds))
        rate = self.failure or (f"{self.rate:.1f}" if self.rate else "quick")
        name = self.kind.name.replace("|", "\\|")
        return f"| {name} | {self.length} | {seconds}{missing} | {rate}{mark} |"


def main() -> int:
    """Measure the kinds that are asked for, and print their rows as they come."""
    chosen = _arguments()
    kinds = [kind for kind in KINDS if re.search(chosen.only, kind.name)]
    print("| kind | length | " + " | ".join(f"× {times}, s" for times in TIMES) + " | growth |")
    print("|---" * (len(TIMES) + 3) + "|")
    bad = 0
    with tempfile.TemporaryDirectory() as caches:
        # The user's own cache is not touched.
        os.environ["TERMCHECK_CACHE_DIR"] = caches
        for kind in kinds:
            growth = measured(kind, max(1, (_COUNT if kind.count else _LENGTH) * chosen.length // _LENGTH))
            fine = growth.is_fine(chosen.most)
            bad += not fine
            if not (chosen.bad and fine):
                print(growth.row("" if fine else " !"), flush=True)
    print(f"\n{len(kinds)} kinds; {bad} grow too fast")
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how the cost of each kind of input grows.")
    parser.add_argument("--only", default="", metavar="REGEX", help="only kinds whose names match")
    parser.add_argument("--bad", action="store_true", help="print only kinds that grow too fast")
    parser.add_argument(
        "--length", type=int, default=_LENGTH, help="the shortest length in characters (%(default)s)"
    )
    parser.add_argument(
        "--most", type=float, default=MOST_GROWTH, help="the largest growth for a doubling (%(default)s)"
    )
    return parser.parse_args()


def measured(kind: Kind, length: int) -> Growth:
    """The growth of a kind from a length on, measured in a process that may be ended."""
    # What a short input makes us load is loaded before, in every process that follows.
    _run(kind.work(2 if kind.count else 50))
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(kind, length, sender))
    process.start()
    sender.close()
    seconds: list[float] = []
    with contextlib.suppress(EOFError):
        while True:
            seconds.append(receiver.recv())
    process.join()
    failure = ""
    if process.exitcode:
        failure = "too long" if process.exitcode < 0 else "failed"
    return Growth(kind, length, seconds, failure)


def _measure(kind: Kind, length: int, sender: multiprocessing.connection.Connection) -> None:
    spent = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + _SECONDS, spent + _SECONDS))
    gc.set_threshold(100_000)
    gc.freeze()
    for times in TIMES:
        sender.send(_run(kind.work(times * length)))


def _run(work: Work) -> float:
    """The processor seconds of a command, which must find nothing or something, but not fail."""
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with (
        tempfile.TemporaryDirectory() as directory,
        contextlib.chdir(directory),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        for name, text in work.files.items():
            Path(name).write_text(text, encoding="utf-8", newline="")
        if work.before:
            termcheck(work.before)
        begin = time.process_time()
        code = termcheck(work.arguments)
        seconds = time.process_time() - begin
    if code > work.most:
        output.flush()
        sys.exit(
            f"{' '.join(work.arguments)} ended with {code}:\n{output.buffer.getvalue().decode()[-2000:]}"
        )
    return seconds


if __name__ == "__main__":
    sys.exit(main())
