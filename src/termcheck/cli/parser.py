"""An argument parser whose errors look like all others: what is wrong, and what to do.

argparse prints the usage of all flags before every error, accepts abbreviated flags, and blames the program
for an error in the arguments of a command. Here such an error is a TermcheckError like any other.
"""

from __future__ import annotations

import argparse
import functools
import re
from collections.abc import Callable, Container, Sequence
from typing import Any, NoReturn

from termcheck.cli.console import say_lines, show
from termcheck.lazy import compile_later
from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError

Command = Callable[[argparse.Namespace], int]

_INVALID = compile_later(r"argument (.+?): invalid choice: (['\"])(.*)\2 \(choose from (.*)\)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """A parser of a program or of one of its commands."""

    def __init__(self, **more: Any) -> None:
        # argparse makes a formatter for nearly every argument, and each would ask for the terminal's width.
        fixed_width = functools.partial(argparse.HelpFormatter, width=80)
        super().__init__(allow_abbrev=False, formatter_class=fixed_width, **more)

    def format_help(self) -> str:
        """The help, as wide as the terminal."""
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def print_help(self, _file: object = None) -> None:
        """What `--help` prints: one screen if the command has many flags, else all of its help."""
        from termcheck.cli.help_screen import has_rare_flags, screen

        self._print_message(screen(self) if has_rare_flags(self) else self.format_help())

    def inner(self, name: str) -> Parser:
        """The parser of one of its commands. Raises TermcheckError if there is none of this name."""
        known: dict[str, Parser] = {}
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                known |= action.choices
        if name not in known:
            advice = (
                did_you_mean(name, known) or f"the commands are {', '.join(known)}"
                if known
                else f"`{self.prog}` has no commands of its own"
            )
            raise TermcheckError(f"there is no command '{name}'", advice=advice)
        return known[name]

    def commands(self) -> Callable[..., Parser]:
        """Make the parser require a command, and give a function that adds one."""
        subparsers = self.add_subparsers(
            metavar="COMMAND", title="commands", prog=self.prog, parser_class=Parser
        )
        self.set_defaults(command=self._help)

        def add(name: str, function: Command | None, text: str, **more: Any) -> Parser:
            parser: Parser = subparsers.add_parser(
                name, help=text, description=f"{text[0].upper()}{text[1:]}.", **more
            )
            parser.set_defaults(command=function, parser=parser)
            return parser

        return add

    def error(self, message: str) -> NoReturn:
        """Raise TermcheckError for wrong usage, with the nearest valid word as advice."""
        match = _INVALID.fullmatch(message)
        if match is None:
            raise TermcheckError(message, advice=f"`{self.prog} --help` shows how it is called")
        name, _, wrong, known = match.groups()
        choices = [choice.strip("'\"") for choice in known.split(", ")]
        if name == "COMMAND":
            raise TermcheckError(f"there is no command '{wrong}'", advice=self._command_meant(wrong, choices))
        advice = did_you_mean(wrong, choices) or f"choose one of {', '.join(choices)}"
        raise TermcheckError(f"{name.rpartition('/')[2]}: there is no '{wrong}'", advice=advice)

    def refuse(self, arguments: Sequence[str], of_check: Container[str] = ()) -> NoReturn:
        """Raise TermcheckError for arguments that are left over; `of_check` are the flags of `check`."""
        flag = next((argument for argument in arguments if argument.startswith("-")), "").partition("=")[0]
        if not flag:
            raise TermcheckError(
                f"'{arguments[0]}' is one argument too many",
                advice=f"`{self.prog} --help` shows how it is called",
            )
        flags = [name for name in self._option_string_actions if name.startswith("--")]
        advice = did_you_mean(flag, flags) or f"`{self.prog} --help` lists the flags"
        from termcheck.cli.other_tools import FLAGS

        if self.prog == "termcheck check" and (ours := FLAGS.get(flag)):
            advice = f"use {ours}"
        if flag in ("--version", "-V"):
            advice = "`termcheck --version` prints the version"
        if self.prog == "termcheck" and flag in of_check:
            advice = f"write the command first: termcheck check {flag}"
        raise TermcheckError(f"there is no flag '{flag}'", advice=advice)

    def _command_meant(self, wrong: str, known: Sequence[str]) -> str:
        import os

        if "check" in known and os.path.exists(wrong):  # noqa: PTH110 - a malformed path is not an error here
            return f"to check it, write `{self.prog} check {wrong}`"
        from termcheck.cli.other_tools import COMMANDS

        if "check" in known and (ours := COMMANDS.get(wrong)):
            return f"use `{self.prog} {ours}`"
        return did_you_mean(wrong, known) or f"the commands are {', '.join(known)}"

    def _help(self, _: argparse.Namespace) -> int:
        say_lines(self.format_help())
        return 2

    def _print_message(self, message: str, _file: object = None) -> None:
        # argparse prints help and version through this; wrong usage is raised instead.
        show(message)
