"""Find the settings, texts and glossaries that the arguments of a command name."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli.piped_text import PipedText
from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.options import OPTIONS, OptionTable
from termcheck.plain_files import read_piped

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Found, Scope


def settings_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Settings:
    """The settings of a run: config files, environment and flags, merged."""
    from termcheck.cli.layers import all_layers
    from termcheck.config import resolve

    return with_piped(resolve(list(all_layers(args, options)), options), args.glossary or ())


def with_piped(settings: Settings, named: Sequence[str]) -> Settings:
    """The settings with what the named glossaries hold that are pipes; a pipe can be read only once."""
    try:
        read = ((path, read_piped(path)) for path in named)
        piped = {path: data for path, data in read if data is not None}
    except OSError as error:
        raise file_error("the glossary cannot be read", error, str(error.filename)) from None
    return replace(settings, piped=piped) if piped else settings


def discovered(args: argparse.Namespace, settings: Settings) -> Found:
    """The texts to check, and an error for each that cannot be checked.

    Raises TermcheckError for arguments that do not go together.
    """
    from termcheck.discovery import discover, discover_pair

    paths, name = list(args.paths), args.stdin_filename
    stdin = getattr(args, "piped", PipedText()).read
    scope = _scope(settings, dependents=getattr(args, "dependents", False))
    if args.source is not None or args.target is not None:
        if args.source is None or args.target is None:
            raise TermcheckError("--source and --target go together", advice="name both files, or neither")
        if paths or name is not None:
            raise TermcheckError(
                "--source and --target leave no room for other files",
                advice="check those with a call of their own",
            )
        return discover_pair(args.source, args.target, scope, stdin=stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], scope, stdin=stdin, stdin_name=name or "")


def _scope(settings: Settings, *, dependents: bool) -> Scope:
    from termcheck.discovery import Scope

    return Scope(
        settings.glossaries,
        settings.include,
        settings.exclude,
        settings.force_exclude,
        dependents,
        settings.pairs,
        settings.formats,
    )


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
