"""`--fix` and `--diff`: fixes are made in memory and checked again until none is left, then written.

Nobody likes files that change behind their back: each one written is named, whatever else is silent. A file
that somebody else changed since it was read is not touched.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.cli import FINDINGS
from termcheck.cli.outputs import told
from termcheck.cli.streams import replace_file
from termcheck.discovery import Job
from termcheck.fix import applicable, apply
from termcheck.model import Finding, Report, TermcheckError
from termcheck.readers.encoding import decode

if TYPE_CHECKING:
    from termcheck.config import Settings

Check = Callable[[Sequence[Job]], Report]
Deliver = Callable[[Report], int]

# Each pass may only make room for the fixes that overlapped; more than that is a fix that undoes another.
_MOST_PASSES = 10


class _File(Struct):
    """A file that fixes change: where it lies (empty for standard input), its bytes then and now."""

    path: str
    before: bytes
    after: bytes
    fixed: int = 0


class _Fixing(Struct):
    """The state of fixing: the jobs with the bytes they have by now, and the files changed so far by name."""

    settings: Settings
    jobs: list[Job]
    files: dict[str, _File] = field(default_factory=dict)
    errors: list[TermcheckError] = field(default_factory=list)

    def run(self, check: Check) -> Report:
        """Check and fix until a check has no more to fix; its report."""
        for _ in range(_MOST_PASSES):
            report = check(self.jobs)
            found: dict[str, list[Finding]] = {}
            for finding in report.findings:
                if applicable(finding, unsafe=self.settings.unsafe_fixes):
                    found.setdefault(finding.location.path, []).append(finding)
            made = [self._fix(name, findings, report) for name, findings in found.items()]
            if not any(made):
                return report
        raise TermcheckError(
            f"fixing did not come to an end in {_MOST_PASSES} passes, so nothing was written",
            path=next(iter(found)),
            advice="two entries of the glossary may each ask for what the other forbids",
        )

    def _fix(self, name: str, findings: Sequence[Finding], report: Report) -> bool:
        """Fix one file in memory; false if that cannot be done, which is then among the errors."""
        for number, job in enumerate(self.jobs):
            side = {job.source_name: "data", job.target_name: "target_data"}.get(name)
            if side is None:
                continue
            try:
                data = self._data(job, side, name)
                if decode(data, name, self.settings.encoding) != report.documents[name].raw:
                    raise _changed(name)
                fixed = apply(data, name, self.settings.encoding, findings)
            except TermcheckError as error:
                if error not in self.errors:
                    self.errors.append(error)
                return False
            self.jobs[number] = replace(job, **{side: fixed.data})
            self.files[name].after = fixed.data
            self.files[name].fixed += len(fixed.findings)
            return bool(fixed.findings)
        return False

    def _data(self, job: Job, side: str, name: str) -> bytes:
        given: bytes | None = getattr(job, side)
        if name not in self.files:
            path = "" if given is not None else str(job.source if side == "data" else job.target)
            data = given if given is not None else Path(path).read_bytes()
            self.files[name] = _File(path, data, data)
        return self.files[name].after


def check_and_fix(
    jobs: Sequence[Job], settings: Settings, options: argparse.Namespace, check: Check, deliver: Deliver
) -> int:
    """Check texts with their fixes applied, and write or show them; the exit code as for a check.

    With `--diff` nothing is written, and 1 means that something would be.
    """
    fixing = _Fixing(settings, list(jobs))
    report = fixing.run(check)
    changed = {name: file for name, file in fixing.files.items() if file.after != file.before}
    if options.diff:
        print("".join(_diff(changed, settings)), end="", flush=True)
        if not options.quiet:
            print(f"Would fix {_counted(changed)}.", file=sys.stderr)
        return told((*report.errors, *fixing.errors), options) or (FINDINGS if changed else 0)
    fixing.errors += [error for name, file in changed.items() for error in _written(name, file)]
    if piped := _standard_input(fixing.jobs, jobs):
        sys.stdout.flush()
        sys.stdout.buffer.write(piped)
        sys.stdout.buffer.flush()
    report = replace(report, errors=(*report.errors, *fixing.errors))
    if settings.fix_only:
        code = told(report.errors, options)
    else:
        # What was piped in is piped out; findings must not be mixed into it.
        with contextlib.redirect_stdout(sys.stderr) if piped else contextlib.nullcontext():
            code = deliver(report)
    return code or (FINDINGS if options.exit_non_zero_on_fix and changed else 0)


def _standard_input(jobs: Sequence[Job], given: Sequence[Job]) -> bytes:
    """What standard input, which comes with its bytes, has become; empty if it is not among the jobs."""
    for job, first in zip(jobs, given, strict=True):
        for now, then in ((job.data, first.data), (job.target_data, first.target_data)):
            if then is not None and now is not None:
                return now
    return b""


def _written(name: str, file: _File) -> Iterator[TermcheckError]:
    """Write a file and say so; the error, if there is one."""
    try:
        if file.path:
            replace_file(file.path, file.after, expected=file.before)
    except TermcheckError as error:
        yield error
    else:
        print(f"Fixed {_findings(file.fixed)} in {name}", file=sys.stderr)


def _changed(name: str) -> TermcheckError:
    return TermcheckError(
        "was changed by somebody else meanwhile, so nothing was fixed", path=name, advice="run it again"
    )


def _diff(changed: dict[str, _File], settings: Settings) -> Iterator[str]:
    for name, file in sorted(changed.items()):
        before, after = (
            decode(data, name, settings.encoding).splitlines(keepends=True)
            for data in (file.before, file.after)
        )
        for line in difflib.unified_diff(before, after, name, name):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _counted(changed: dict[str, _File]) -> str:
    count = sum(file.fixed for file in changed.values())
    return f"{_findings(count)} in {len(changed)} {'file' if len(changed) == 1 else 'files'}"


def _findings(count: int) -> str:
    return f"{count} {'finding' if count == 1 else 'findings'}"
