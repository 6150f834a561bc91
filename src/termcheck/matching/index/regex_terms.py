"""Terms given as regular expressions, with a limit on the time they may take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termcheck.matching.strict import casing
from termcheck.model import Span, Term, TermcheckError

# A segment is a paragraph. A pattern that needs longer for one is backtracking without end.
SECONDS_PER_SEGMENT = 1.0


class RegexTerm:
    """A term with `match: regex`; the pattern searches the text as written, not folded."""

    def __init__(self, term: Term) -> None:
        import regex

        self.term = term
        flags = 0 if casing.case_counts(term) else regex.IGNORECASE
        self._pattern: Any = regex.compile(term.text, flags)

    def find(self, text: str) -> Iterator[Span]:
        """Spans of the non-empty matches in `text`.

        Raises TermcheckError naming the pattern when it takes longer than SECONDS_PER_SEGMENT.
        """
        try:
            for hit in self._pattern.finditer(text, timeout=SECONDS_PER_SEGMENT):
                if hit.end() > hit.start():
                    yield Span(*hit.span())
        except TimeoutError:
            origin = self.term.origin
            raise TermcheckError(
                f"the regular expression {self.term.text!r} ran for more than {SECONDS_PER_SEGMENT:g} s "
                "on one paragraph",
                path=origin.path,
                line=origin.line,
                column=origin.column,
                advice="simplify it: avoid nested repetition such as (a+)+",
            ) from None
