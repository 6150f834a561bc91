"""Run the pipeline over all texts and gather what it gives into one report."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.collect import Collector
from termcheck.engine.findings import glossary_document, glossary_findings, idle_reason
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import passed_over, prepare
from termcheck.engine.project_paths import ProjectPaths
from termcheck.engine.workers import Progress, check_all
from termcheck.model import Bitext, Coverage, Report, TermcheckError
from termcheck.readers import NotBilingualError
from termcheck.rules import GLOSSARY_CHECKS

if TYPE_CHECKING:
    from termcheck.baseline import Baseline


def check(
    jobs: Sequence[Job],
    settings: Settings,
    progress: Progress | None = None,
    *,
    whole: bool = False,
    partial: bool = False,
) -> Report:
    """Check all jobs, in as many processes as the settings say and the texts are worth.

    Errors of files and of glossaries are kept in the report, a baseline that cannot be read raises
    TermcheckError. The report is the same for any number of processes.
    If `whole`, no file is read in stretches, however big: each has its document in the report. If `partial`,
    an interrupt ends the run with a report of what was checked, if anything was.
    """
    glossaries = Glossaries(settings)
    gathered = Collector(settings, glossaries, ProjectPaths(jobs, settings), _baseline(settings))
    with contextlib.closing(check_all(jobs, settings, glossaries, progress, whole=whole)) as results:
        try:
            for checked in results:
                gathered.add(checked)
        except KeyboardInterrupt:
            if not (partial and gathered.pairs):
                raise
            gathered.interrupted = True
    return gathered.report()


def _baseline(settings: Settings) -> Baseline | None:
    if not settings.baseline:
        return None
    from termcheck.engine.baseline_filter import read_baseline

    return read_baseline(settings.baseline)


def check_glossary(paths: Sequence[str], settings: Settings) -> Report:
    """Check the glossary files themselves, merged as a check of texts would merge them."""
    found = Glossaries(settings).loaded(tuple(paths))
    findings = list(glossary_findings(found, settings, GLOSSARY_CHECKS))
    documents = {path: glossary_document(path) for path in found.glossary.paths}
    coverage = Coverage(files=len(documents), terms=len(found.glossary.concepts))
    idle, notices = idle_reason(settings, of_glossaries=True)
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Report(ordered, coverage, documents, notices, idle=idle, of_glossaries=True)


def with_errors(report: Report, errors: Sequence[TermcheckError]) -> Report:
    """The report with what went wrong before any file was opened."""
    return replace(report, errors=(*errors, *report.errors))


def pairs(jobs: Sequence[Job], settings: Settings, notices: list[str]) -> Iterator[Bitext]:
    """How each job's paragraphs pair up, for people who wonder; adds to the notices."""
    glossaries = Glossaries(settings)
    for job in jobs:
        if job.missing:
            continue
        try:
            yield prepare(job, settings, glossaries).bitext
        except NotBilingualError as error:
            notice = passed_over(job, error)
            if not notice:
                raise
            notices.append(notice)
