"""Signals that end a run: the code that is at work cleans up, and the process exits with 128 + number.

SIGTERM and SIGHUP do what Ctrl-C does, so that no temporary file and no process stays behind. A signal stays
ignored if the caller ignores it, as `nohup` does. Until there is something to clean up or to report, a signal
simply ends the process: an exception in the middle of an import leaves modules, and extensions in C, in a
state that nobody has foreseen.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)
"""The signals that end a run, as far as the platform has them."""


class _State:
    """The signals of this process: the first one received, and whether one waits until `held` ends.

    `ours` holds the signals that end the process and that the caller did not ignore; `caught` says that they
    raise KeyboardInterrupt. In a program that only uses the package there are none.
    """

    ours: tuple[int, ...] = ()
    caught = False
    first = 0
    holders = 0
    waiting = False


def end_on_signals() -> None:
    """Let the signals that end a process do so at once, until `catch_signals` is called."""
    ignored = (signal.SIG_IGN, None)
    _State.ours = tuple(number for number in ENDING if signal.getsignal(number) not in ignored)
    for number in _State.ours:
        signal.signal(number, signal.SIG_DFL)


def catch_signals() -> None:
    """From now on there is something to clean up: each signal raises KeyboardInterrupt in the main thread."""
    if _State.ours and not _State.caught:
        _State.caught = True
        for number in _State.ours:
            signal.signal(number, _interrupt)


def signal_received() -> int:
    """The number of the first signal; SIGINT if there was none, as in a process without handlers."""
    return _State.first or signal.SIGINT


@contextmanager
def held() -> Iterator[None]:
    """Let signals that are caught wait for the end of the block, which must be short."""
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
