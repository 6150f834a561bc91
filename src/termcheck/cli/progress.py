"""Show the progress of a long run on one line of a terminal, which is rewritten in place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from termcheck.cli.console import rewrite_line, says_on_terminal

if TYPE_CHECKING:
    from termcheck.engine import Pace

# A shorter run needs no progress line.
_SECONDS_UNTIL_SHOWN = 1.0
_SECONDS_BETWEEN = 0.1


def progress_line() -> Callable[[int, int], None] | None:
    """A callback that shows how many files of all are done; None if there is no terminal."""
    line = _line()
    return line and (lambda done, total: line(done / total, lambda _: f"{done} of {total} files"))


def pace_line() -> Callable[[Pace], None] | None:
    """A callback that also shows the pairs per second, and estimates the time left by bytes; or None."""
    line = _line()
    if line is None:
        return None

    def show(pace: Pace) -> None:
        share = pace.size / max(pace.whole_size, 1)
        done = f"{pace.files} of {pace.all_files} files" if pace.all_files > 1 else f"{share:.0%}"
        line(share, lambda seconds: f"{done}, {pace.pairs / seconds:,.0f} pairs/s")

    return show


def announce_indexing() -> None:
    """Say on a terminal that the words of a language are being indexed, which takes seconds once."""
    if not says_on_terminal():
        return
    from termcheck.languages.dictionary import announce

    if not announce:
        announce.append(lambda table: rewrite_line(f"Indexing the words of `{table}`, once…"))


def clear_progress() -> None:
    """Remove the line from the terminal, if there is one."""
    if says_on_terminal():
        rewrite_line()


def _line() -> Callable[[float, Callable[[float], str]], None] | None:
    """A function that shows the share done and the time left.

    It is called with the share, and with a function from the seconds since the beginning to a description
    of what is done.
    """
    if not says_on_terminal():
        return None
    begin = last = time.monotonic()

    def show(share: float, described: Callable[[float], str]) -> None:
        nonlocal last
        now = time.monotonic()
        since = now - begin
        if since > _SECONDS_UNTIL_SHOWN and now - last > _SECONDS_BETWEEN:
            last = now
            left = f", {since / share * (1 - share):.0f} s left" if share else ""
            rewrite_line(f"Checked {described(since)}{left}")

    return show
