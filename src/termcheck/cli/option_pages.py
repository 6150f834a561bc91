"""What the keys of a configuration mean, for `termcheck config KEY`: from the table that documents them."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from termcheck.config import Settings
from termcheck.data import read_text
from termcheck.model import TermcheckError
from termcheck.selection import did_you_mean


class OptionPage(Struct, frozen=True):
    """What a key takes, what holds without it, what it does, and a piece of termcheck.toml with it."""

    values: str
    default: str
    text: str
    example: str


def pages() -> Mapping[str, OptionPage]:
    """The page of every key, in alphabetical order."""
    return {key: OptionPage(**table) for key, table in tomllib.loads(read_text("options.toml")).items()}


def option_pages(keys: Sequence[str], settings: Settings) -> str:
    """The pages of some keys one below the other; TermcheckError for a key that there is not."""
    from termcheck.cli.settings_text import setting_text

    known = pages()
    unknown = next((key for key in keys if key not in known), None)
    if unknown is not None:
        raise TermcheckError(
            f"unknown key '{unknown}'",
            advice=did_you_mean(unknown, known) or "`termcheck config --all` lists the keys",
        )
    return "\n".join("\n".join(_lines(key, known[key], setting_text(key, settings))) + "\n" for key in keys)


def _lines(key: str, page: OptionPage, current: str) -> Iterator[str]:
    yield key
    yield from textwrap.wrap(page.text, 98, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield f"  Takes:     {page.values}"
    yield f"  Default:   {page.default}"
    if current:
        yield f"  In effect: {current}"
    yield "  Example:"
    yield from (f"    {line}" for line in page.example.strip().splitlines())
