"""Directories for what can be made again: where they are, and whether what lies there can be trusted.

Whoever can write to a cache decides what its reader believes, so a directory that belongs to somebody else,
or that  others may write to, is not used.
"""

from __future__ import annotations

import os
import stat
import sys

ENVIRONMENT = "TERMCHECK_CACHE_DIR"


def cache_directory() -> str:
    """This user's directory for our caches, there or not: the environment's, or the platform's."""
    given = os.environ.get(ENVIRONMENT, "")
    if given:
        return given
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        return platformdirs.user_cache_dir("termcheck", appauthor=False)
    # What platformdirs says of other systems; to import it takes as long as to check a short text.
    base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.join(_home(), ".cache")  # noqa: PTH118
    return f"{base}/termcheck"


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - it answers even where no home is known


def private_directory(*parts: str) -> str:
    """A directory that only this user can write to, made if need be; empty where there is none to be had."""
    path = os.path.join(*parts)  # noqa: PTH118 - pathlib would be one more import at start-up
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return ""
    if not hasattr(os, "getuid"):  # Windows keeps the directories of users apart
        return path
    open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return "" if open_to_others or found.st_uid != os.getuid() else path
