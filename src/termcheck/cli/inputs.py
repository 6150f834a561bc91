"""Find the settings, texts and glossaries that the arguments of a command name."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from termcheck.model import TermcheckError
from termcheck.options import OPTIONS, OptionTable

if TYPE_CHECKING:
    from termcheck.config import Configurations, Settings
    from termcheck.discovery import Found
    from termcheck.walking import Scope, ScopeAt


def settings_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Settings:
    """The settings of a run: those of the configuration of the working directory, and flags, merged."""
    return configurations_of(args, options).run


def configurations_of(args: argparse.Namespace, options: OptionTable = OPTIONS) -> Configurations:
    """The settings of a run and of each file: config files and flags, merged."""
    from termcheck.config import Configurations, flags_layer

    if args.isolated and args.config:
        raise TermcheckError(
            "--isolated uses no config file, but --config names one", advice="leave out one of the two"
        )
    given = {key: getattr(args, option.destination, None) for key, option in options.by_key.items()}
    flags = flags_layer({key: value for key, value in given.items() if value is not None}, options)
    return Configurations(args.config or "", flags, options, isolated=args.isolated)


def discovered(args: argparse.Namespace, configurations: Configurations) -> tuple[Found, Settings]:
    """The texts to check, an error for each that cannot be checked, and the settings of all of them.

    Raises TermcheckError for arguments that do not go together.
    """
    found = _discovered(args, scopes_of(configurations))
    return found, configurations.settings()


def _discovered(args: argparse.Namespace, scope_at: ScopeAt) -> Found:
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
        return discover_pair(args.source, args.target, scope_at, stdin=_stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], scope_at, stdin=_stdin, stdin_name=name or "")


def scopes_of(configurations: Configurations) -> ScopeAt:
    """The settings about files, for each directory."""
    known: dict[str, Scope] = {}

    def scope_at(directory: str) -> Scope:
        settings = configurations.at(directory)
        if settings.config_path not in known:
            known[settings.config_path] = _scope(settings, nearest=not configurations.everywhere)
        return known[settings.config_path]

    return scope_at


def _scope(settings: Settings, *, nearest: bool) -> Scope:
    from termcheck.walking import Scope

    return Scope(
        settings.glossaries,
        settings.include,
        settings.exclude,
        settings.force_exclude,
        settings.pairs,
        settings.formats,
        settings.respect_gitignore,
        settings.hidden,
        settings.config_path,
        settings.root if nearest and settings.config_path else "",
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
