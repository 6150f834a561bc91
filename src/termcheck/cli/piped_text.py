"""Standard input as a text. If it is to be fixed, it always comes back on standard output.

An editor that fixes on save puts what is printed in the place of its buffer. So whatever goes wrong, and
even if the text is excluded, the bytes come back as they were.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from termcheck.cli import console
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from termcheck.config import Settings

_FIXES = ("--fix", "--fix-only")
# With these, something else is printed.
_NO_FIXES = (
    "--no-fix",
    "--no-fix-only",
    "--diff",
    "--add-ignore",
    "--show-",
    "--watch",
    "-w",
    "--help",
    "-h",
)


def read_stdin(advice: str) -> bytes:
    """All that standard input holds. Raises TermcheckError, with this advice, if it is closed."""
    if sys.stdin is None:
        raise TermcheckError("standard input is closed", advice=advice)
    return sys.stdin.buffer.read()


class PipedText:
    """What standard input holds, read when it is first asked for.

    `returns`: it is to be fixed, so it has to come back. `data` is None as long as nothing was read.
    """

    def __init__(self, *, returns: bool = False) -> None:
        self.returns = returns
        self.data: bytes | None = None

    def read(self) -> bytes:
        """The bytes. Raises TermcheckError if standard input is closed."""
        if self.data is None:
            self.data = read_stdin("pipe a text into it, or name a file")
        return self.data

    def give_back(self, fixed: bytes | None = None) -> None:
        """Print the text, with its fixes if there are any, unless it was printed before."""
        if self.returns:
            self.returns = False
            with contextlib.suppress(TermcheckError):
                console.show_bytes(self.read() if fixed is None else fixed)


def with_text_back(args: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    """Run a check; a text that is to be fixed comes back in the end, however the check ends.

    The check finds the text as `args.piped`.
    """
    text = args.piped = PipedText(returns=_is_filter(args) and bool(args.fix or args.fix_only))
    try:
        return check(args)
    except KeyboardInterrupt:
        # Whoever has not typed the text to its end has nothing to lose.
        text.returns = text.returns and text.data is not None
        raise
    finally:
        text.give_back()


def _is_filter(args: argparse.Namespace) -> bool:
    """Whether standard input is among the texts, and is checked instead of shown in another way."""
    others = args.diff or args.show_files or args.show_settings or args.show_pairs is not None
    named = args.stdin_filename is not None or "-" in (*args.paths, args.source, args.target)
    return named and not others and args.add_ignore is None


def decide_return(args: argparse.Namespace, settings: Settings) -> None:
    """Now that the settings are known: they too can ask for fixes."""
    args.piped.returns = _is_filter(args) and (settings.fix or settings.fix_only)


def return_unparsed(arguments: Sequence[str]) -> None:
    """Print standard input as it is if arguments that cannot be parsed ask for its fixes."""
    asked = arguments[:1] == ["check"] and any(argument in _FIXES for argument in arguments)
    named = any(argument == "-" or argument.startswith("--stdin-filename") for argument in arguments)
    other = any(argument.startswith(_NO_FIXES) for argument in arguments)
    if asked and named and not other and sys.stdin is not None and not sys.stdin.isatty():
        PipedText(returns=True).give_back()
