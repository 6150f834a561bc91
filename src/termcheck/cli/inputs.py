"""Find the settings, texts and glossaries that the arguments of a command name."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from termcheck.model import TermcheckError
from termcheck.options import OPTIONS, OptionTable

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Found, Scope


def settings_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Settings:
    """The settings of a run: config files and flags, merged."""
    from termcheck.config import flags_layer, resolve
    from termcheck.config_file import find_config, load_config

    if args.isolated and args.config:
        raise TermcheckError(
            "--isolated uses no config file, but --config names one", advice="leave out one of the two"
        )
    path = "" if args.isolated else args.config or find_config(".")
    layers = load_config(path, options, named=bool(args.config)) if path else ()
    given = {key: getattr(args, option.destination, None) for key, option in options.by_key.items()}
    flags = flags_layer({key: value for key, value in given.items() if value is not None}, options)
    return resolve([*layers, flags], options)


def discovered(args: argparse.Namespace, settings: Settings) -> Found:
    """The texts to check, and an error for each that cannot be checked.

    Raises TermcheckError for arguments that do not go together.
    """
    from termcheck.discovery import discover, discover_pair

    paths, name = list(args.paths), args.stdin_filename
    if args.source is not None or args.target is not None:
        if args.source is None or args.target is None:
            raise TermcheckError("--source and --target go together", advice="name both files, or neither")
        if paths or name is not None:
            raise TermcheckError(
                "--source and --target leave no room for other files",
                advice="check those with a call of their own",
            )
        return discover_pair(args.source, args.target, scope_of(settings), stdin=_stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], scope_of(settings), stdin=_stdin, stdin_name=name or "")


def scope_of(settings: Settings) -> Scope:
    """The settings about files."""
    from termcheck.discovery import Scope

    return Scope(
        settings.glossaries,
        settings.include,
        settings.exclude,
        settings.force_exclude,
        settings.pairs,
        settings.formats,
        settings.respect_gitignore,
        settings.hidden,
    )


def _stdin() -> bytes:
    if sys.stdin is None:
        raise TermcheckError("standard input is closed", advice="pipe a text into it, or name a file")
    return sys.stdin.buffer.read()


def glossaries(args: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The glossaries named or set, or else the nearest one. Raises TermcheckError if there is none."""
    from termcheck.discovery import nearest_glossary
    from termcheck.globs import absolute_path, display_path

    named = tuple(args.paths) or settings.glossaries
    if named:
        return named
    here = absolute_path(".")
    nearest = nearest_glossary(f"{here}/.")
    if not nearest:
        raise TermcheckError(
            "no glossary.yaml here or above", advice="name a file, or let `termcheck init` write a first one"
        )
    return (display_path(nearest, here),)
