"""The smaller commands, a function each: from parsed arguments to an exit code."""

from __future__ import annotations

import argparse
import os
import sys

from termcheck import __version__
from termcheck.cli import CLEAN
from termcheck.cli.flags import settings_of
from termcheck.cli.streams import use_color, write_whole
from termcheck.model import TermcheckError


def rule(options: argparse.Namespace) -> int:
    """`termcheck rule`: explain the rules named, or all; list them if none is."""
    from termcheck.report import explain
    from termcheck.rules import RULES, documentation
    from termcheck.selection import select_rules

    chosen = list(RULES if options.all else [])
    for selector in options.rules:
        chosen += [one for one in select_rules(RULES, selector)[1] if one not in chosen]
    color = use_color(options.color, sys.stdout)
    pages = [(one, documentation(one)) for one in chosen or RULES]
    if options.output_format == "json":
        print(explain.explain_rules_json(pages), end="")
    elif chosen:
        print(explain.explain_rules(pages, color=color), end="")
    else:
        print(explain.list_rules(pages, color=color), end="")
    return CLEAN


def config(options: argparse.Namespace) -> int:
    """`termcheck config`: the settings in effect, or what some keys mean."""
    if not options.keys and not options.all:
        return show_settings(options)
    from termcheck.cli.option_pages import option_pages
    from termcheck.options import READERS

    keys = sorted(READERS) if options.all else options.keys
    print(option_pages(keys, settings_of(options)), end="")
    return CLEAN


def completion(options: argparse.Namespace) -> int:
    """`termcheck completion`."""
    from termcheck.cli.completion import script

    print(script(options.shell), end="")
    return CLEAN


def show_settings(options: argparse.Namespace) -> int:
    """`check --show-settings`."""
    from termcheck.cli.settings_text import settings_text

    print(settings_text(settings_of(options)), end="")
    return CLEAN


def schema(_: argparse.Namespace) -> int:
    """`termcheck schema`."""
    from termcheck.glossary import schema_text

    print(schema_text(), end="")
    return CLEAN


def init(_: argparse.Namespace) -> int:
    """`termcheck init`: write the first files here; never over one that is there."""
    from termcheck.cli.starter import FILES

    there = [name for name in FILES if os.path.lexists(name)]
    if there:
        raise TermcheckError(
            "is there already; nothing was written",
            path=there[0],
            advice="run `termcheck init` in another directory, or write what is missing by hand",
        )
    for name, text in FILES.items():
        write_whole(name, [text])
        print(f"wrote {name}")
    print("Put your terms into glossary.yaml; then check a text: termcheck check FILE")
    return CLEAN


def version(_: argparse.Namespace) -> int:
    """`termcheck version`."""
    print(f"termcheck {__version__}")
    return CLEAN
