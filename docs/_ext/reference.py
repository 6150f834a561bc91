"""Makes the pages of docs/reference/, which `python tests/pages.py --reference` writes.

The program is their only source: a rule's page is its docstring, the page of settings comes from the table of
options, and the page of the command line from the parsers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from termcheck.cli.arguments import build_parser
from termcheck.cli.help_screen import called
from termcheck.cli.parser import Parser
from termcheck.options import OPTIONS, OptionTable
from termcheck.rules import RULES, documentation
from termcheck.rules.base import Rule

_FIX = {None: "none", "safe": "safe: `--fix` applies it", "unsafe": "unsafe: `--unsafe-fixes` applies it"}


def pages() -> dict[str, str]:
    """The pages by their paths in docs/reference/."""
    return {
        "settings.md": _settings(),
        "command-line.md": _command_line(),
        **{f"rules/{rule.name}.md": _rule(rule) for rule in RULES},
    }


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
    parser = build_parser(options=options)
    text = f"# Command line\n\n{_sentence(parser.epilog)}\n\n{''.join(_commands(parser))}"
    return text.rstrip("\n") + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """A section for each command: how it is called, and what its arguments mean."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        for command in dict.fromkeys(action.choices.values()):
            yield f"## {command.prog}\n\n{_sentence(command.description)}\n\n"
            yield f"```text\n{command.usage}\n```\n\n"
            yield from _arguments(command)
            yield from _commands(command)


def _arguments(command: Parser) -> Iterator[str]:
    for group in command._action_groups:
        shown = [
            action for action in group._group_actions if action.help and action.help != argparse.SUPPRESS
        ]
        shown = [action for action in shown if not isinstance(action, argparse._SubParsersAction)]
        if shown:
            title = (group.title or "").replace("positional arguments", "arguments")
            yield f"{title.capitalize()}:\n\n"
            yield from (f"- `{called(action)}`: {_sentence(action.help)}\n" for action in shown)
            yield "\n"


def _sentence(text: str | None) -> str:
    """A text of `--help` as Markdown."""
    return (text or "").replace("%%", "%").replace("*", "\\*").replace("<", "\\<")
