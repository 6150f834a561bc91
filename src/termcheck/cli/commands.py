"""The small commands `rule`, `schema`, `completion` and `version`."""

from __future__ import annotations

import argparse
import sys

from termcheck import __version__
from termcheck.cli import CLEAN


def rule(args: argparse.Namespace) -> int:
    """`termcheck rule`: explain the rules named, or all of them; list them if none is named."""
    from termcheck.cli.streams import use_color
    from termcheck.report import explain
    from termcheck.rules import RULES, documentation
    from termcheck.selection import select_rules

    chosen = list(RULES if args.all else [])
    for selector in args.rules:
        chosen += [rule for rule in select_rules(RULES, selector)[1] if rule not in chosen]
    color = use_color(args.color, sys.stdout)
    pages = [(rule, documentation(rule)) for rule in chosen or RULES]
    if args.output_format == "json":
        print(explain.explain_rules_json(pages), end="")
    elif chosen:
        print(explain.explain_rules(pages, color=color), end="")
    else:
        print(explain.list_rules(pages, color=color), end="")
    return CLEAN


def schema(_: argparse.Namespace) -> int:
    """`termcheck schema`."""
    from termcheck.glossary import schema_text

    print(schema_text(), end="")
    return CLEAN


def completion(args: argparse.Namespace) -> int:
    """`termcheck completion`."""
    from termcheck.cli.completion import script

    print(script(args.shell), end="")
    return CLEAN


def version(_: argparse.Namespace) -> int:
    """`termcheck version`."""
    print(f"termcheck {__version__}")
    return CLEAN
