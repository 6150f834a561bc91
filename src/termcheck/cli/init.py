"""`termcheck init`: write a first glossary and config file that work as they are."""

from __future__ import annotations

import argparse
import os

from termcheck.cli import CLEAN
from termcheck.cli.console import show
from termcheck.cli.streams import write_whole
from termcheck.data import read_text
from termcheck.model import TermcheckError

_NAMES = ("glossary.yaml", "termcheck.toml")


def init(_: argparse.Namespace) -> int:
    """`termcheck init`: write the files into the working directory, but never over an existing one."""
    present = [name for name in _NAMES if os.path.lexists(name)]
    if present:
        raise TermcheckError(
            "is there already; nothing was written",
            path=present[0],
            advice="run `termcheck init` in another directory, or write what is missing by hand",
        )
    for name in _NAMES:
        write_whole(name, [read_text(f"init/{name}")])
        show(f"wrote {name}\n")
    show("Put your terms into glossary.yaml; then check a text: termcheck check FILE\n")
    return CLEAN
