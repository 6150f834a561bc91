"""The result of checking one unit, as a plain value that a worker process can send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from termcheck.engine.notices import FileNotice
from termcheck.engine.prepare import passed_over
from termcheck.jobs import Job
from termcheck.model import Document, Finding, GlossaryUse, Silenced, TermcheckError
from termcheck.model.report import PairedByPath
from termcheck.readers import NotBilingualError
from termcheck.rules.term_usage import Outcomes


class UnitResult(Struct, frozen=True):
    """The result of one unit; results add up to a report.

    Findings and `silenced` have no confidence yet, because it depends on what the whole run does with a term;
    `outcomes` add up to that. `files` are the names of the files read. `seen` are the ids of the checked
    concepts that occur, None if none could be checked. `unread` counts the faulty rows not among `errors`.
    By path, `documents` are the texts to quote, empty where there is nothing to quote, and `languages` the
    source and target language. `unchanged` counts the findings left out because nobody changed their pair.
    `paired` are the source segments in pairs, for fixing. `left_out` counts, by file, the texts that are not
    checked because of their state.
    """

    use: GlossaryUse = GlossaryUse()
    findings: tuple[Finding, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    outcomes: Outcomes = field(default_factory=Counter)
    files: tuple[str, ...] = ()
    pairs: int = 0
    unpaired: int = 0
    seen: frozenset[str] | None = None
    errors: tuple[TermcheckError, ...] = ()
    unread: int = 0
    notices: tuple[FileNotice, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    unchanged: int = 0
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    paired: PairedByPath = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def failed(job: Job, error: TermcheckError) -> UnitResult:
    """The result of a job that cannot be checked: an error, or only a notice if nobody named the file."""
    notice = passed_over(job, error)
    if notice:
        return UnitResult(notices=(notice,))
    return UnitResult(errors=(error.mistake if isinstance(error, NotBilingualError) else error,))
