"""What the checks found, job by job, and what each file shall show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from termcheck.globs import absolute_path
from termcheck.jobs import Job
from termcheck.model import Finding, Report, TermcheckError

JobKey = tuple[str, str]
"""The absolute paths of the source and the target of a job."""


class Result(Struct):
    """The findings and errors of one job, by the absolute path of the file they are in.

    `texts` are the texts as they were checked, where somebody may ask for their lines.
    """

    findings: dict[str, list[Finding]]
    errors: dict[str, list[TermcheckError]]
    texts: dict[str, str]
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, paths: Iterable[str]) -> Result:
        """The result of a report, with what concerns the files at these absolute paths only."""
        result = cls({path: [] for path in paths}, {}, {}, report.notices)
        for finding in report.findings:
            found = result.findings.get(absolute_path(finding.location.path))
            if found is not None:
                found.append(finding)
        result.add_errors(report.problems)
        for name, document in report.documents.items():
            result.texts[absolute_path(name)] = document.raw
        return result

    def add_errors(self, errors: Iterable[TermcheckError]) -> None:
        """Add errors: each to its own file, or to all of them if it is in none."""
        for error in errors:
            path = absolute_path(error.path) if error.path else ""
            for shown in [path] if path in self.findings else self.findings:
                self.errors.setdefault(shown, []).append(error)


class Results:
    """The results of all jobs; a file may be in several of them."""

    def __init__(self) -> None:
        self._by_job: dict[JobKey, Result] = {}

    def put(self, key: JobKey, result: Result) -> None:
        """Replace the result of a job."""
        self._by_job[key] = result

    def get(self, key: JobKey) -> Result | None:
        """The last result of a job."""
        return self._by_job.get(key)

    @property
    def jobs(self) -> list[JobKey]:
        """The keys of all jobs."""
        return list(self._by_job)

    def keep(self, path: str, keys: Iterable[JobKey]) -> set[str]:
        """Drop the jobs of a file that are not among these; gives the paths of the files they were about."""
        kept, dropped = set(keys), [key for key in self._by_job if path in key]
        paths = {name for key in dropped if key not in kept for name in key if name}
        for key in dropped:
            if key not in kept:
                del self._by_job[key]
        return paths

    def findings(self, path: str) -> list[Finding]:
        """The findings in a file, in order, each once."""
        found = {
            (finding.fingerprint, finding.location, finding.code): finding
            for result in self._of(path)
            for finding in result.findings.get(path, ())
        }
        return sorted(found.values(), key=lambda finding: finding.sort_key)

    def errors(self, path: str) -> list[TermcheckError]:
        """The errors in a file, each once."""
        found = {str(error): error for result in self._of(path) for error in result.errors.get(path, ())}
        return list(found.values())

    def text(self, path: str) -> str | None:
        """The text of a file as it was last checked; None if nobody had to quote it."""
        return next((result.texts[path] for result in self._of(path) if result.texts.get(path)), None)

    def _of(self, path: str) -> Iterator[Result]:
        return (result for key, result in self._by_job.items() if path in key)


def key_of(job: Job) -> JobKey:
    """The key of a job."""
    return absolute_path(job.source_name), absolute_path(job.target_name) if job.target_name else ""
