"""Collect the errors of a glossary, so that they are reported all at once.

The author of a list of a thousand terms wants to correct it in one go. So each part that can fail on its
own is tried on its own.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from termcheck.model import TermcheckError


class Mistakes:
    """The errors so far; `with mistakes:` adds a TermcheckError of its block and continues after it."""

    def __init__(self) -> None:
        self.errors: list[TermcheckError] = []

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
        """Add an error and its `others`."""
        self.errors += [error, *error.others]

    def raise_all(self) -> None:
        """Raise the errors, if there are any, as one, in order of file and position, one per position."""
        if not self.errors:
            return
        files: dict[str, int] = {}
        for error in self.errors:
            files.setdefault(error.path, len(files))
        ordered = sorted(self.errors, key=lambda error: (files[error.path], error.line, error.column))
        # The first error at a position is the cause of the later ones.
        by_position: dict[tuple[str, int, int], TermcheckError] = {}
        for error in ordered:
            by_position.setdefault((error.path, error.line, error.column), error)
        first, *others = by_position.values()
        raise TermcheckError(
            first.message,
            path=first.path,
            line=first.line,
            column=first.column,
            advice=first.advice,
            others=tuple(others),
        )
