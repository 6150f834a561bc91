"""Writes docs/reference/ before each build, so that the program is the only source of these pages.

A rule's page is its docstring, the page of settings comes from the table of options, and the page of the
command line is the output of `--help`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termcheck.cli.arguments import build_parser
from termcheck.options import OPTIONS, OptionTable
from termcheck.rules import RULES, documentation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from termcheck.rules.base import Rule

_FIX = {None: "none", "safe": "safe: `--fix` applies it", "unsafe": "unsafe: `--unsafe-fixes` applies it"}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register `write` to run before Sphinx collects the pages."""
    app.connect("builder-inited", lambda built: write(Path(built.srcdir, "reference")))
    return {"parallel_read_safe": True}


def write(directory: Path) -> None:
    """Write the reference pages."""
    texts = {
        "settings.md": _settings(),
        "command-line.md": _command_line(),
        **{f"rules/{rule.name}.md": _rule(rule) for rule in RULES},
    }
    write_pages(directory, texts)


def write_pages(directory: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their paths in a directory.

    Unchanged pages are left alone, so that Sphinx does not rebuild them.
    """
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _rule(rule: Rule) -> str:
    default = rule.severity.value if rule.default else f"off (when selected: {rule.severity.value})"
    head = f"# {rule.name} ({rule.code})\n\nDefault: {default}. Since: {rule.since}."
    return f"{head} Fix: {_FIX[rule.fix.value if rule.fix else None]}.\n\n{documentation(rule).strip()}\n"


def _settings(options: OptionTable = OPTIONS) -> str:
    def sections() -> Iterator[str]:
        for key, option in options.by_key.items():
            yield f"## {key}\n\n{option.documentation}\n\n"
            yield f"Takes: {option.takes}. Default: {option.default_line()}.\n\n"
            yield f"```toml\n{option.example}\n```\n\n"

    head = "The keys of `termcheck.toml`, or of `[tool.termcheck]` in `pyproject.toml`. "
    return f"# Settings\n\n{head}`termcheck config KEY` prints the same.\n\n{''.join(sections())}"


def _command_line(options: OptionTable = OPTIONS) -> str:
    def sections(parser: argparse.ArgumentParser) -> Iterator[str]:
        if parser.prog != "termcheck":
            yield f"## {parser.prog}\n\n```text\n{_help(parser)}\n```\n\n"
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for one in dict.fromkeys(action.choices.values()):
                    yield from sections(one)

    return f"# Command line\n\n{''.join(sections(build_parser(options=options)))}"


def _help(parser: argparse.ArgumentParser) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", parser.format_help()).strip()
