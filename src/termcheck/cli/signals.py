"""Signals that end a run: the code that is at work cleans up, and the process exits with 128 + number.

SIGTERM and SIGHUP do what Ctrl-C does, so that no temporary file and no process stays behind. A signal stays
ignored if the caller ignores it, as `nohup` does.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class _State:
    """The signals of this process: the first one received, and whether one waits until `held` ends."""

    first = 0
    holders = 0
    waiting = False


def end_on_signals() -> None:
    """Raise KeyboardInterrupt in the main thread on each signal that ends a process."""
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _interrupt)


def signal_received() -> int:
    """The number of the first signal; SIGINT if there was none, as in a process without handlers."""
    return _State.first or signal.SIGINT


@contextmanager
def held() -> Iterator[None]:
    """Let signals wait for the end of the block, which must be short."""
    _State.holders += 1
    try:
        yield
    finally:
        _State.holders -= 1
        if _State.waiting and not _State.holders:
            _State.waiting = False
            raise KeyboardInterrupt


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _State.first = _State.first or number
    if _State.holders:
        _State.waiting = True
        return
    raise KeyboardInterrupt
