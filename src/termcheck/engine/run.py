"""Run the pipeline over all texts and collect the results in one report."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.collect import Collector, glossary_report
from termcheck.engine.glossaries import Glossaries, checkable
from termcheck.engine.glossary_rules import findings_on_glossary, glossary_document
from termcheck.engine.notices import FileNotice
from termcheck.engine.prepare import PreparedBitext, passed_over, prepare_job
from termcheck.engine.project_paths import ProjectPaths
from termcheck.engine.workers import Progress, check_all
from termcheck.interrupts import catch_signals
from termcheck.jobs import Found, Job
from termcheck.model import GlossaryUse, Report, TermcheckError
from termcheck.readers import NotBilingualError
from termcheck.readers.unread_kinds import not_read
from termcheck.walking import lead_nowhere, no_files, not_followed

if TYPE_CHECKING:
    from termcheck.baseline import Baseline
    from termcheck.engine.shared_files import SharedFiles


def check(
    jobs: Sequence[Job],
    settings: Settings,
    progress: Progress | None = None,
    *,
    whole: bool = False,
    partial: bool = False,
    fold_notices: bool = False,
    glossaries: Glossaries | None = None,
) -> Report:
    """Check all jobs, in as many processes as the settings allow and the texts are worth.

    The report holds the errors of files and glossaries; a baseline that cannot be read raises TermcheckError.
    The report is the same for any number of processes. `whole`: no file is read in stretches, however big, so
    that the report has every document. `partial`: an interrupt ends the run with a report of what was checked
    until then, unless that is nothing. `fold_notices`: of many notices of one kind the report shows a few.
    `glossaries` are those of an earlier run with the same settings, which need not be loaded again.
    """
    glossaries = glossaries or Glossaries(settings)
    all_jobs = jobs
    jobs, notices = checkable(all_jobs, glossaries)
    names = ProjectPaths(jobs, settings)
    baselines = tuple(_baselines(settings.used(names.configs)))
    collector = Collector(settings, glossaries, names, _shared_files(all_jobs, jobs), baselines, fold_notices)
    collector.notices += map(str, notices)
    with contextlib.closing(check_all(jobs, settings, glossaries, progress, whole=whole)) as results:
        try:
            for result in results:
                catch_signals()  # now there is something to report
                collector.add(result)
        except KeyboardInterrupt:
            if not (partial and collector.pairs):
                raise
            return collector.report(interrupted=True)
    return collector.report()


def _shared_files(jobs: Sequence[Job], checked: Sequence[Job]) -> SharedFiles | None:
    """The files that are halves of several pairs; None if there are none, as in most runs."""
    if all(job.shared == (1, 1) for job in checked):
        return None
    from termcheck.engine.shared_files import SharedFiles

    return SharedFiles.of(jobs, checked)


def _baselines(all_settings: Iterable[Settings]) -> Iterator[Baseline]:
    """The baselines of all configurations, each once."""
    for path in dict.fromkeys(settings.baseline for settings in all_settings if settings.baseline):
        from termcheck.engine.baseline_filter import read_baseline

        yield read_baseline(path)


def check_glossary(paths: Sequence[str], settings: Settings) -> Report:
    """Check the glossary files themselves, merged as a check of texts would merge them."""
    loaded = Glossaries(settings).loaded(GlossaryUse(tuple(paths)))
    findings = list(findings_on_glossary(loaded, settings))
    documents = {path: glossary_document(path, settings) for path in loaded.glossary.paths}
    return glossary_report(findings, documents, loaded.glossary, settings)


def with_found(report: Report, found: Found) -> Report:
    """The report with what was known before any file was opened: errors, and what is not read."""
    return replace(
        report,
        errors=(*found.errors, *report.errors),
        notices=(*report.notices, *notices_on_found(found)),
    )


def notices_on_found(found: Found) -> Iterator[str]:
    """Notices about files that were found but are not read."""
    linked = not_followed(found.linked), lead_nowhere(found.dangling)
    return filter(
        None, (*found.empty, *found.unfit, not_read(found.unread), *linked, no_files(found.special))
    )


def pairs(
    jobs: Sequence[Job], settings: Settings, notices: list[FileNotice], errors: list[TermcheckError]
) -> Iterator[PreparedBitext]:
    """The aligned bitext of each job, for `--show-pairs`; adds to `notices`, and to `errors` once each."""
    glossaries = Glossaries(settings)
    jobs, lacking = checkable(jobs, glossaries)
    notices += lacking
    for job in jobs:
        if job.missing:
            continue
        try:
            prepared = prepare_job(job, settings.of(job.config), glossaries)
        except TermcheckError as error:
            if notice := passed_over(job, error):
                notices.append(notice)
            elif str(error) not in map(str, errors):
                errors.append(error.mistake if isinstance(error, NotBilingualError) else error)
        else:
            yield prepared
