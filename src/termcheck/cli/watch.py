"""`--watch`: check again whenever a text, a glossary or the configuration changes, until interrupted.

Directories are watched, not files: most editors save by putting a new file in place of the old one. What
a check writes itself must not start the next one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from termcheck.cli import CLEAN
from termcheck.cli.streams import print_error
from termcheck.model import TermcheckError

Check = Callable[[argparse.Namespace], int]
Paths = Callable[[argparse.Namespace], Iterable[str]]

_CLEAR_SCREEN = "\x1b[2J\x1b[3J\x1b[H"
_MILLISECONDS = 100
_ALSO_READ = (".yaml", ".yml", ".toml")


def watch(options: argparse.Namespace, check: Check, *, used: Paths, written: Paths) -> int:
    """Run `check` now and after each change; Ctrl-C ends it, and is no failure.

    `used` gives the glossaries and the config file of a run, whose changes count as well; `written` the
    files that it writes, whose changes do not. Raises TermcheckError if the extra is not installed, or if
    there is nothing on disk to watch.
    """
    changes = _require_watchfiles()
    paths = [Path(path) for path in (options.source, options.target, *options.paths) if path] or [Path()]
    if "-" in options.paths or options.stdin_filename:
        raise TermcheckError("standard input cannot be watched", advice="name files or directories")
    own = {Path(path).resolve() for path in _quietly(written, options) if path}

    def counts(_: object, path: str) -> bool:
        from termcheck.readers import SUFFIXES

        if not path.lower().endswith((*SUFFIXES, *_ALSO_READ)) or Path(path).resolve() in own:
            return False
        return not _is_output(path)

    roots = _directories([*paths, *map(Path, _quietly(used, options))])
    seen = changes(
        *roots,
        watch_filter=counts,
        recursive=any(path.is_dir() for path in paths),
        raise_interrupt=False,
        yield_on_timeout=True,
        rust_timeout=_MILLISECONDS,
    )
    # The first turn comes without a change: what is saved during the first check is then seen already.
    first = True
    # The watcher ends when it is interrupted itself; a check, or the way back from it, may be as well.
    with contextlib.suppress(KeyboardInterrupt):
        for change in seen:
            if change or first:
                _run(check, options)
            first = False
    return CLEAN


def _is_output(path: str) -> bool:
    """Whether a file is where standard output goes: `termcheck check --watch > log.txt`."""
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


def _require_watchfiles() -> Callable[..., Iterable[object]]:
    import logging

    try:
        import watchfiles
    except ModuleNotFoundError:
        raise TermcheckError(
            "--watch needs the package watchfiles", advice="pip install 'termcheck[watch]'"
        ) from None
    # It tells in its log that it was interrupted, which everybody knows who did it.
    logging.getLogger("watchfiles").setLevel(logging.CRITICAL)
    return watchfiles.watch


def _run(check: Check, options: argparse.Namespace) -> None:
    if sys.stdout.isatty():
        print(_CLEAR_SCREEN, end="")
    try:
        check(options)
    except TermcheckError as error:
        print_error(error, options.color)
    if not options.quiet:
        print("Watching for changes; Ctrl-C ends.", file=sys.stderr)
    sys.stdout.flush()


def _quietly(paths: Paths, options: argparse.Namespace) -> Iterable[str]:
    # A mistake in the configuration is told by the check itself, and may be mended while watching.
    try:
        return list(paths(options))
    except TermcheckError:
        return []


def _directories(paths: Iterable[Path]) -> list[Path]:
    """The directories to watch for some paths, none inside another's."""
    found = {path.resolve() if path.is_dir() else path.resolve().parent for path in paths}
    return sorted(one for one in found if one.is_dir() and not found.intersection(one.parents))
