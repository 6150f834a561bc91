"""From flags and config files to the settings of a run."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from termcheck.config import Settings

# Flags that hold lists, separated by commas; the others are taken as they are.
_LISTS = (
    "select", "ignore", "extend-select", "exclude", "extend-exclude", "fixable", "unfixable",
    "extend-fixable",
)  # fmt: skip
_VALUES = (
    "baseline", "glossary", "source-lang", "target-lang", "date", "term", "ignore-term", "fail-on",
    "output-format", "encoding", "format", "source-key", "target-key", "min-confidence", "cache-dir",
    "diff-base", "jobs",
)  # fmt: skip
_SWITCHES = ("force-exclude", "fix", "unsafe-fixes", "fix-only")


def settings_of(options: argparse.Namespace) -> Settings:
    """Config files and flags, merged."""
    from termcheck.config import find_config, flags_layer, load_config, resolve

    if options.isolated and options.config:
        raise TermcheckError(
            "--isolated uses no config file, but --config names one", advice="leave out one of the two"
        )
    path = "" if options.isolated else options.config or find_config(".")
    layers = list(load_config(path)) if path else []
    return resolve([*layers, flags_layer(_flags(options))])


def _flags(options: argparse.Namespace) -> dict[str, object]:
    given = {name: getattr(options, name.replace("-", "_"), None) for name in (*_LISTS, *_VALUES)}
    flags: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    for name in _LISTS:
        if name in flags:
            flags[name] = _commas(given[name] or ())
    for name in _SWITCHES:
        value = getattr(options, name.replace("-", "_"), None)
        if value is not None:
            flags[name] = value
    if getattr(options, "no_cache", False):
        flags["cache"] = False
    if getattr(options, "per_file_ignores", None):
        flags["per-file-ignores"] = _per_file(options.per_file_ignores)
    return flags


def _commas(values: Sequence[str]) -> list[str]:
    # A comma inside braces belongs to a pattern: `drafts/{old,new}`.
    parts = (part.strip() for value in values for part in re.split(r",(?![^{}]*\})", value))
    return [part for part in parts if part]


def _per_file(values: Sequence[str]) -> dict[str, list[str]]:
    """`GLOB:RULE,GLOB:RULE` as ruff has it, to a table of patterns."""
    table: dict[str, list[str]] = {}
    for part in _commas(values):
        glob, colon, selector = part.rpartition(":")
        if not colon or not glob or not selector:
            raise TermcheckError(
                f"--per-file-ignores: '{part}' has no rule", advice="write 'drafts/*.md:TRM101'"
            )
        table.setdefault(glob.strip(), []).append(selector.strip())
    return table
