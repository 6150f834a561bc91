"""What the command line and the environment say about the settings: layers above those of the config files.

Variables of the environment outweigh config files, `--config KEY=VALUE` outweighs variables, and a flag of
its own outweighs all of them.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from typing import Any

from termcheck.config import flags_layer
from termcheck.config_file import Layer
from termcheck.globs import absolute_path
from termcheck.model import TermcheckError
from termcheck.options import OptionTable, Place, read_option
from termcheck.toml_text import load_toml


def named_config(args: argparse.Namespace, options: OptionTable) -> str:
    """The config file that the command line or the environment names for all files; empty if there is none.

    Raises TermcheckError for arguments that do not go together.
    """
    files, _ = _files_and_pairs(args.config or ())
    if args.isolated and files:
        raise TermcheckError(
            "--isolated uses no config file, but --config names one", advice="leave out one of the two"
        )
    if args.isolated:
        return ""
    return files[0] if files else os.environ.get(options.by_flag["--config"].variable, "")


def upper_layers(args: argparse.Namespace, options: OptionTable) -> tuple[Layer, ...]:
    """The layers above the config files, the least important first.

    Raises TermcheckError for values that they cannot have.
    """
    _, pairs = _files_and_pairs(args.config or ())
    given = {key: getattr(args, option.destination, None) for key, option in options.by_key.items()}
    flags = flags_layer({key: value for key, value in given.items() if value is not None}, options)
    return _of_environment(options, os.environ), *(_of_pair(pair, options) for pair in pairs), flags


def _files_and_pairs(values: Sequence[str]) -> tuple[list[str], list[str]]:
    """What `--config` names: files, at most one, and settings such as `fail-on="error"`."""
    files = [value for value in values if "=" not in value or os.path.lexists(value)]
    if len(files) > 1:
        raise TermcheckError(
            f"--config names two files, {files[0]} and {files[1]}",
            advice="name one, and let it inherit from the other with `extend`",
        )
    return files, [value for value in values if value not in files]


def _of_environment(options: OptionTable, environment: Mapping[str, str]) -> Layer:
    root = absolute_path(".")
    values: dict[str, Any] = {}
    for key, option in options.by_key.items():
        text = environment.get(option.variable, "") if option.from_environment else ""
        if text:
            values[key] = option.read_variable(text, root)
    return Layer(values, root)


def _of_pair(text: str, options: OptionTable) -> Layer:
    """A layer of `KEY=VALUE`, which is TOML as in a config file."""
    root = absolute_path(".")
    try:
        table = load_toml(text)
    except (ValueError, RecursionError):
        key, _, value = text.partition("=")
        advice = f"a text needs quotes: --config '{key.strip()}=\"{value.strip()}\"'"
        raise TermcheckError(f"--config: '{text}' is no TOML", advice=advice) from None
    for key in table:
        if key == "extend":
            raise TermcheckError("--config: 'extend' can stand in a file only", advice="name the file itself")
    values = {
        key: read_option(key, value, Place(root, called=f"--config: '{key}'"), options)
        for key, value in table.items()
    }
    return Layer(values, root)
