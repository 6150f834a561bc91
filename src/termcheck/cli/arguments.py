"""The arguments of every command, spelled as ruff spells them where it has them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from termcheck import __version__
from termcheck.cli import commands


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments; `command` is the function to call with them. Exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="termcheck",
        description="Checks terminology in bilingual text against a glossary.",
        epilog="Exit codes: 0 clean, 1 findings, 2 a mistake in the call, config, glossary or input.",
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="version", version=f"termcheck {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    _check(_command(subparsers, "check", commands.check, "check texts against a glossary"))
    _rule(_command(subparsers, "rule", commands.rule, "explain a rule, or list all", aliases=["explain"]))
    _glossary(subparsers.add_parser("glossary", help="check, show or trace a glossary", allow_abbrev=False))
    config = _command(subparsers, "config", commands.show_settings, "show the resolved settings")
    _settings(config)
    _command(subparsers, "schema", commands.schema, "print the JSON Schema of glossaries")
    _command(subparsers, "init", commands.init, "write a first glossary.yaml and termcheck.toml here")
    _command(subparsers, "version", commands.version, "print the version")
    return parser.parse_args(arguments)


def _command(subparsers: Any, name: str, function: Any, text: str, **more: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False, **more
    )
    parser.set_defaults(command=function)
    return parser


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, directories, - (default: .)")
    _settings(parser)
    _selection(parser)
    _files(parser)
    _output(parser)


def _settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--config", metavar="FILE", help="use this config file instead of the nearest")
    group.add_argument("--isolated", action="store_true", help="use no config file")
    group.add_argument(
        "-g", "--glossary", action="append", metavar="FILE", help="glossary; repeat: the later wins"
    )
    group.add_argument("--source-lang", metavar="TAG", help="source language, as in zh")
    group.add_argument("--target-lang", metavar="TAG", help="target language, as in en")
    group.add_argument("--date", metavar="DATE", help="the texts' date, for terms with validity dates")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _selection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "rules", "Rules are named by code, code prefix, name or ALL; separate by commas."
    )
    for flag, text in (
        ("--select", "run these rules only"),
        ("--ignore", "do not run these"),
        ("--extend-select", "run these as well"),
    ):
        group.add_argument(flag, action="append", metavar="RULES", help=text)
    group.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="GLOB:RULES",
        help="do not run these in files that match",
    )
    group.add_argument(
        "--term", action="append", metavar="TERM", help="check this term only (id or text); repeatable"
    )
    group.add_argument(
        "--ignore-term", action="append", metavar="TERM", help="leave this term out; repeatable"
    )


def _files(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    group.add_argument("--source", metavar="FILE", help="the source text of a pair of parallel files")
    group.add_argument("--target", metavar="FILE", help="its translation")
    group.add_argument(
        "--exclude", action="append", metavar="GLOBS", help="leave these out (replaces the defaults)"
    )
    group.add_argument("--extend-exclude", action="append", metavar="GLOBS", help="leave these out as well")
    group.add_argument(
        "--force-exclude", action="store_true", help="exclude files named on the command line too"
    )
    group.add_argument("--stdin-filename", metavar="NAME", help="the file that standard input stands for")
    group.add_argument(
        "--encoding", metavar="NAME", help="encoding of the texts (default: UTF-8 or by its mark)"
    )
    group.add_argument(
        "--format", metavar="NAME", help="read as plain, markdown, jsonl, csv or tsv whatever the ending"
    )
    group.add_argument(
        "--source-key", metavar="KEY", help="key or column of the source text (default: source)"
    )
    group.add_argument(
        "--target-key", metavar="KEY", help="key or column of the target text (default: target)"
    )


def _output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument("--output-format", metavar="NAME", help="full, concise, grouped or json")
    group.add_argument("-o", "--output-file", metavar="FILE", help="write the findings to a file")
    group.add_argument("--statistics", action="store_true", help="count findings by rule and by term instead")
    group.add_argument(
        "--show-files", action="store_true", help="list the files that would be checked, and stop"
    )
    group.add_argument("--show-settings", action="store_true", help="show the resolved settings, and stop")
    group.add_argument("--show-pairs", action="store_true", help="show which paragraphs are paired, and stop")
    group.add_argument(
        "--fail-on", metavar="SEVERITY", help="error, warning (default) or info: from here on exit 1"
    )
    group.add_argument("-e", "--exit-zero", action="store_true", help="exit 0 even with findings")
    group.add_argument("-q", "--quiet", action="store_true", help="print findings only, no summary")
    group.add_argument("-v", "--verbose", action="store_true", help="say which config and files are used")


def _rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rules", nargs="*", metavar="RULE", help="code or name; none: list all rules")
    parser.add_argument("--all", action="store_true", help="explain all rules")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _glossary(parser: argparse.ArgumentParser) -> None:
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    check = _command(
        subparsers, "check", commands.glossary_check, "check glossaries for entries that cannot work"
    )
    check.add_argument(
        "paths", nargs="*", metavar="GLOSSARY", help="files (default: the nearest glossary.yaml)"
    )
    _settings(check)
    _selection(check)
    _output(check)
    show = _command(
        subparsers,
        "show",
        commands.glossary_show,
        "print a glossary resolved: defaults applied, files merged",
    )
    show.add_argument(
        "paths", nargs="*", metavar="GLOSSARY", help="files (default: the nearest glossary.yaml)"
    )
    _settings(show)
    trace = _command(
        subparsers, "trace", commands.glossary_trace, "say why a term does or does not match in a file"
    )
    trace.add_argument("traced", metavar="TERM", help="a term of either language, or a concept's id")
    trace.add_argument("paths", nargs=1, metavar="FILE", help="the text to look at")
    _settings(trace)
    _files(trace)
