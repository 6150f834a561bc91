"""Where git keeps its own files for a working tree: `.git`, or what that file leads to."""

from __future__ import annotations

import os
import re

from termcheck.plain_files import read_plain


def git_directories(root: str) -> tuple[str, str]:
    """The directory of a working tree's own files, and that of the repository, which may be the same.

    `root` has a slash at its end. In a worktree or a submodule, `.git` is a file that names the first; a
    file in that names the second.
    """
    directory = f"{root}.git"
    link = re.match(r"gitdir: (.+)", text_of(directory))
    if link is not None:
        directory = _below(root, link[1])
    return directory, _below(directory, text_of(f"{directory}/commondir").strip())


def text_of(path: str) -> str:
    """The text of a regular file; empty if it cannot be read."""
    try:
        return read_plain(path).decode("utf-8", "surrogateescape")
    except (OSError, ValueError):  # ValueError: a NUL character
        return ""


# Without pathlib, which would be one more import in every walk.
_below = os.path.join
