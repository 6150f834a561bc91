"""Gathers the mistakes of a glossary, so that all of them are told at once.

Whoever corrects a term list of a thousand lines wants to do it in one go; so each part that can fail by
itself is tried by itself, and only then is it given up.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from termcheck.model import TermcheckError


class Mistakes:
    """The mistakes met so far; `with mistakes:` keeps a part's TermcheckError and goes on behind the part."""

    def __init__(self) -> None:
        self.found: list[TermcheckError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, TermcheckError):
            return False
        self.add(error)
        return True

    def add(self, error: TermcheckError) -> None:
        """Keep an error and those it brings along."""
        self.found += [error, *error.others]

    def tell(self) -> None:
        """Raise what was found, if anything was, as one error: file by file, by place, one at each place."""
        if not self.found:
            return
        files: dict[str, int] = {}
        for error in self.found:
            files.setdefault(error.path, len(files))
        ordered = sorted(self.found, key=lambda one: (files[one.path], one.line, one.column))
        # What is said first of a place is the cause of what is said later.
        by_place: dict[tuple[str, int, int], TermcheckError] = {}
        for error in ordered:
            by_place.setdefault((error.path, error.line, error.column), error)
        first, *others = by_place.values()
        raise TermcheckError(
            first.message,
            path=first.path,
            line=first.line,
            column=first.column,
            advice=first.advice,
            others=tuple(others),
        )
