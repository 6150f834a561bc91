"""Terms given as regular expressions, with a limit on the time that they may take.

A glossary may come with a pull request, and an expression such as (a+)+ can take for ever. An honest one
takes a small fraction of a microsecond for a character, so each has an allowance that grows with the text.
What it takes beyond that is taken from a budget that all expressions share. One that has used up both is off
for the rest of the run, and is reported.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from termcheck.matching.strict import casing
from termcheck.model import Span, Term, TermcheckError

SHARED_SECONDS = 5.0
_SECONDS_PER_CHARACTER = 1e-6
# A process may be interrupted; no expression should be charged for that.
_LEAST_SECONDS = 0.05


class Budget(Struct):
    """The processor seconds that all expressions of a process may take beyond their own allowances."""

    left: float = SHARED_SECONDS


class RegexTerm:
    """A term with `match: regex`; the pattern searches the text as written, not folded.

    `given_up` is the error to report once the pattern has taken too long; then it finds nothing any more.
    """

    def __init__(self, term: Term, budget: Budget | None = None) -> None:
        import regex

        self.term = term
        self.given_up: TermcheckError | None = None
        self._budget = budget or Budget()
        self._allowance = _LEAST_SECONDS
        flags = 0 if casing.case_counts(term) else regex.IGNORECASE
        self._pattern: Any = regex.compile(term.text, flags)

    def find(self, text: str) -> Iterator[Span]:
        """Spans of the non-empty matches in `text`; none if the pattern takes too long."""
        if self.given_up is not None:
            return
        self._allowance += len(text) * _SECONDS_PER_CHARACTER
        limit = self._allowance + self._budget.left
        begin = time.process_time()
        found: list[Span] = []
        try:
            spans = (Span(*hit.span()) for hit in self._pattern.finditer(text, timeout=limit))
            found += (span for span in spans if len(span))
        except (TimeoutError, MemoryError):
            found = []
            self.given_up = self._error()
        self._pay(time.process_time() - begin)
        yield from found

    def _pay(self, seconds: float) -> None:
        self._allowance -= seconds
        if self._allowance < 0:
            self._budget.left = max(0.0, self._budget.left + self._allowance)
            self._allowance = 0.0

    def _error(self) -> TermcheckError:
        origin = self.term.origin
        return TermcheckError(
            f"the regular expression {self.term.text!r} takes too long, so it was not searched for any more",
            path=origin.path,
            line=origin.line,
            column=origin.column,
            advice="simplify it: avoid nested repetition such as (a+)+",
        )
