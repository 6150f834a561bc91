"""The table of all options of `termcheck check`: what they are called, what they take, what they mean.

Flags, `--help`, the reader of config files, `termcheck config`, the documentation and completion are made
from this table. A new option is an entry in its group, a field of `Settings` if it has a key, and the code
that uses its value.
"""

from __future__ import annotations

from typing import Any

from termcheck.messages import alternatives, did_you_mean
from termcheck.model import TermcheckError
from termcheck.options.files import FILES
from termcheck.options.fixes import FIXES, KNOWN_FINDINGS
from termcheck.options.option import Combine, Group, Option, OptionTable, Place, ValueType
from termcheck.options.output import OUTPUT, RUN, SHOW
from termcheck.options.rules import RULES, TERMS
from termcheck.options.settings import SETTINGS
from termcheck.options.texts import TEXTS

__all__ = [
    "OPTIONS",
    "Combine",
    "Group",
    "Option",
    "OptionTable",
    "Place",
    "ValueType",
    "key_meant",
    "read_option",
]

OPTIONS = OptionTable(SETTINGS, RULES, TERMS, TEXTS, FILES, FIXES, KNOWN_FINDINGS, OUTPUT, RUN, SHOW)


# `languages` means `source-lang` or `target-lang`, but a part that many keys have means nothing.
_LEAST_PART, _MOST_MEANT = 4, 3


# What the configurations of other tools have.
_OF_OTHERS = {
    "lint": "write its keys at the top, without a section `lint`",
    "rules": "did you mean 'select' or 'severity'?",
    "line-length": "termcheck does not look at the lengths of lines",
    "MinAlertLevel": "did you mean 'fail-on'?",
}


def read_option(key: str, value: object, place: Place, options: OptionTable = OPTIONS) -> Any:
    """The typed value of an option. Raises TermcheckError for an unknown key or a value it cannot have."""
    option = options.by_key.get(key)
    if option is None:
        raise TermcheckError(
            f"{place.called.partition(': ')[0] + ': ' if place.called else ''}unknown key '{key}'",
            advice=key_meant(key, options) or "`termcheck config --isolated` lists the keys",
        )
    return option.read(value, place)


def key_meant(key: str, options: OptionTable) -> str:
    """`did you mean 'x'?` for a key that is not known: the nearest one, or the few that have a part of it."""
    if ours := _OF_OTHERS.get(key):
        return ours
    if advice := did_you_mean(key, options.by_key):
        return advice
    parts = [part for part in key.lower().replace("_", "-").split("-") if len(part) >= _LEAST_PART]
    found = [name for name in options.by_key if any(_shares_part(name, part) for part in parts)]
    few = 0 < len(found) <= _MOST_MEANT
    return f"did you mean {alternatives(list(map(repr, found)))}?" if few else ""


def _shares_part(name: str, word: str) -> bool:
    return any(
        word.startswith(part) or part.startswith(word) for part in name.split("-") if len(part) >= _LEAST_PART
    )
