"""The result of checking one unit, as a plain value that a worker process can send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from termcheck.discovery import Job
from termcheck.engine.notices import FileNotice
from termcheck.engine.prepare import passed_over
from termcheck.model import Document, Finding, Silenced, TermcheckError
from termcheck.readers import NotBilingualError
from termcheck.rules.term_usage import Outcomes


class UnitResult(Struct, frozen=True):
    """The result of one unit; results add up to a report.

    Findings and `silenced` have no confidence yet, because it depends on what the whole run does with a term;
    `outcomes` add up to that. `terms` counts the concepts that were checked, None if none could be; `seen`
    are the ids of the concepts that occur. `unread` counts the faulty rows not among `errors`. By path,
    `documents` are the texts to quote, empty where there is nothing to quote, and `languages` the source and
    target language. `unchanged` counts the findings left out because nobody changed their pair.
    """

    glossaries: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    outcomes: Outcomes = field(default_factory=Counter)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    terms: int | None = None
    seen: frozenset[str] = frozenset()
    errors: tuple[TermcheckError, ...] = ()
    unread: int = 0
    notices: tuple[FileNotice, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    unchanged: int = 0
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def failed(job: Job, error: TermcheckError) -> UnitResult:
    """The result of a job that cannot be checked: an error, or only a notice if nobody named the file."""
    notice = passed_over(job, error)
    if notice:
        return UnitResult(notices=(notice,))
    return UnitResult(errors=(error.mistake if isinstance(error, NotBilingualError) else error,))
