"""Arguments and paths that a file names, because a command line can hold only so many.

`@FILE` stands for the lines of a file, each an argument. `--files-from FILE` adds paths to check.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from termcheck.cli import CLEAN
from termcheck.cli.console import say
from termcheck.cli.piped_text import read_stdin
from termcheck.messages import file_error
from termcheck.model import TermcheckError


def expanded(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments with those of files in place of `@FILE`, up to `--`; blank lines are none.

    A file whose own name begins with `@` is meant itself. Raises TermcheckError for one that cannot be read.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith("@") and len(argument) > 1 and not os.path.lexists(argument):
            lines = _text(argument[1:], argument).splitlines()
            yield from (line for line in lines if line.strip())
        else:
            yield argument
        if argument == "--":
            yield from rest


def add_listed_paths(args: argparse.Namespace) -> None:
    """Add the paths that `--files-from` names. If there are none at all, there is nothing to check.

    Raises TermcheckError if the list cannot be read, or if standard input would be both a list and a text.
    """
    name = getattr(args, "files_from", None)
    if name is None:
        return
    if name == "-" and ("-" in args.paths or args.stdin_filename is not None):
        raise TermcheckError(
            "--files-from: standard input cannot be a list and a text", advice="write the list into a file"
        )
    text = _text(name, f"--files-from {name}")
    listed = text.split("\0") if "\0" in text else text.splitlines()
    # In a list, `-` is a file.
    args.paths += [path if path != "-" else "./-" for path in listed if path.strip()]
    if not args.paths:
        args.command = _nothing_named


def _nothing_named(args: argparse.Namespace) -> int:
    say(f"{args.files_from} names no files; nothing was checked.")
    return CLEAN


def _text(path: str, name: str) -> str:
    """The text of a file, a pipe, or `-` for standard input. Names of files may be no UTF-8."""
    try:
        if path == "-":
            data = read_stdin("pipe a list into it")
        else:
            with open(path, "rb") as file:  # noqa: PTH123 - it may be a pipe
                data = file.read()
    except (OSError, ValueError) as error:  # ValueError: a NUL character
        raise file_error("cannot be read", error, name) from None
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
