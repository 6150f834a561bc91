"""`--add-ignore`: write a comment above each paragraph with findings, so that the next check is clean.

Each text is checked with its comments before it is written. It must be read as before, and only findings
that no comment can silence may be left. Otherwise the text stays unchanged, and an error says so.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli.console import say
from termcheck.cli.streams import OTHER_NAMES, replace_file
from termcheck.cli.write_scope import WriteScope
from termcheck.engine.prepare import read_bytes
from termcheck.fix import apply
from termcheck.interrupts import held
from termcheck.model import Finding, Report, TermcheckError
from termcheck.readers import as_comment
from termcheck.report.summary import plural
from termcheck.suppress.edits import silencing_fixes

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Job

Check = Callable[[Sequence["Job"]], Report]

_INSTEAD = "set `per-file-ignores`, write a baseline, or give the entry of the glossary an `ignore`"


def check_and_ignore(
    jobs: Sequence[Job],
    settings: Settings,
    args: argparse.Namespace,
    check: Check,
    deliver: Callable[[Report], int],
) -> int:
    """Write comments for the findings, say where, and report the findings left; gives the exit code."""
    report = check(jobs)
    scope_of = functools.cache(lambda config: WriteScope.of(settings, config, args))
    errors: list[TermcheckError] = []
    for job in jobs:
        own = settings.of(job.config)
        try:
            _silence(job, report, own, args.add_ignore, check, scope_of(job.config))
        except TermcheckError as error:
            errors.append(error)
    left = check(jobs)
    return deliver(replace(left, errors=(*left.errors, *errors)))


def _silence(
    job: Job, report: Report, settings: Settings, reason: str, check: Check, scope: WriteScope
) -> None:
    """Silence the findings of one text, or of the translation of two parallel ones."""
    name, path, which = job.source_name, str(job.source), "data"
    if job.target is not None:
        name, path, which = job.target_name, str(job.target), "target_data"
    found = [finding for finding in report.findings if finding.location.path == name]
    document = report.documents.get(name)
    if not found or document is None:
        return
    if getattr(job, which) is not None or not as_comment(document, ""):
        raise TermcheckError("no comment can be written into this", path=name, advice=_INSTEAD)
    scope.require(path, name)
    data = read_bytes(path, name, None)
    written = apply(data, name, settings.encoding, silencing_fixes(document, found, reason)).data
    if written == data:
        return
    before, after = check([job]), check([replace(job, **{which: written})])
    if after.coverage.pairs != before.coverage.pairs or _identities(after.findings) - _identities(
        before.findings
    ):
        raise TermcheckError(
            "would be read otherwise with comments in it, so nothing was written", path=name, advice=_INSTEAD
        )
    count = len(before.findings) - len(after.findings)
    with held():
        links = replace_file(path, written, expected=data)
        say(f"Silenced {plural(count, 'finding')} in {name}")
    if links > 1:
        say(f"{name}: {OTHER_NAMES}", kind="notice")


def _identities(findings: Sequence[Finding]) -> set[tuple[str, str, str]]:
    return {(finding.code, finding.message, finding.location.text) for finding in findings}
