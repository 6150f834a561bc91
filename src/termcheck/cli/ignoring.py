"""`--add-ignore`: writes a comment above each paragraph with findings, so that a check of it is clean.

Each text is checked with its comments before it is written: it must be read as before, with nothing left
but what no comment can silence. Where that fails it stays as it is, and that is told.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli.streams import replace_file
from termcheck.engine.prepare import read_bytes
from termcheck.fix import apply
from termcheck.model import Finding, Report, TermcheckError
from termcheck.report.summary import plural
from termcheck.suppress.additions import can_have_comments, silencing

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Job

Check = Callable[[Sequence["Job"]], Report]

_INSTEAD = "set `per-file-ignores`, write a baseline, or give the entry of the glossary an `ignore`"


def check_and_ignore(
    jobs: Sequence[Job], settings: Settings, reason: str, check: Check, deliver: Callable[[Report], int]
) -> int:
    """Write comments for what a check finds, say where, and report what is left; gives the exit code."""
    report = check(jobs)
    errors: list[TermcheckError] = []
    for job in jobs:
        try:
            _silence(job, report, settings, reason, check)
        except TermcheckError as error:
            errors.append(error)
    left = check(jobs)
    return deliver(replace(left, errors=(*left.errors, *errors)))


def _silence(job: Job, report: Report, settings: Settings, reason: str, check: Check) -> None:
    """Silence the findings of one text, or of the translation of two parallel ones."""
    name, path, which = job.source_name, str(job.source), "data"
    if job.target is not None:
        name, path, which = job.target_name, str(job.target), "target_data"
    found = [finding for finding in report.findings if finding.location.path == name]
    document = report.documents.get(name)
    if not found or document is None:
        return
    if getattr(job, which) is not None or not can_have_comments([document]):
        raise TermcheckError("no comment can be written into this", path=name, advice=_INSTEAD)
    data = read_bytes(path, name, None)
    written = apply(data, name, settings.encoding, silencing(document, found, reason)).data
    if written == data:
        return
    before, after = check([job]), check([replace(job, **{which: written})])
    if after.coverage.pairs != before.coverage.pairs or _told(after.findings) - _told(before.findings):
        raise TermcheckError(
            "would be read otherwise with comments in it, so nothing was written", path=name, advice=_INSTEAD
        )
    replace_file(path, written, expected=data)
    count = len(before.findings) - len(after.findings)
    print(f"Silenced {plural(count, 'finding')} in {name}", file=sys.stderr)


def _told(findings: Sequence[Finding]) -> set[tuple[str, str, str]]:
    return {(one.code, one.message, one.location.text) for one in findings}
