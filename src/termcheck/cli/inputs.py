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
    from termcheck.config import Configurations, Settings
    from termcheck.jobs import Found
    from termcheck.scope import ScopeAt


def settings_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Settings:
    """The settings of a run: config file of the working directory, environment and flags, merged."""
    return configurations_of(args, options).run


def configurations_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Configurations:
    """The settings of a run and of each file: config files, environment and flags, merged."""
    from termcheck.cli.layers import named_config, upper_layers
    from termcheck.config import Configurations

    named, upper = named_config(args, options), upper_layers(args, options)
    configurations = Configurations(named, upper, options, isolated=args.isolated)
    configurations.run = with_piped(configurations.run, args.glossary or ())
    return configurations


def with_piped(settings: Settings, named: Sequence[str]) -> Settings:
    """The settings with the contents of the named glossaries that are pipes; a pipe can be read only once."""
    try:
        read = ((path, read_piped(path)) for path in named)
        piped = {path: data for path, data in read if data is not None}
    except OSError as error:
        raise file_error("the glossary cannot be read", error, str(error.filename)) from None
    return replace(settings, piped=piped) if piped else settings


def discovered(
    args: argparse.Namespace, configurations: Configurations, *, without_glossary: bool = False
) -> tuple[Found, Settings]:
    """The texts to check, an error for each that cannot be checked, and the settings of all of them.

    `without_glossary`: the texts need none. Raises TermcheckError for arguments that do not go together.
    """
    dependents = getattr(args, "dependents", False)
    found = _discovered(args, configurations.scopes(dependents=dependents, without_glossary=without_glossary))
    return replace(found, faulty=bool(configurations.faults)), configurations.settings()


def _discovered(args: argparse.Namespace, scope_at: ScopeAt) -> Found:
    from termcheck.discovery import discover, discover_pair

    paths, name = list(args.paths), args.stdin_filename
    stdin = getattr(args, "piped", PipedText()).read
    if args.source is not None or args.target is not None:
        if args.source is None or args.target is None:
            raise TermcheckError("--source and --target go together", advice="name both files, or neither")
        if paths or name is not None:
            raise TermcheckError(
                "--source and --target leave no room for other files",
                advice="check those with a call of their own",
            )
        return discover_pair(args.source, args.target, scope_at, stdin=stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], scope_at, stdin=stdin, stdin_name=name or "")


def glossaries(args: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The glossaries named or set, or else the nearest one. Raises TermcheckError if there is none."""
    from termcheck.discovery import nearest_glossary
    from termcheck.globs import absolute_path, display_path

    named = tuple(args.paths) or settings.glossaries
    if named:
        return named
    here = absolute_path(".")
    nearest = nearest_glossary(here)
    if not nearest:
        raise TermcheckError(
            "no glossary.yaml here or above", advice="name a file, or let `termcheck init` write a first one"
        )
    return (display_path(nearest, here),)
