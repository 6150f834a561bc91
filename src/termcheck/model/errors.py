"""The one exception for mistakes of the user."""

from __future__ import annotations


class TermcheckError(Exception):
    """A mistake of the user, printed as `path:line:column: message`; the command then exits with 2.

    `advice` says what to do about it. `line` and `column` are 1-based; 0 means unknown. `others` are further
    mistakes, in the order to print them; they have no `others` of their own.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        advice: str = "",
        others: tuple[TermcheckError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.advice = advice
        self.others = others

    @property
    def advised(self) -> str:
        """The message with its advice, without the place."""
        return f"{self.message}; {self.advice}" if self.advice else self.message

    def __str__(self) -> str:
        location = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{location}: {self.advised}" if location else self.advised
