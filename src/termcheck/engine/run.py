"""Run the pipeline over all texts and gather what it gives into one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.findings import findings_of, glossary_document, glossary_findings, idle_reason
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import Prepared, passed_over, prepare, row_errors
from termcheck.engine.verdicts import judge
from termcheck.matching.judge import JudgedPair
from termcheck.model import (
    Bitext,
    Coverage,
    Document,
    Finding,
    Report,
    TermcheckError,
)
from termcheck.readers import NotBilingualError
from termcheck.rules import (
    GLOSSARY_CHECKS,
    conflicting_rendering,
    noisy_entry,
    unmatched_term,
    unpaired_file,
)
from termcheck.rules.confidence import weighed
from termcheck.rules.usage import Outcomes, outcomes, usages

Progress = Callable[[int, int], None]


def check(jobs: Sequence[Job], settings: Settings, progress: Progress | None = None) -> Report:
    """Check all jobs; errors of files and of glossaries are kept in the report."""
    run = _Run(settings, Glossaries(settings))
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        try:
            run.check(job)
        except TermcheckError as error:
            notice = passed_over(job, error)
            if notice:
                run.notices.append(notice)
            # What is wrong with a glossary is wrong for every file, and said once.
            elif error not in run.errors:
                run.errors.append(error)
    return run.report()


def check_glossary(paths: Sequence[str], settings: Settings) -> Report:
    """Check the glossary files themselves, merged as a check of texts would merge them."""
    found = Glossaries(settings).loaded(tuple(paths))
    findings = list(glossary_findings(found, settings, GLOSSARY_CHECKS))
    documents = {path: glossary_document(path) for path in found.glossary.paths}
    coverage = Coverage(files=len(documents), terms=len(found.glossary.concepts))
    idle, notices = idle_reason(settings, of_glossaries=True)
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Report(ordered, coverage, documents, notices, idle=idle)


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


class _Run(Struct):
    """What a run has gathered so far."""

    settings: Settings
    glossaries: Glossaries
    findings: list[Finding] = field(default_factory=list)
    # By the glossaries they come from: their weight depends on what the whole run does with a term.
    unweighed: dict[tuple[str, ...], list[Finding]] = field(default_factory=dict)
    outcomes: dict[tuple[str, ...], Outcomes] = field(default_factory=dict)
    errors: list[TermcheckError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    terms: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def check(self, job: Job) -> None:
        """Check one job and add what it gives."""
        if job.missing:
            self.files += 1
            if self.settings.selection.enabled(unpaired_file.RULE, job.source_name):
                finding = unpaired_file.finding(job.source_name, job.missing)
                self.findings.append(
                    replace(finding, severity=self.settings.selection.severity(unpaired_file.RULE))
                )
            return
        prepared = prepare(job, self.settings, self.glossaries)
        self.errors += row_errors(prepared.bitext)
        judged = judge(prepared)
        self._count(job, prepared, judged)
        for document in (prepared.bitext.source, prepared.bitext.target):
            self.documents[document.path] = document
        self.unweighed.setdefault(job.glossaries, []).extend(findings_of(prepared, judged, self.settings))
        self.outcomes.setdefault(job.glossaries, Counter()).update(outcomes(judged))

    def _count(self, job: Job, prepared: Prepared, judged: Sequence[JudgedPair]) -> None:
        whole = [one for one in judged if one.whole]
        self.files += 2 if job.target else 1
        self.pairs += len(whole)
        self.unpaired += sum(len(one.pair.source) + len(one.pair.target) for one in judged) - sum(
            len(one.pair.source) + len(one.pair.target) for one in whole
        )
        terms = self.terms.setdefault(job.glossaries, prepared.compiled.checked)
        seen = {match.concept.id for one in whole for match in one.source}
        self.seen.setdefault(job.glossaries, set()).update(seen & terms)
        if not whole and not row_errors(prepared.bitext):
            languages = f"{prepared.compiled.source_lang} and {prepared.compiled.target_lang}"
            self.notices.append(f"{job.source_name}: no pairs of {languages} paragraphs, nothing was checked")

    def _check_glossaries(self) -> None:
        """What a run of texts says of its glossaries: contradictions, terms never met or never rendered."""
        for paths, seen in self.seen.items():
            found = self.glossaries.loaded(paths)
            checks = {rule.RULE: rule.check for rule in (unmatched_term, conflicting_rendering, noisy_entry)}
            if not found.conflicts:
                # What is wrong within one file is for `glossary check` to say.
                del checks[conflicting_rendering.RULE]
            usage = usages(self.outcomes[paths])
            said = list(glossary_findings(found, self.settings, checks, frozenset(seen), usage))
            self.findings += said
            self.documents |= {
                path: glossary_document(path) for path in {finding.location.path for finding in said}
            }

    def _weigh(self) -> None:
        """Give the findings on texts their confidence, and drop those that have too little."""
        least = self.settings.min_confidence
        hidden = 0
        for paths, findings in self.unweighed.items():
            for finding in weighed(findings, usages(self.outcomes[paths])):
                if finding.confidence is None or finding.confidence.rank >= least.rank:
                    self.findings.append(finding)
                else:
                    hidden += 1
        if hidden:
            self.notices.append(
                f"findings of lower confidence, not shown: {hidden} (`--min-confidence low` shows all)"
            )

    def report(self) -> Report:
        """The findings in order, with what was covered."""
        self._weigh()
        self._check_glossaries()
        terms, seen = (sum(map(len, table.values())) for table in (self.terms, self.seen))
        if self.pairs and not seen:
            self.notices.append(
                "no term of the glossary occurs in the source text: is this the right glossary?"
            )
        idle, notices = idle_reason(self.settings, of_glossaries=False)
        self.notices += notices
        coverage = Coverage(self.files, self.pairs, self.unpaired, terms, seen)
        ordered = tuple(sorted(self.findings, key=lambda finding: finding.sort_key))
        return Report(ordered, coverage, self.documents, tuple(self.notices), tuple(self.errors), idle)
