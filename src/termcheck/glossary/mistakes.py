"""Collect the errors of a glossary, so that they are reported all at once.

The author of a list of a thousand terms wants to correct it in one go. So each part that can fail on its
own is tried on its own.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from termcheck.model import LeftOut, Origin, TermcheckError


class UnusableError(TermcheckError):
    """An entry that cannot be used, though the rest of the glossary can: `term` has no rendering, say."""

    def __init__(self, term: str, message: str, **more: Any) -> None:
        super().__init__(message, **more)
        self.term = term


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
        more: dict[str, Any] = {
            "path": first.path,
            "line": first.line,
            "column": first.column,
            "advice": first.advice,
            "others": tuple(others),
        }
        if isinstance(first, UnusableError) and self.only_unusable():
            raise UnusableError(first.term, first.message, **more)
        raise TermcheckError(first.message, **more)

    def only_unusable(self) -> bool:
        """Whether none of the errors concerns more than an entry that can be left out."""
        return all(isinstance(error, UnusableError) for error in self.errors)

    def left_out(self) -> tuple[LeftOut, ...]:
        """The unusable entries, in order."""
        found = {
            (error.line, error.column): LeftOut(
                error.term, error.message, error.advice, Origin(error.path, error.line, error.column)
            )
            for error in self.errors
            if isinstance(error, UnusableError)
        }
        return tuple(found[place] for place in sorted(found))
