"""What the command line names as files: a file, or a pipe whose content is read at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from termcheck.globs import name_of
from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.plain_files import special_kind

STDIN = "-"


def piped(path: str) -> bytes | None:
    """What a pipe holds that the command line names; it is read once, as standard input is. None for a file.

    Raises TermcheckError for a device, which may never end.
    """
    kind = special_kind(path)
    if not kind or path == STDIN:
        return None
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
            if kind == "a pipe" or file.isatty():
                return file.read()
    except OSError as error:
        raise file_error("cannot be read", error, name_of(path)) from None
    raise TermcheckError(f"is {kind}, not a file", path=name_of(path))


def not_a_file(path: str) -> Iterator[TermcheckError]:
    """The error about a path that is no file, if it is none."""
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
