"""The command line: the only part that prints, and that chooses the exit code.

0 means clean, 1 findings, 2 an error in the arguments, the config, the glossary or an input file. Such an
error is printed in one line with its place. A traceback is a bug of termcheck, and ends in 3.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from termcheck import __version__

CLEAN, FINDINGS, MISTAKE, DEFECT, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `arguments` default to those of the process."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if "_ARGCOMPLETE" in os.environ:
        from termcheck.cli.completion import complete

        complete()
    try:
        return _answered(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        from termcheck.cli.console import forget_output

        forget_output()
        return BROKEN_PIPE
    except Exception as error:
        from termcheck.cli.failures import report_failure

        return report_failure(error)


def _answered(given: list[str]) -> int:
    from termcheck.cli import console

    console.prepare_streams()
    if given in (["--version"], ["-V"], ["version"]):
        console.show(f"termcheck {__version__}\n")
        code = CLEAN
    else:
        code = _run(given)
    console.flush()
    return code


def run() -> None:
    """The whole process: `main`, with a garbage collector that leaves short runs alone.

    Everything imported lives to the end, and walking it again and again, and once more at exit, takes a
    sixth of the time of checking one short text.
    """
    from termcheck.interrupts import end_on_signals, signal_received

    gc.set_threshold(100_000)
    try:
        end_on_signals()
        code = main()
        gc.freeze()
        end_on_signals()  # there is nothing left to clean up
    except KeyboardInterrupt:  # while the first one was being dealt with
        code = INTERRUPTED
    sys.exit(128 + signal_received() if code == INTERRUPTED else code)


def _require_directory() -> None:
    from termcheck.model import TermcheckError

    try:
        os.getcwd()  # noqa: PTH109 - pathlib would be one more import at start-up
    except FileNotFoundError:
        advice = "change into one that is there"
        raise TermcheckError("the working directory is gone", advice=advice) from None


def _run(arguments: list[str]) -> int:
    from termcheck.cli.arguments import parse
    from termcheck.cli.console import say_error
    from termcheck.model import TermcheckError

    color = "auto"
    args = None
    try:
        _require_directory()
        args = parse(arguments)
        color = getattr(args, "color", color)
        code: int = args.command(args)
    except TermcheckError as error:
        say_error(error, color)
        if args is None:
            from termcheck.cli.piped_text import return_unparsed

            return_unparsed(arguments)
        return MISTAKE
    except SystemExit as end:  # after --help
        return CLEAN if end.code is None else int(end.code)
    return code
