"""Where simplemma has its tables, and whether they have changed; importing simplemma would take longer."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
from zlib import crc32


def tables_directory() -> str:
    """The directory of simplemma's tables, one file each; it does not exist if simplemma is not installed."""
    package = find_spec("simplemma")
    theirs = next(iter(package.submodule_search_locations or ()), "") if package else ""
    return f"{theirs}/strategies/dictionaries/data"


def tables_state() -> int:
    """A checksum of all tables, from which the forms of glossary terms are made."""
    states = []
    with suppress(OSError), os.scandir(tables_directory()) as tables:
        for table in tables:
            state = table.stat()
            states.append((table.path, state.st_mtime_ns, state.st_size))
    return crc32(repr(sorted(states)).encode())
