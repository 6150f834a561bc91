"""`--write-baseline` and `--extend-baseline`: write findings to a baseline or remove stale entries.

An existing baseline only shrinks, so that a careless run in CI cannot add new findings to it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli.console import say
from termcheck.cli.streams import write_whole
from termcheck.model import Report, Silenced, SilencedBy, TermcheckError
from termcheck.report.summary import plural

if TYPE_CHECKING:
    from termcheck.baseline import Entry
    from termcheck.config import Settings
    from termcheck.jobs import Job


def require_baseline(settings: Settings, args: argparse.Namespace) -> None:
    """Raise TermcheckError for flags that do not go together, and for a file that cannot be written.

    At least one of the flags `--write-baseline` and `--extend-baseline` must be given.
    """
    path: str | None = args.write_baseline
    if path is None:
        advice = "name the file: --write-baseline FILE --extend-baseline"
        raise TermcheckError("--extend-baseline goes together with --write-baseline", advice=advice)
    if not path.strip():
        raise TermcheckError("--write-baseline: is empty", advice="name a file, or leave the flag out")
    for given, flag in (
        (args.diff, "--diff"),
        (settings.fix_only, "--fix-only"),
        (settings.diff_base, "--diff-base"),
    ):
        if given:
            raise TermcheckError(f"--write-baseline and {flag} do not go together", advice="run them in turn")
    from termcheck.cli.writable import require_writable

    require_writable(path, settings)


def with_baseline(settings: Settings, args: argparse.Namespace) -> Settings:
    """The settings with the baseline to be written, if it exists, instead of the ones that they name."""
    path: str = args.write_baseline
    path = path if os.path.exists(path) else ""  # noqa: PTH110
    return settings.with_fields(baseline=path)


def with_baseline_written(
    report: Report, jobs: Sequence[Job], settings: Settings, args: argparse.Namespace
) -> Report:
    """Write the baseline of a report and say so; gives the report as it is with that baseline."""
    if report.errors:
        message = "not everything could be checked, so the baseline was not written"
        advice = "correct the errors above, or leave those files out"
        error = TermcheckError(message, path=args.write_baseline, advice=advice)
        return replace(report, errors=(*report.errors, error))
    from termcheck.baseline import entry_of, render_baseline
    from termcheck.engine.baseline_filter import read_baseline
    from termcheck.engine.project_paths import ProjectPaths
    from termcheck.rules.stale_baseline import RULE

    findings = tuple(finding for finding in report.findings if finding.code != RULE.code)
    report = replace(report, findings=findings)
    before = read_baseline(settings.baseline) if settings.baseline else None
    kept = {entry for entry in before.entries if entry.fingerprint not in report.stale} if before else set()
    added: set[Entry] = set()
    if before is None or args.extend_baseline:
        written = settings.with_fields(baseline=args.write_baseline)
        in_baseline = ProjectPaths(jobs, written).in_baseline
        added = {entry_of(finding, in_baseline) for finding in report.findings}
        report = _all_known(report)
    text = render_baseline(kept | added)
    if before is None or before.raw.replace("\r\n", "\n") != text:
        write_whole(args.write_baseline, text)
    gone = len(before.entries) - len(kept) if before else 0
    say(_message(args.write_baseline, len(added), gone, len(kept | added)))
    return report


def _all_known(report: Report) -> Report:
    known = (Silenced(finding, SilencedBy.BASELINE) for finding in report.findings)
    return replace(
        report,
        findings=(),
        silenced=tuple(sorted((*report.silenced, *known), key=lambda silenced: silenced.finding.sort_key)),
        coverage=replace(report.coverage, baselined=report.coverage.baselined + len(report.findings)),
    )


def _message(path: str, added: int, gone: int, entries: int) -> str:
    changes = [f"{count} {what}" for count, what in ((added, "added"), (gone, "taken out")) if count]
    changed = ", ".join(changes) or "nothing changed"
    return f"Baseline {path}: {changed}; {plural(entries, 'entry', 'entries')}."
