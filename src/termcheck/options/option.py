"""The shape of the table of options: an option, the type of its values, and a group of options."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from termcheck.messages import alternatives
from termcheck.model import TermcheckError


class Place(Struct, frozen=True):
    """Where a value was given: relative paths start at the absolute directory `root`.

    `flag`: it is the text of a flag. `called` is what messages call the option, if it is neither a flag nor a
    key.
    """

    root: str
    flag: bool = False
    called: str = ""


Reader = Callable[[object, Place], Any]
"""Turns a value as TOML holds it into a typed one. Raises TermcheckError, without a place, if it cannot."""


class ValueType(Struct, frozen=True):
    """A type of values: how they are read, and how help and documentation describe them.

    `read` takes a value as TOML holds it, and `from_flag` turns the text of a flag (or the texts of a
    `repeatable` one) into such a value. With `commas`, one flag may hold several texts. With `optional`,
    the flag may stand without a value. `metavar` stands for the value in `--help`; a switch has none.
    `choices` are the names that the value can have, in the order to list them. `takes` describes the
    values in `termcheck config KEY`; if it is empty, the choices do.
    """

    read: Reader
    takes: str = ""
    metavar: str = ""
    choices: Callable[[], Iterable[str]] | None = None
    from_flag: Callable[[Any], object] | None = None
    repeatable: bool = False
    commas: bool = False
    optional: bool = False

    @property
    def is_switch(self) -> bool:
        """Whether a flag of this type stands without a value, and so gives the opposite of the default."""
        return not self.metavar and self.choices is None


_SWITCHED = {"1": True, "true": True, "yes": True, "on": True}
_SWITCHED |= {"0": False, "false": False, "no": False, "off": False}


class Combine(enum.Enum):
    """How the values of several layers combine: of the config files and the flags."""

    REPLACE = enum.auto()  # the most important layer that has the key decides
    EXTEND = enum.auto()  # `extend-x` adds the values of all layers to those of `x`
    SELECT = enum.auto()  # rules: `Selection.build` weighs the selectors of all layers
    LOAD = enum.auto()  # about the config file itself, and used up when that is loaded


class Option(Struct, frozen=True, kw_only=True):
    """An option of `termcheck check`.

    A config file can set it if it has a `key`, and the command line if it has `flags` (the short one
    first). `help` is its line in `--help`; `{choices}`, `{takes}` and `{default}` in it are filled in.
    `documentation` (Markdown) and `example` (a piece of termcheck.toml) make its page. `default` is its
    typed value if nobody sets it, and `default_text` describes it where the value alone does not.
    `whole_run`: the configuration of the working directory decides for all files. `negatable` adds the
    opposite flag: `--no-x`, or `--x` to a `--no-x`. `field` is its name in `Settings` where that is not the
    key. `--help` shows `brief`, or else the line of `help`, and leaves out what is `rare`. If
    `from_environment`, its `variable` sets it too.
    """

    type: ValueType
    key: str = ""
    flags: tuple[str, ...] = ()
    help: str = ""
    documentation: str = ""
    example: str = ""
    default: Any = None
    default_text: str = ""
    negatable: bool = False
    whole_run: bool = False
    combine: Combine = Combine.REPLACE
    field: str = ""
    brief: str = ""
    rare: bool = False
    from_environment: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"TERMCHECK_{self.flags[-1].removeprefix('--').replace('-', '_').upper()}"

    @property
    def destination(self) -> str:
        """The attribute that holds the flag's value once the command line is parsed."""
        return (self.key or self.flags[-1].removeprefix("--")).replace("-", "_")

    @property
    def settings_field(self) -> str:
        """The field of `Settings`, or of `RuleChoice` if it selects rules, that holds the value."""
        return self.field or self.key.replace("-", "_")

    @property
    def takes(self) -> str:
        """The values it can have, in words."""
        return self.type.takes or alternatives(tuple(self.choices()))

    @property
    def opposite(self) -> str:
        """The flag that sets a switch to its default; empty if there is none."""
        if not self.negatable:
            return ""
        return f"--{self.key}" if self.default else f"--no-{self.key}"

    def choices(self) -> Iterable[str]:
        """The names it can have as a value; none if it is free."""
        return self.type.choices() if self.type.choices else ()

    def help_line(self) -> str:
        """The line of `--help`."""
        if "{" not in self.help:
            return self.help
        default = getattr(self.default, "value", self.default)
        marked = (f"{name} (default)" if name == default else name for name in self.choices())
        return self.help.format(choices=", ".join(marked), takes=self.takes, default=self.default_line())

    def default_line(self) -> str:
        """The default in words."""
        if self.default_text:
            return self.default_text
        if isinstance(self.default, bool):
            return str(self.default).lower()
        return str(getattr(self.default, "value", self.default) or "none")

    def read_variable(self, text: str, root: str) -> Any:
        """The typed value of the text of its environment variable, which is named in the TermcheckError."""
        place = Place(root, flag=True, called=self.variable)
        if not self.type.is_switch:
            return self.read([text] if self.type.repeatable else text, place)
        given = _SWITCHED.get(text.casefold())
        if given is None:
            raise TermcheckError(f"{self.variable}: there is no '{text}'", advice="1 or 0")
        return given is not self.default

    def read(self, value: object, place: Place) -> Any:
        """The typed value. Raises TermcheckError, which names the option, for one that it cannot have."""
        try:
            if place.flag and self.type.from_flag:
                value = self.type.from_flag(value)
            return self.type.read(value, place)
        except TermcheckError as error:
            name = place.called or (f"--{self.key}" if place.flag else f"'{self.key}'")
            raise TermcheckError(f"{name}: {error.message}", advice=error.advice) from None


class Group(Struct, frozen=True):
    """Options that `--help` lists under one title; without a title, under `options`."""

    title: str
    options: tuple[Option, ...]
    description: str = ""


class OptionTable:
    """All options: by group in the order of `--help`, by key in alphabetical order, and by flag."""

    def __init__(self, *groups: Group) -> None:
        self.groups = {group.title: group for group in groups}
        self.by_key = dict(sorted((option.key, option) for option in self if option.key))
        self.by_flag = {flag: option for option in self for flag in option.flags}

    def __iter__(self) -> Iterator[Option]:
        return (option for group in self.groups.values() for option in group.options)
