"""Run `termcheck check` with parsed arguments and return the exit code."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli import CLEAN
from termcheck.cli.console import say
from termcheck.cli.inputs import configurations_of, discovered, settings_of
from termcheck.cli.outputs import (
    deliver,
    output_file,
    planned_outputs,
    print_errors,
    require_untouched,
)
from termcheck.cli.piped_text import decide_return, with_text_back
from termcheck.cli.progress import announce_indexing, clear_progress, pace_line

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Found, Job
    from termcheck.model import Report
    from termcheck.report import Output

# A text of fewer bytes fits into any memory.
_SMALL = 8 << 20


def check(args: argparse.Namespace) -> int:
    """`termcheck check`, once or until interrupted."""
    if args.watch:
        from termcheck.cli.watch import watch

        checked = functools.partial(with_text_back, check=_check)
        return watch(args, checked, read=_files_read, written=_files_written, walked=_walked)
    return with_text_back(args, _check)


def _files_read(args: argparse.Namespace) -> Iterator[str]:
    """The config files, the baseline, the texts and the glossaries that a check reads."""
    found, settings = discovered(args, configurations_of(args))
    yield from _configured(settings)
    for job in found.jobs:
        yield from filter(None, (str(job.source), str(job.target or ""), *job.glossaries))


def _walked(args: argparse.Namespace) -> Callable[[str, str], bool]:
    """Whether a check goes to a file below a directory, by the configurations as they are now."""
    from termcheck.scope import is_reached

    return functools.partial(is_reached, scope_at=configurations_of(args).scopes())


def _files_written(args: argparse.Namespace) -> Iterator[str]:
    """The files that a check writes, some of them perhaps empty."""
    yield from (output.path for output in settings_of(args).outputs)
    yield output_file(args)
    yield args.write_baseline or ""


def _check(args: argparse.Namespace) -> int:
    if args.show_settings:
        from termcheck.cli.config import show_settings

        return show_settings(args)
    configurations = configurations_of(args)
    if args.write_baseline is not None or args.extend_baseline:
        from termcheck.cli.baselines import require_baseline

        require_baseline(configurations.run, args)
    args.unsafe_fixes = configurations.run.unsafe_fixes
    decide_return(args, configurations.run)
    found, settings = discovered(args, configurations)
    if args.write_baseline is not None:
        from termcheck.cli.baselines import with_baseline

        settings = with_baseline(settings, args)
    settings = _with_changes(settings, found)
    if args.verbose:
        _print_inputs(found, settings)
    if args.show_files:
        from termcheck.cli.show import show_files

        return show_files(found, args)
    if args.show_pairs is not None:
        from termcheck.cli.show import show_pairs

        return show_pairs(found, settings, args)
    return _check_texts(found, settings, args)


def _check_texts(found: Found, settings: Settings, args: argparse.Namespace) -> int:
    outputs = planned_outputs(settings, args)
    require_untouched(outputs, _inputs(found, settings))
    if not found.jobs and found.excluded and not found.errors:
        say("All files named are excluded; nothing was checked.")
        return CLEAN

    if args.add_ignore is not None:
        # Each paragraph needs a comment of its own.
        settings = settings.with_fields(unpaired="each")
    fixing = settings.fix or settings.fix_only or args.diff or args.add_ignore is not None
    if fixing and found.faulty and not args.diff:
        # Whether a text is to be changed may depend on any of them.
        say("Nothing was changed, because a configuration is faulty.")
        return print_errors(found.errors, args)
    if fixing:
        settings = settings.with_fields(fix=True)
        found = _with_unfixable_files(found, settings, args)
    return _check_jobs(found, settings, outputs, args, fixing=fixing)


def _check_jobs(
    found: Found, settings: Settings, outputs: Sequence[Output], args: argparse.Namespace, *, fixing: bool
) -> int:
    from termcheck import engine

    if any(engine.size_of(job) > _SMALL for job in found.jobs):
        from termcheck.cli.memory import warn_of_memory

        warn_of_memory(found.jobs, settings, _SMALL)

    def run_check(jobs: Sequence[Job]) -> Report:
        # Fixes need whole documents, and every document checked again.
        partial = not (fixing or args.watch)
        announce_indexing()
        report = engine.check(
            jobs, settings, pace_line(), whole=fixing, partial=partial, fold_notices=not args.verbose
        )
        clear_progress()
        return engine.with_found(report, found)

    def deliver_report(report: Report) -> int:
        if args.write_baseline is not None and report.interrupted:
            say(f"Baseline {args.write_baseline}: not written, because the check was interrupted.")
        elif args.write_baseline is not None:
            from termcheck.cli.baselines import with_baseline_written

            report = with_baseline_written(report, found.jobs, settings, args)
        return deliver(report, outputs, settings, args)

    if not fixing:
        return deliver_report(run_check(found.jobs))
    if args.add_ignore is not None:
        from termcheck.cli.ignoring import check_and_ignore

        return check_and_ignore(found.jobs, settings, args, run_check, deliver_report)
    from termcheck.cli.fixing import check_and_fix

    return check_and_fix(found.jobs, settings, args, run_check, deliver_report)


def _with_unfixable_files(found: Found, settings: Settings, args: argparse.Namespace) -> Found:
    """The same with an error for each file that the user wants fixed, but that cannot be written into."""
    from termcheck.cli.writable import unfixable_files

    return replace(found, errors=(*found.errors, *unfixable_files(found.jobs, settings, args)))


def _with_changes(settings: Settings, found: Found) -> Settings:
    """The settings with the changes since their `diff_base`, if they have one."""
    if not settings.diff_base:
        return settings
    from termcheck.changes import changes_since

    texts = (str(path) for job in found.jobs for path in (job.source, job.target) if path is not None)
    glossaries = {path for job in found.jobs for path in job.glossaries}
    changes = changes_since(settings.diff_base, texts, glossaries)
    return settings.with_fields(changes=changes)


def _configured(settings: Settings) -> Iterator[str]:
    """The files that hold the settings, and the baselines that they name."""
    for each in (settings, *settings.nested.values()):
        yield from filter(None, (each.config_path, *each.extended, each.baseline))


def _inputs(found: Found, settings: Settings) -> Iterator[str]:
    yield from _configured(settings)
    for job in found.jobs:
        yield from (job.source_name, job.target_name, *job.glossaries)


def _print_inputs(found: Found, settings: Settings) -> None:
    """For `--verbose`: the files that the run reads, on standard error."""
    for each in (settings, *settings.nested.values()):
        extends = f" (extends {', '.join(each.extended)})" if each.extended else ""
        say(f"config: {each.config_path or 'none'}{extends}")
        if each.baseline:
            say(f"baseline: {each.baseline}")
    for job in found.jobs:
        files = " : ".join(filter(None, (job.source_name, job.target_name)))
        languages = " to ".join(filter(None, (job.source_lang, job.target_lang)))
        more = f"; languages: {languages}" if languages else ""
        if settings.nested:
            more += f"; config: {job.config or 'none'}"
        say(f"file: {files} (glossary: {', '.join(job.glossaries)}{more})")
