"""`--watch`: check again whenever a text, a glossary or the configuration changes, until interrupted.

It watches directories instead of files, because most editors save by replacing the old file with a new
one. Files that a check writes itself must not start the next check.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from termcheck.cli import CLEAN, console
from termcheck.interrupts import catch_signals
from termcheck.model import TermcheckError
from termcheck.trust import is_below

Check = Callable[[argparse.Namespace], int]
Paths = Callable[[argparse.Namespace], Iterable[str]]
Walked = Callable[[argparse.Namespace], Callable[[str, str], bool]]
"""Gives for a run whether it goes to a file when it walks through a directory; both paths are absolute."""

_MILLISECONDS = 100
_ALSO_READ = (".yaml", ".yml", ".toml", ".gitignore", ".ignore")


def watch(args: argparse.Namespace, check: Check, *, read: Paths, written: Paths, walked: Walked) -> int:
    """Run `check` now and after each change; Ctrl-C ends it, and is not a failure.

    `read` gives the files that a run reads. `written` gives the files that it writes; their changes do not
    count. A text in a directory counts if it is `walked`, or if it is read. Raises TermcheckError if the
    extra is not installed, or if there is nothing on disk to watch.
    """
    changes = _require_watchfiles()
    paths = _named(args)
    own = {os.path.realpath(path) for path in _quietly(written, args) if path}
    files = list(_quietly(read, args))
    texts = set(map(os.path.realpath, files))
    tops = [os.path.realpath(path) for path in paths if path.is_dir()]
    reached = functools.cache(lambda: walked(args))

    def counts(_: object, path: str) -> bool:
        if not _has_our_ending(path):
            return False
        real = os.path.realpath(path)
        if real in own or console.is_output(path):
            return False
        inside = [top for top in tops if is_below(real, top)]
        # What is built from the texts, and ignored, must not start a check.
        is_text = inside and real not in texts and not path.lower().endswith(_ALSO_READ)
        return not is_text or any(_is_walked(reached, real, top) for top in inside)

    roots = _directories([*paths, *map(Path, files)])
    seen = changes(
        *roots,
        watch_filter=counts,
        recursive=any(path.is_dir() for path in paths),
        raise_interrupt=False,
        yield_on_timeout=True,
        rust_timeout=_MILLISECONDS,
    )
    # The first turn comes without a change, so that a file saved during the first check is not missed.
    first = True
    catch_signals()
    # An interrupted watcher ends by itself, but the interrupt may also come during a check or after it.
    with contextlib.suppress(KeyboardInterrupt):
        for change in seen:
            if change or first:
                _run(check, args)
                # The configurations may have changed.
                reached.cache_clear()
            first = False
    return CLEAN


def _require_watchfiles() -> Callable[..., Iterable[object]]:
    import logging

    try:
        import watchfiles
    except ModuleNotFoundError:
        raise TermcheckError(
            "--watch needs the package watchfiles", advice="pip install watchfiles"
        ) from None
    # It logs that it was interrupted, which whoever pressed Ctrl-C knows.
    logging.getLogger("watchfiles").setLevel(logging.CRITICAL)
    return watchfiles.watch


def _named(args: argparse.Namespace) -> list[Path]:
    """The files and directories to check. Raises TermcheckError if standard input is among them."""
    if "-" in args.paths or args.stdin_filename:
        raise TermcheckError("standard input cannot be watched", advice="name files or directories")
    return [Path(path) for path in (args.source, args.target, *args.paths) if path] or [Path()]


def _has_our_ending(path: str) -> bool:
    from termcheck.readers import ENDINGS

    return path.lower().endswith((*ENDINGS, *_ALSO_READ))


def _run(check: Check, args: argparse.Namespace) -> None:
    console.clear_screen()
    try:
        check(args)
    except TermcheckError as error:
        console.say_error(error, args.color)
    if not args.quiet:
        console.say("Watching for changes; Ctrl-C ends.")
    console.flush()


def _quietly(paths: Paths, args: argparse.Namespace) -> Iterable[str]:
    # The check itself reports an error in the configuration, and the user may correct it while watching.
    try:
        return list(paths(args))
    except TermcheckError:
        return []


def _is_walked(reached: Callable[[], Callable[[str, str], bool]], path: str, top: str) -> bool:
    try:
        return reached()(path, top)
    except TermcheckError:
        return True


def _directories(paths: Iterable[Path]) -> list[Path]:
    """The directories to watch for some paths; none lies inside another."""
    places = [(path, Path(os.path.realpath(path))) for path in paths]
    found = {place if path.is_dir() else place.parent for path, place in places}
    return sorted(folder for folder in found if folder.is_dir() and not found.intersection(folder.parents))
