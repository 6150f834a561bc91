"""What the arguments name to be read: texts and glossaries."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Found, Scope


def discovered(options: argparse.Namespace, settings: Settings) -> Found:
    """The texts to check, and what is wrong with those that cannot be; TermcheckError for wrong usage."""
    from termcheck.discovery import discover, discover_pair

    paths, name = list(options.paths), options.stdin_filename
    if options.source is not None or options.target is not None:
        if options.source is None or options.target is None:
            raise TermcheckError("--source and --target go together", advice="name both files, or neither")
        if paths or name is not None:
            raise TermcheckError(
                "--source and --target leave no room for other files",
                advice="check those with a call of their own",
            )
        return discover_pair(options.source, options.target, _scope(settings), stdin=_stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], _scope(settings), stdin=_stdin, stdin_name=name or "")


def _scope(settings: Settings) -> Scope:
    from termcheck.discovery import Scope

    return Scope(
        settings.glossaries, settings.include, settings.exclude, settings.force_exclude, settings.pairs
    )


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def glossaries(options: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The glossaries named or set, else the nearest upward; TermcheckError if there is none."""
    from termcheck.discovery import nearest_glossary
    from termcheck.globs import absolute_path, display_path

    here = absolute_path(".")
    named = tuple(options.paths) or settings.glossaries
    nearest = "" if named else nearest_glossary(f"{here}/.")
    if not named and not nearest:
        raise TermcheckError(
            "no glossary.yaml here or above", advice="name a file, or let `termcheck init` write a first one"
        )
    return named or (display_path(nearest, here),)
