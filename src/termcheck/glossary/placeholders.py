"""Terms with a placeholder in them, which no search can find.

What programs put into a text, such as `%s` and `{name}`, is protected there: it neither accuses nor acquits.
So a term that contains it would never be found, and an entry that asks for it would accuse every translation.
"""

from __future__ import annotations

from collections.abc import Iterable

from termcheck.glossary.diagnose import shorten
from termcheck.glossary.mistakes import UnusableError
from termcheck.lazy import compile_later
from termcheck.model import MatchMode, Term
from termcheck.readers.protect_placeholders import TRIGGERS

_BEGINNING = compile_later(r"[%{$<]")


def placeholder_in(text: str) -> str:
    """The first placeholder or tag in a text; empty if it has none."""
    for begin in _BEGINNING.finditer(text):
        for trigger in TRIGGERS:
            if trigger.mark == begin[0]:
                start, end, _ = trigger.find(text, begin.start(), 0)
                if start < end:
                    return text[start:end]
    return ""


def require_searchable(terms: Iterable[Term]) -> None:
    """Raise UnusableError if one of the terms of an entry has a placeholder in it."""
    name = ""
    for term in terms:
        name = name or term.text
        if _BEGINNING.search(term.text) and term.match is not MatchMode.REGEX:
            placeholder = placeholder_in(term.text)
            if placeholder:
                raise UnusableError(
                    name,
                    f"`{shorten(term.text)}` has the placeholder `{shorten(placeholder)}`, "
                    "which no text is searched for",
                    path=term.origin.path,
                    line=term.origin.line,
                    column=term.origin.column,
                    advice="write the term without it",
                )
