"""Shell completion with argcomplete: the shell asks termcheck itself, so it is never out of date.

The shell calls termcheck with `_ARGCOMPLETE` set. Only then is argcomplete imported and the whole parser
built.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termcheck.options import OptionTable

SHELLS = ("bash", "zsh", "fish", "powershell")

Completer = Callable[..., Iterable[str]]


def script(shell: str) -> str:
    """What a shell reads to complete `termcheck`; ends in a newline."""
    from argcomplete.shell_integration import shellcode

    return shellcode(["termcheck"], shell=shell).rstrip() + "\n"


def complete() -> None:
    """Answer the shell that asks, and end the process."""
    import argcomplete

    from termcheck.cli.arguments import build_parser
    from termcheck.options import OPTIONS

    parser = build_parser()
    add_completers(parser, OPTIONS)
    argcomplete.autocomplete(parser, always_complete_options="long")


def add_completers(parser: argparse.ArgumentParser, options: OptionTable) -> None:
    """Tell argcomplete how to complete the arguments of a parser and its commands."""
    for action in _actions(parser):
        completer = _completer(action, options)
        if completer is not None:
            action.completer = completer  # type: ignore[attr-defined]


def _actions(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


def _completer(action: argparse.Action, options: OptionTable) -> Completer | None:
    """What completes an argument; None if argcomplete does so itself, by its choices or as a path."""
    if action.choices is not None:
        return None
    if action.dest == "keys":
        return _names(lambda: options.by_key)
    if action.dest == "rules":
        return _names(lambda: options.by_key["select"].choices())
    for flag in action.option_strings:
        option = options.by_flag.get(flag)
        if option is not None and option.type.choices is not None:
            return _names(option.choices, commas=option.type.commas)
    return None


def _names(names: Callable[[], Iterable[str]], *, commas: bool = False) -> Completer:
    def completer(prefix: str, **_: Any) -> Iterable[str]:
        # One argument may hold several names, and only the last of them is being typed.
        done = prefix[: prefix.rfind(",") + 1] if commas else ""
        return [done + name for name in names()]

    return completer
