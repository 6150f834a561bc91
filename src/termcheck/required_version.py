"""Whether this version of termcheck is one that a project requires: `required-version = ">=0.4,<2"`.

A part of PEP 440 is enough for versions of our own: releases, pre-releases, and the usual comparisons.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

_VERSION = compile_later(
    r"v?(?P<release>\d{1,9}(?:\.\d{1,9})*)(?:[-_.]?(?P<kind>a|b|rc)(?P<number>\d{1,9}))?"
)
_CLAUSE = compile_later(r"(?P<sign>===?|!=|<=|>=|~=|<|>|)\s*(?P<version>[^\s=<>!~].*)")
_KINDS = {"a": 0, "b": 1, "rc": 2, None: 3}

Version = tuple[tuple[int, ...], int, int]
"""The numbers of a release without trailing zeros, the kind of pre-release, and its number."""

_COMPARISONS: Mapping[str, Callable[[Version, Version], bool]] = {
    "": operator.eq,
    "==": operator.eq,
    "===": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


def is_met(required: str, version: str) -> bool:
    """Whether a version is one of those required: a version, or comparisons separated by commas.

    Raises TermcheckError if the requirement cannot be read.
    """
    held = [_holds(clause.strip(), version) for clause in required.split(",")]
    return all(held)


def _holds(clause: str, version: str) -> bool:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        raise _unreadable(clause)
    sign, wanted = match["sign"], match["version"].strip()
    if wanted.endswith(".*") and sign in ("==", "!="):
        begins = _begins(version, wanted.removesuffix(".*"))
        return begins is (sign == "==")
    if sign == "~=":
        series, dot, _ = wanted.rpartition(".")
        if not dot:
            raise _unreadable(clause)
        return _parsed(version) >= _parsed(wanted) and _begins(version, series)
    ours, theirs = _parsed(version), _parsed(wanted)
    if sign == "<" and theirs[1] == _KINDS[None] and ours[0] == theirs[0]:
        # A pre-release of the version that is too new is too new as well.
        return False
    return _COMPARISONS[sign](ours, theirs)


def _begins(version: str, beginning: str) -> bool:
    """Whether a version belongs to a series, as 0.4.2 does to 0.4."""
    wanted = _numbers(_matched(beginning))
    ours = _numbers(_matched(version))
    return (ours + (0,) * len(wanted))[: len(wanted)] == wanted


def _parsed(text: str) -> Version:
    match = _matched(text)
    release = _numbers(match)
    while release and not release[-1]:
        release = release[:-1]
    return release, _KINDS[match["kind"]], int(match["number"] or 0)


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, match["release"].split(".")))


def _matched(text: str) -> re.Match[str]:
    match = _VERSION.fullmatch(text)
    if match is None:
        raise _unreadable(text)
    return match


def _unreadable(text: str) -> TermcheckError:
    return TermcheckError(f"'{text}' is no version", advice="write 0.4.2, or comparisons such as >=0.4,<2")
