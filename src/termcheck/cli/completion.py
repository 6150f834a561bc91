"""Completion in shells, by argcomplete: the shell asks termcheck itself, so nothing can be out of date.

The shell calls termcheck with `_ARGCOMPLETE` set; only then is argcomplete imported and the whole parser
walked. Rules and formats are completed by their names.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

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

    parser = build_parser()
    for action in _actions(parser):
        completer = _COMPLETERS.get(action.dest)
        if completer is not None:
            action.completer = completer  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser, always_complete_options="long")


def _actions(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _actions(one)


def _rules(prefix: str, **_: Any) -> Iterable[str]:
    from termcheck.rules import RULES

    # Several may stand in one argument: only the last of them is being typed.
    done = prefix[: prefix.rfind(",") + 1]
    return [done + name for rule in RULES for name in (rule.name, rule.code)]


def _formats(**_: Any) -> Iterable[str]:
    from termcheck.report import FORMATS

    return FORMATS


def _keys(**_: Any) -> Iterable[str]:
    from termcheck.options import READERS

    return READERS


def _levels(*names: str) -> Completer:
    return lambda **_: names


_COMPLETERS: dict[str, Completer] = {
    "rules": _rules,
    "select": _rules,
    "ignore": _rules,
    "extend_select": _rules,
    "output_format": _formats,
    "keys": _keys,
    "fail_on": _levels("error", "warning", "info"),
    "min_confidence": _levels("high", "medium", "low"),
}
