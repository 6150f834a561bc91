"""`termcheck check`: from parsed arguments to an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck.cli import CLEAN
from termcheck.cli.baselines import with_baseline, with_baseline_written
from termcheck.cli.commands import show_settings
from termcheck.cli.flags import settings_of
from termcheck.cli.inputs import discovered
from termcheck.cli.outputs import (
    deliver,
    file_named,
    planned_outputs,
    render_options,
    require_untouched,
    told,
)
from termcheck.cli.progress import clear_progress, pace_line

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Found, Job
    from termcheck.model import Report


def check(options: argparse.Namespace) -> int:
    """`termcheck check`, once or until interrupted."""
    if options.watch:
        from termcheck.cli.watch import watch

        return watch(options, _check, used=_used, written=_written)
    return _check(options)


def _used(options: argparse.Namespace) -> Iterator[str]:
    """The glossaries and the config file that a check reads."""
    settings = settings_of(options)
    yield from filter(None, [settings.config_path, settings.baseline])
    for job in discovered(options, settings).jobs:
        yield from job.glossaries


def _written(options: argparse.Namespace) -> Iterator[str]:
    """The files that a check writes."""
    yield from (output.path for output in settings_of(options).outputs)
    yield file_named(options)
    yield options.write_baseline or ""


def _check(options: argparse.Namespace) -> int:
    settings = with_baseline(settings_of(options), options)
    if options.show_settings:
        return show_settings(options)
    options.unsafe_fixes = settings.unsafe_fixes
    settings = _with_changes(settings)
    found = discovered(options, settings)
    if options.verbose:
        _tell(found, settings)
    if options.show_files:
        return _show_files(found, options)
    from termcheck import engine

    if options.show_pairs:
        return _show_pairs(found, settings, options)
    outputs = planned_outputs(settings, options)
    require_untouched(outputs, _read(found, settings))
    if not found.jobs and found.excluded and not found.errors:
        print("All files named are excluded; nothing was checked.", file=sys.stderr)
        return CLEAN

    fixing = settings.fix or settings.fix_only or options.diff or options.add_ignore is not None
    found = _told_unwritable(found, settings, options, fixing=fixing)

    def run(jobs: Sequence[Job]) -> Report:
        # Fixes need whole documents, and a check of all of them.
        partial = not (fixing or options.watch)
        report = engine.check(jobs, settings, pace_line(), whole=fixing, partial=partial)
        clear_progress()
        return engine.with_errors(report, found.errors)

    def give(report: Report) -> int:
        report = with_baseline_written(report, found.jobs, settings, options)
        return deliver(report, outputs, settings, options)

    if not fixing:
        return give(run(found.jobs))
    if options.add_ignore is not None:
        from termcheck.cli.ignoring import check_and_ignore

        return check_and_ignore(found.jobs, settings, options.add_ignore, run, give)
    from termcheck.cli.fixing import check_and_fix

    return check_and_fix(found.jobs, settings, options, run, give)


def _told_unwritable(found: Found, settings: Settings, options: argparse.Namespace, *, fixing: bool) -> Found:
    """The same with an error for each file that fixes are asked of and that cannot have them."""
    if not fixing:
        return found
    from msgspec.structs import replace

    from termcheck.cli.unwritable import unwritable

    return replace(found, errors=(*found.errors, *unwritable(found.jobs, settings, options)))


def _with_changes(settings: Settings) -> Settings:
    """The settings with what changed since the revision that they name, if they name one."""
    if not settings.diff_base:
        return settings
    from msgspec.structs import replace

    from termcheck.changes import changes_since

    return replace(settings, changes=changes_since(settings.diff_base))


def _read(found: Found, settings: Settings) -> Iterator[str]:
    yield settings.config_path
    yield settings.baseline
    for job in found.jobs:
        yield from (job.source_name, job.target_name, *job.glossaries)


def _tell(found: Found, settings: Settings) -> None:
    """For `--verbose`: what is used, on standard error."""
    print(f"config: {settings.config_path or 'none'}", file=sys.stderr)
    for job in found.jobs:
        files = " : ".join(filter(None, (job.source_name, job.target_name)))
        print(f"file: {files} (glossary: {', '.join(job.glossaries)})", file=sys.stderr)


def _show_files(found: Found, options: argparse.Namespace) -> int:
    for job in found.jobs:
        print(" : ".join(filter(None, (job.source_name, job.target_name))))
    return told(found.errors, options)


def _show_pairs(found: Found, settings: Settings, options: argparse.Namespace) -> int:
    from termcheck import engine
    from termcheck.report import render_pairs

    notices: list[str] = []
    errors = list(found.errors)
    for bitext in engine.pairs(found.jobs, settings, notices):
        print(render_pairs(bitext, render_options(options)), end="")
        errors += engine.row_errors(bitext)
    for notice in notices:
        print(f"notice: {notice}", file=sys.stderr)
    return told(errors, options)
