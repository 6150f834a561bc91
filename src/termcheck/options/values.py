"""The value types that options of several groups share, and the functions that read them.

A flag and a config file share the reader, so that `--fail-on error` and `fail-on = "error"` mean the same
and are refused in the same words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import UnionType
from typing import Any

from termcheck.globs import absolute_path, display_path
from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError
from termcheck.options.option import Place, Reader, ValueType
from termcheck.plain_files import special_kind

# What messages call the types of TOML's values; any other value is a date.
_TOML_TYPES: tuple[tuple[type | UnionType, str], ...] = (
    (bool, "true or false"),
    (str, "the text '{}'"),
    (int | float, "a number"),
    (list, "a list"),
    (dict, "a table"),
)


def wrong_type(value: object, wanted: str) -> TermcheckError:
    """The error for a value that has another type than the one wanted."""
    got = next((name for type_, name in _TOML_TYPES if isinstance(value, type_)), "a date")
    return TermcheckError(f"expected {wanted}, not {got.format(value)}")


def read_text(value: object, _place: Place) -> str:
    """A text that is not blank."""
    if not isinstance(value, str):
        raise wrong_type(value, "text")
    if not value.strip():
        raise TermcheckError("is empty", advice="leave the option out, or give it a value")
    if "\0" in value:
        raise TermcheckError("has a NUL character", advice="no file and no text can have one")
    return value


def read_texts(value: object, place: Place) -> tuple[str, ...]:
    """A list of texts, or one text alone."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str):
            raise wrong_type(item, "text or a list of texts")
    return tuple(read_text(item, place) for item in items)


def read_table(value: object, wanted: str) -> Mapping[str, object]:
    """A table; `wanted` describes it in the error for anything else."""
    if not isinstance(value, dict):
        raise wrong_type(value, wanted)
    return value


def choice_of(choices: Callable[[], Iterable[str]], convert: Callable[[str], Any] = str) -> Reader:
    """The reader of a text that is one of some names."""

    def read(value: object, place: Place) -> Any:
        text, known = read_text(value, place), tuple(choices())
        if text not in known:
            advice = did_you_mean(text, known) or f"choose one of {', '.join(known)}"
            raise TermcheckError(f"there is no '{text}'", advice=advice)
        return convert(text)

    return read


def read_paths(value: object, place: Place) -> tuple[str, ...]:
    """Paths to open and to print: relative to the working directory where they are in it."""
    paths = read_texts(value, place)
    if place.flag:
        return paths
    here = absolute_path(".")
    return tuple(display_path(absolute_path(join(place.root, path)), here) for path in paths)


def _read_files(value: object, place: Place) -> tuple[str, ...]:
    """Paths of files; the command line may name a pipe or a device, a configuration may not."""
    paths = read_paths(value, place)
    for path in () if place.flag else paths:
        if kind := special_kind(path):
            raise TermcheckError(f"{path} is {kind}, not a file")
    return paths


def _read_file(value: object, place: Place) -> str:
    return _read_files(read_text(value, place), place)[0]


def read_path(value: object, place: Place) -> str:
    """One such path."""
    return read_paths(read_text(value, place), place)[0]


# Joining leaves an absolute path as it is.
join = os.path.join


def split_at_commas(texts: Sequence[str]) -> list[str]:
    """The parts of a flag's texts, without blank parts."""
    # A comma inside braces is part of a pattern: `drafts/{old,new}`.
    parts = (part.strip() for text in texts for part in re.split(r",(?![^{}]*\})", text))
    return [part for part in parts if part]


def _read_boolean(value: object, _place: Place) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(value, "true or false")
    return value


SWITCH = ValueType(_read_boolean, "true or false")
NAME = ValueType(read_text, "name", "NAME")
TEXTS = ValueType(read_texts, "list of texts", "TEXT", repeatable=True)
FILE = ValueType(_read_file, "path", "FILE")
FILES = ValueType(_read_files, "list of paths", "FILE", repeatable=True)
