"""Every option a config file or a flag can set: its key and how its value is read.

One table for both, so that `fail-on = "error"` and `--fail-on error` cannot drift apart: a flag hands
over the same value a config would hold, and the same reader judges it.
"""

from __future__ import annotations

import codecs
import datetime
import os
import re
from collections.abc import Callable, Iterable, Mapping
from types import UnionType

from msgspec import Struct

from termcheck.globs import PairPattern, PathGlob, absolute_path, display_path
from termcheck.model import Confidence, Severity, TermcheckError
from termcheck.report.base import Output
from termcheck.selection import PerFileIgnore, did_you_mean, select_rules


class Place(Struct, frozen=True):
    """Where a value was written: relative paths start at the absolute directory `root`."""

    root: str
    flag: bool = False


Reader = Callable[[object, Place], object]
"""Turns a value as TOML gives it into a typed one; TermcheckError, without a place, if it cannot."""


def read_option(key: str, value: object, place: Place) -> object:
    """The typed value of an option. TermcheckError for an unknown key or a value it cannot have."""
    reader = READERS.get(key)
    if reader is None:
        raise TermcheckError(
            f"unknown key '{key}'",
            advice=did_you_mean(key, READERS) or f"the keys are {', '.join(sorted(READERS))}",
        )
    try:
        return reader(value, place)
    except TermcheckError as error:
        name = f"--{key}" if place.flag else f"'{key}'"
        raise TermcheckError(f"{name}: {error.message}", advice=error.advice) from None


def _wrong(value: object, wanted: str) -> TermcheckError:
    kinds: tuple[tuple[type | UnionType, str], ...] = (
        (bool, "true or false"),
        (str, f"the text '{value}'"),
        (int | float, "a number"),
        (list, "a list"),
        (dict, "a table"),
    )
    got = next((kind for type_, kind in kinds if isinstance(value, type_)), "a date")
    return TermcheckError(f"expected {wanted}, not {got}")


def _text(value: object, _place: Place) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "text")
    if not value.strip():
        raise TermcheckError("is empty", advice="leave the option out, or give it a value")
    return value


def _texts(value: object, place: Place) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise _wrong(next(one for one in values if not isinstance(one, str)), "text or a list of texts")
    return tuple(_text(one, place) for one in values)


def _boolean(value: object, _place: Place) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "true or false")
    return value


def _count(value: object, place: Place) -> int:
    if place.flag and isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value, "a number")
    if value < 0:
        raise TermcheckError(f"{value} is too small", advice="0 is one process for each processor")
    return value


def _one_of(names: Callable[[], Iterable[str]]) -> Callable[[object, Place], str]:
    def read(value: object, place: Place) -> str:
        text, known = _text(value, place), tuple(names())
        if text not in known:
            hint = did_you_mean(text, known)
            raise TermcheckError(f"there is no '{text}'", advice=hint or f"choose one of {', '.join(known)}")
        return text

    return read


def _severity_names() -> list[str]:
    return [severity.value for severity in reversed(Severity)]


def output_formats() -> Iterable[str]:
    """The names `output-format` may have."""
    from termcheck.report import FORMATS

    return FORMATS


def text_formats() -> Iterable[str]:
    """The names `format` may have."""
    from termcheck.readers import FORMATS

    return FORMATS


def _outputs(value: object, place: Place) -> tuple[Output, ...]:
    return tuple(_output(text, place) for text in _texts(value, place))


def _output(text: str, place: Place) -> Output:
    """`FORMAT` or `FORMAT:PATH`; the path may have colons of its own, as on Windows."""
    name, colon, path = text.partition(":")
    known = tuple(output_formats())
    if name not in known:
        hint = did_you_mean(name, known) or f"choose one of {', '.join(known)}"
        if re.search(r"[./\\]", text.removeprefix(f"{name}:")) and not did_you_mean(name, known):
            hint = f"the format comes before the path, as in json:{text}"
        raise TermcheckError(f"there is no '{name}'", advice=hint)
    if colon and not path.strip():
        raise TermcheckError(f"'{text}' has no path", advice=f"write {name}:FILE, or {name} alone")
    if path == "-":
        path = ""
    return Output(name, _paths(path, place)[0] if path else "")


def _severity(value: object, place: Place) -> Severity:
    return Severity(_one_of(_severity_names)(value, place))


def _confidence(value: object, place: Place) -> Confidence:
    return Confidence(_one_of(lambda: [one.value for one in reversed(Confidence)])(value, place))


def _language(value: object, place: Place) -> str:
    text = _text(value, place)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text):
        raise TermcheckError(
            f"'{text}' is no language tag", advice="write two or three letters, as in zh, en or zh-Hant"
        )
    return text


def _date(value: object, place: Place) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = _text(value, place)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise TermcheckError(f"'{text}' is no date", advice="write year-month-day, as in 2025-09-05")


def _encoding(value: object, place: Place) -> str:
    text = _text(value, place)
    try:
        codecs.lookup(text)
    except (LookupError, ValueError):  # ValueError: a NUL character
        raise TermcheckError(
            f"there is no encoding '{text}'", advice="common ones are utf-8, utf-16, gb18030 and big5"
        ) from None
    return text


def _paths(value: object, place: Place) -> tuple[str, ...]:
    paths = _texts(value, place)
    if place.flag:
        return paths
    here = absolute_path(".")
    return tuple(display_path(absolute_path(_join(place.root, path)), here) for path in paths)


def _file(value: object, place: Place) -> str:
    return _paths(_text(value, place), place)[0]


def _path(value: object, place: Place) -> str:
    path = _text(value, place)
    return path if place.flag else absolute_path(_join(place.root, path))


# A path is taken as it is where it is absolute.
_join = os.path.join


def _globs(value: object, place: Place) -> tuple[PathGlob, ...]:
    return tuple(PathGlob(pattern, place.root) for pattern in _texts(value, place))


def _selectors(value: object, place: Place) -> tuple[str, ...]:
    from termcheck.rules import RULES

    # An empty list is meant: `select = []` switches everything off.
    selectors = _texts(value, place)
    for selector in selectors:
        select_rules(RULES, selector)
    return selectors


def _per_file(value: object, place: Place) -> tuple[PerFileIgnore, ...]:
    table = _table(value, "a table of patterns, each with its rules")
    return tuple(
        PerFileIgnore(
            PathGlob(pattern.removeprefix("!"), place.root),
            _selectors(selectors, place),
            negated=pattern.startswith("!"),
        )
        for pattern, selectors in table.items()
    )


def _severities(value: object, place: Place) -> dict[str, Severity]:
    table = _table(value, "a table of rules, each with its severity")
    _selectors(list(table), place)
    return {selector: _severity(severity, place) for selector, severity in table.items()}


def _pairs(value: object, place: Place) -> tuple[PairPattern, ...]:
    if not isinstance(value, list):
        raise _wrong(value, "a list of pairs")
    return tuple(_pair(one, place) for one in value)


def _pair(value: object, place: Place) -> PairPattern:
    if isinstance(value, dict) and set(value) == {"source", "target"}:
        return PairPattern(_text(value["source"], place), _text(value["target"], place), place.root)
    halves = [half.strip() for half in value.split(" : ")] if isinstance(value, str) else []
    if len(halves) != 2 or not all(halves):
        raise TermcheckError(
            "a pair has two halves",
            advice="write 'docs/zh/{name}.md : docs/en/{name}.md' or {source = '…', target = '…'}",
        )
    return PairPattern(halves[0], halves[1], place.root)


def _table(value: object, wanted: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _wrong(value, wanted)
    return value


READERS: Mapping[str, Reader] = {
    "baseline": _file,
    "cache": _boolean,
    "cache-dir": _path,
    "date": _date,
    "diff-base": _text,
    "encoding": _encoding,
    "exclude": _globs,
    "extend": _text,
    "extend-exclude": _globs,
    "extend-fixable": _selectors,
    "extend-safe-fixes": _selectors,
    "extend-select": _selectors,
    "extend-unsafe-fixes": _selectors,
    "fail-on": _severity,
    "fix": _boolean,
    "fix-only": _boolean,
    "fixable": _selectors,
    "force-exclude": _boolean,
    "format": _one_of(text_formats),
    "glossary": _paths,
    "ignore": _selectors,
    "ignore-term": _texts,
    "include": _globs,
    "jobs": _count,
    "min-confidence": _confidence,
    "output-format": _outputs,
    "pairs": _pairs,
    "per-file-ignores": _per_file,
    "select": _selectors,
    "severity": _severities,
    "source-key": _text,
    "source-lang": _language,
    "target-key": _text,
    "target-lang": _language,
    "term": _texts,
    "unfixable": _selectors,
    "unsafe-fixes": _boolean,
}
"""The reader of each key, in alphabetical order."""
