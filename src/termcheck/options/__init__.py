"""The table of all options of `termcheck check`: what they are called, what they take, what they mean.

Flags, `--help`, the reader of config files, `termcheck config`, the documentation and completion are made
from this table. A new option is an entry in its group, a field of `Settings` if it has a key, and the code
that uses its value.
"""

from __future__ import annotations

from typing import Any

from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError
from termcheck.options.files import FILES
from termcheck.options.fixes import FIXES, KNOWN_FINDINGS
from termcheck.options.option import Combine, Group, Option, OptionTable, Place, ValueType
from termcheck.options.output import OUTPUT, RUN, SHOW
from termcheck.options.rules import RULES, TERMS
from termcheck.options.settings import SETTINGS
from termcheck.options.texts import TEXTS

__all__ = ["OPTIONS", "Combine", "Group", "Option", "OptionTable", "Place", "ValueType", "read_option"]

OPTIONS = OptionTable(SETTINGS, RULES, TERMS, TEXTS, FILES, FIXES, KNOWN_FINDINGS, OUTPUT, RUN, SHOW)


def read_option(key: str, value: object, place: Place, options: OptionTable = OPTIONS) -> Any:
    """The typed value of an option. Raises TermcheckError for an unknown key or a value it cannot have."""
    option = options.by_key.get(key)
    if option is None:
        raise TermcheckError(
            f"{place.called.partition(': ')[0] + ': ' if place.called else ''}unknown key '{key}'",
            advice=did_you_mean(key, options.by_key) or f"the keys are {', '.join(options.by_key)}",
        )
    return option.read(value, place)
