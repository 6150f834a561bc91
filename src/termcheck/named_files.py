"""What the command line names: files, pipes and standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from termcheck.globs import name_of
from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.plain_files import read_piped

STDIN = "-"


def piped(path: str) -> bytes | None:
    """The contents of a pipe that the command line names; None for a file, and for standard input.

    A pipe can be read only once. Raises TermcheckError for a device other than a terminal, because it may
    never end.
    """
    try:
        return None if path == STDIN else read_piped(path)
    except OSError as error:
        raise file_error("cannot be read", error, name_of(path)) from None


def not_a_file(path: str) -> Iterator[TermcheckError]:
    """Why no file can be opened at a path that the command line names, if so."""
    if path == STDIN:
        return
    if not path:
        yield TermcheckError("a path is empty", advice="name a file, or leave it out")
        return
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError) as error:  # ValueError: a NUL character
        yield file_error("cannot be opened", error, name_of(path))
    else:
        if stat.S_ISDIR(mode):
            yield TermcheckError("is a directory where a file is asked for", path=name_of(path))
