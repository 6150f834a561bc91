"""Say before a long run that a text may need more memory than there is.

Otherwise the system would kill the run without a message.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.cli.console import say

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Job

# Measured on Markdown with paragraphs of fifty to a hundred characters: 24 if the languages take turns, and
# 105 if they are two blocks, which nobody knows before the text is read. Short paragraphs need more.
_MEMORY_PER_BYTE = 110
_GIGABYTE = 1e9


def warn_of_memory(jobs: Sequence[Job], settings: Settings, small: int) -> None:
    """Print a notice on each text of more than `small` bytes that is read as a whole and may not fit."""
    from termcheck.engine.prepare import format_of_job, read_options
    from termcheck.engine.units import size_of

    large = [(job, size) for job in jobs if (size := size_of(job)) > small]
    free = free_memory()
    for job, size in large:
        form = format_of_job(job, read_options(settings))
        if free and size * _MEMORY_PER_BYTE > free and not (form and form.rows):
            say(
                f"{job.source_name}: may need up to {size * _MEMORY_PER_BYTE / _GIGABYTE:.1f} GB of memory, "
                f"and {free / _GIGABYTE:.1f} GB are free; cut it into several files, or make it rows",
                kind="notice",
            )


def free_memory() -> int:
    """The bytes that this process may still use, as far as the system says; 0 if it does not say."""
    found = []
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123
            lines = [line.split() for line in file]
        found += [int(line[1]) * 1024 for line in lines if line[0] == "MemAvailable:"]
    with contextlib.suppress(OSError, ValueError):  # a container has a limit of its own
        with open("/sys/fs/cgroup/memory.max", encoding="ascii") as file:  # noqa: PTH123
            most = int(file.read())
        with open("/sys/fs/cgroup/memory.current", encoding="ascii") as file:  # noqa: PTH123
            found.append(most - int(file.read()))
    with contextlib.suppress(OSError, ValueError):  # of an older sort
        with open("/sys/fs/cgroup/memory/memory.limit_in_bytes", encoding="ascii") as file:  # noqa: PTH123
            most = int(file.read())
        with open("/sys/fs/cgroup/memory/memory.usage_in_bytes", encoding="ascii") as file:  # noqa: PTH123
            found.append(most - int(file.read()))
    with contextlib.suppress(ImportError, OSError):  # what `ulimit -v` allows
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            found.append(most)
    if not found:
        with contextlib.suppress(AttributeError, OSError, ValueError):
            found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return max(min(found, default=0), 0)
