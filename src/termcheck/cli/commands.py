"""The small commands `rule`, `schema`, `completion` and `version`."""

from __future__ import annotations

import argparse

from termcheck import __version__
from termcheck.cli import CLEAN, console


def rule(args: argparse.Namespace) -> int:
    """`termcheck rule`: explain the rules named, or all of them; list them if none is named."""
    from termcheck.report import explain
    from termcheck.rules import RULES, documentation
    from termcheck.selection import select_rules

    chosen = list(RULES if args.all else [])
    for selector in args.rules:
        chosen += [rule for rule in select_rules(RULES, selector)[1] if rule not in chosen]
    color = console.use_color(args.color)
    pages = [(rule, documentation(rule)) for rule in chosen or RULES]
    if args.output_format == "json":
        console.show_exactly([explain.explain_rules_json(pages)])
    elif chosen:
        console.show(explain.explain_rules(pages, color=color))
    else:
        console.show(explain.list_rules(pages, color=color))
    return CLEAN


def schema(_: argparse.Namespace) -> int:
    """`termcheck schema`."""
    from termcheck.glossary import schema_text

    console.show(schema_text())
    return CLEAN


def completion(args: argparse.Namespace) -> int:
    """`termcheck completion`."""
    from termcheck.cli.completion import script

    console.show_exactly([script(args.shell)])
    return CLEAN


def show_help(args: argparse.Namespace) -> int:
    """`termcheck help`: the whole help of the program or of a command."""
    from termcheck.cli.arguments import build_parser

    parser = build_parser(next(iter(args.words), ""))
    for word in args.words:
        parser = parser.inner(word)
    console.show(parser.format_help())
    return CLEAN


def version(_: argparse.Namespace) -> int:
    """`termcheck version`."""
    console.show(f"termcheck {__version__}\n")
    return CLEAN
