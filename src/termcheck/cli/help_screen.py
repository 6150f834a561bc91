"""`--help` of a command with many flags: the common ones by groups, each on a line, to fit a screen.

`termcheck help COMMAND` prints all flags with all there is to say about them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

_COLUMN, _WIDTH = 32, 80


def mark(action: argparse.Action, brief: str, *, rare: bool) -> None:
    """Remember of a flag what the screen shows for it, or that the screen leaves it out."""
    action.brief = brief  # type: ignore[attr-defined]
    action.rare = rare  # type: ignore[attr-defined]


def has_rare_flags(parser: argparse.ArgumentParser) -> bool:
    """Whether there are flags that the screen would leave out."""
    return any(getattr(action, "rare", False) for action in parser._actions)


def screen(parser: argparse.ArgumentParser) -> str:
    """The screen, which ends in a newline."""
    return "".join(f"{line}\n" for line in _lines(parser))


def _lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    import textwrap

    yield f"usage: {parser.usage}"
    yield from textwrap.wrap(parser.description or "", _WIDTH)
    for group in parser._action_groups:
        shown = [action for action in group._group_actions if _is_shown(action)]
        if shown:
            yield f"{group.title}:"
        for action in shown:
            text = getattr(action, "brief", "") or action.help or ""
            head = f"{f'  {_called(action)} ':<{_COLUMN}}"
            first, *rest = textwrap.wrap(text, _WIDTH - max(_COLUMN, len(head))) or [""]
            yield f"{head}{first}"
            yield from (" " * _COLUMN + line for line in textwrap.wrap(" ".join(rest), _WIDTH - _COLUMN))
    command = parser.prog.replace(" ", " help ", 1)
    yield f"`{command}` lists all flags, and the variables for some."


def _is_shown(action: argparse.Action) -> bool:
    return action.help != argparse.SUPPRESS and not getattr(action, "rare", False)


def _called(action: argparse.Action) -> str:
    """`-g, --glossary FILE`."""
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    if action.nargs == "?" and action.option_strings:
        value = f"[{value}]"
    return " ".join(filter(None, (", ".join(action.option_strings), str(value))))
