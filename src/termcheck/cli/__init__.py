"""The command line: the only part that prints, and that chooses the exit code.

0 means clean, 1 findings, 2 an error in the arguments, the config, the glossary or an input file. Such an
error is printed in one line with its place, whereas a traceback is a bug of termcheck.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from termcheck import __version__

CLEAN, FINDINGS, MISTAKE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `arguments` default to those of the process."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"], ["version"]):
        print(f"termcheck {__version__}")
        return CLEAN
    if "_ARGCOMPLETE" in os.environ:
        from termcheck.cli.completion import complete

        complete()
    _import_msgspec()
    from termcheck.cli.streams import prepare_streams

    prepare_streams()
    try:
        code = _run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except OSError as error:
        # Code that reads and writes files names them in its errors; without a name it is standard output.
        if error.filename is not None:
            raise
        _forget_output()
        print(f"error: standard output cannot be written to: {error.strerror}", file=sys.stderr)
        return MISTAKE
    return code


def run() -> None:
    """The whole process: `main`, with a garbage collector that leaves short runs alone.

    Everything imported lives to the end, and walking it again and again, and once more at exit, takes a
    sixth of the time of checking one short text.
    """
    gc.set_threshold(100_000)
    code = main()
    gc.freeze()
    sys.exit(code)


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it prefers if installed, but does not need here.

    With it come a dozen more modules, which take a twelfth of the time of checking one short text.
    """
    preferred = "typing_extensions"
    if preferred in sys.modules:
        return
    sys.modules[preferred] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[preferred]


def _forget_output() -> None:
    # Otherwise Python would report the error again when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _require_directory() -> None:
    from termcheck.model import TermcheckError

    try:
        os.getcwd()  # noqa: PTH109 - pathlib would be one more import at start-up
    except FileNotFoundError:
        advice = "change into one that is there"
        raise TermcheckError("the working directory is gone", advice=advice) from None


def _run(arguments: list[str]) -> int:
    from termcheck.cli.arguments import parse
    from termcheck.cli.streams import print_error
    from termcheck.model import TermcheckError

    color = "auto"
    try:
        _require_directory()
        args = parse(arguments)
        color = getattr(args, "color", color)
        code: int = args.command(args)
    except TermcheckError as error:
        print_error(error, color)
        return MISTAKE
    except SystemExit as end:  # after --help
        return CLEAN if end.code is None else int(end.code)
    return code
