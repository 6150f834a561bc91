"""Locate the user's cache directory, and create private directories in it.

Whoever can write to a cache controls what its readers believe. So a directory is not used if it belongs to
another user or if others can write to it.
"""

from __future__ import annotations

import os
import stat
import sys

ENVIRONMENT = "TERMCHECK_CACHE_DIR"


def cache_directory() -> str:
    """The user's cache directory, which may not exist: from the environment, or the platform's default."""
    chosen = os.environ.get(ENVIRONMENT, "")
    if chosen:
        return chosen
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        return platformdirs.user_cache_dir("termcheck", appauthor=False)
    # The default of platformdirs, whose import takes as long as checking a short text.
    base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.join(_home(), ".cache")  # noqa: PTH118
    return f"{base}/termcheck"


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - it works even without a home directory


def private_directory(*parts: str) -> str:
    """A directory that only this user can write to, created if needed; empty if that is not possible."""
    path = os.path.join(*parts)  # noqa: PTH118 - pathlib would slow down the start
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return ""
    if not hasattr(os, "getuid"):  # Windows separates the directories of users
        return path
    open_to_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return "" if open_to_others or status.st_uid != os.getuid() else path
