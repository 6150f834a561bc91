"""How far a long run is: one line on a terminal that is written over and over, and nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termcheck.engine import Pace

# Nobody minds waiting this long without being told.
_SECONDS_UNTIL_TOLD = 1.0
_SECONDS_BETWEEN = 0.1


def progress_line() -> Callable[[int, int], None] | None:
    """A callback that shows how many files are done of how many; None if there is no terminal."""
    line = _line()
    return line and (lambda done, total: line(done / total, lambda _: f"{done} of {total} files"))


def pace_line() -> Callable[[Pace], None] | None:
    """The same with the pairs a second; the time left goes by the bytes."""
    line = _line()
    if line is None:
        return None

    def show(pace: Pace) -> None:
        share = pace.size / max(pace.whole_size, 1)
        done = f"{pace.files} of {pace.all_files} files" if pace.all_files > 1 else f"{share:.0%}"
        line(share, lambda seconds: f"{done}, {pace.pairs / seconds:,.0f} pairs/s")

    return show


def clear_progress() -> None:
    """Remove the line, if there may be one."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _line() -> Callable[[float, Callable[[float], str]], None] | None:
    """Shows what is done, told by the seconds since the beginning, and the time left by the share done."""
    if not sys.stderr.isatty():
        return None
    begin = last = time.monotonic()

    def show(share: float, told: Callable[[float], str]) -> None:
        nonlocal last
        now = time.monotonic()
        since = now - begin
        if since > _SECONDS_UNTIL_TOLD and now - last > _SECONDS_BETWEEN:
            last = now
            left = f", {since / share * (1 - share):.0f} s left" if share else ""
            print(f"\r\x1b[KChecked {told(since)}{left}", end="", file=sys.stderr, flush=True)

    return show
