"""Where a report goes: several formats in one run, each to a file or to standard output.

What can be known to fail is refused before the texts are read, for a check may take minutes; and a file
is written whole or not at all.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck import __version__
from termcheck.cli import CLEAN, FINDINGS, INTERRUPTED, MISTAKE
from termcheck.cli.streams import print_error, use_color, write_whole
from termcheck.cli.surroundings import (
    append_job_summary,
    documentation_address,
    repository_root,
    under_github,
)
from termcheck.globs import absolute_path
from termcheck.model import Report, TermcheckError, count_findings

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.report import Output, RenderOptions

Summary = Callable[[Report, "RenderOptions"], str]


def planned_outputs(settings: Settings, options: argparse.Namespace) -> tuple[Output, ...]:
    """The outputs of a run, at most one of them to standard output, which has an empty path.

    Raises TermcheckError for those that cannot be had: two on standard output, a path named twice or
    not to be written to, statistics in a format that has none.
    """
    from termcheck.report import Output

    outputs = settings.outputs or (Output(_default_format(options)),)
    named = file_named(options)
    unnamed = [output.format for output in outputs if not output.path]
    if len(unnamed) > 1:
        raise TermcheckError(
            f"two formats, {unnamed[0]} and {unnamed[1]}, cannot both go to " + (named or "standard output"),
            advice=f"give one of them a file of its own: --output-format {unnamed[1]}:FILE",
        )
    if named and not unnamed:
        raise TermcheckError(
            f"--output-file: no format is left to go to {named}",
            advice=f"name it in one place: --output-format {outputs[-1].format}:{named}",
        )
    planned = tuple(Output(output.format, output.path or named) for output in outputs)
    if options.statistics:
        _require_statistics(planned)
    if paths := _paths(planned):
        from termcheck.cli.writable import require_all_writable

        require_all_writable(paths)
    return planned


def require_untouched(outputs: Sequence[Output], read: Iterable[str]) -> None:
    """Raise TermcheckError if an output would take the place of a file that is read."""
    if paths := _paths(outputs):
        from termcheck.cli.writable import require_none_read

        require_none_read(paths, read)


def _paths(outputs: Sequence[Output]) -> list[str]:
    return [output.path for output in outputs if output.path]


def deliver(
    report: Report,
    outputs: Sequence[Output],
    settings: Settings,
    options: argparse.Namespace,
    *,
    of_glossaries: bool = False,
) -> int:
    """Write the outputs, print summary and errors; the exit code says the worst of all.

    A file that cannot be written keeps no other from being written.
    """
    from termcheck.report import render_glossary_summary, render_summary

    summary = render_glossary_summary if of_glossaries else render_summary
    failed = list(_written(report, outputs, options, summary))
    # Quiet or not, a run that checked nothing does not pass for a clean one.
    unchecked = not (report.coverage.pairs or report.findings or report.errors or of_glossaries)
    if unchecked or not options.quiet:
        _print_summary(report, outputs, options, summary)
    _print_limits(report, outputs)
    code = told((*report.errors, *failed), options)
    return code or _exit_code(report, settings, options)


def _written(
    report: Report, outputs: Sequence[Output], options: argparse.Namespace, summary: Summary
) -> Iterator[TermcheckError]:
    """Write all outputs, and give what went wrong with some."""
    from termcheck.report import FORMATS, pieces

    for output in outputs:
        how = render_options(options, to_file=bool(output.path))
        if FORMATS[output.format].links:
            how = replace(how, documentation=documentation_address())
        try:
            put(pieces(report, output.format, how), output.path)
            if output.format == "github":
                append_job_summary(report, summary, replace(how, color=False))
        except TermcheckError as error:
            yield error


def _print_summary(
    report: Report, outputs: Sequence[Output], options: argparse.Namespace, summary: Summary
) -> None:
    from termcheck.report import FORMATS

    # What programs read must hold nothing but the report.
    for_people = any(FORMATS[output.format].text and not output.path for output in outputs)
    stream = sys.stdout if for_people and not options.quiet else sys.stderr
    print(summary(report, render_options(options, to_file=not for_people)), end="", file=stream)


def _print_limits(report: Report, outputs: Sequence[Output]) -> None:
    """What the readers of some format will not show is no secret, however quiet the run."""
    from termcheck.report import limits

    for output in outputs:
        for limit in limits(report, output.format):
            print(f"notice: {output.path or output.format}: {limit}", file=sys.stderr)


def render_options(options: argparse.Namespace, *, to_file: bool = False) -> RenderOptions:
    """How to render for standard output, or for a file, which has no colours."""
    from termcheck.report import RenderOptions

    here = absolute_path(".")
    return RenderOptions(
        color=not to_file and use_color(options.color, sys.stdout),
        width=_width(),
        statistics=getattr(options, "statistics", False),
        version=__version__,
        root=repository_root(here),
        here=here,
        # GitHub does not heed what a file says of suppression, and would show these as open alerts.
        silenced=not under_github(),
        unsafe_fixes=getattr(options, "unsafe_fixes", False),
    )


def file_named(options: argparse.Namespace) -> str:
    """What `--output-file` names; empty if that is standard output, or if it is not given.

    Raises TermcheckError if the name is empty, as that of a variable that is not set.
    """
    named: str | None = options.output_file
    if named is None or named == "-":
        return ""
    if not named.strip():
        raise TermcheckError("--output-file: is empty", advice="name a file, or leave the flag out")
    return named


def put(pieces: Iterable[str], path: str) -> None:
    """Write the pieces of a text whole into a file, or print them if the path is empty."""
    if path:
        write_whole(path, pieces)
    else:
        sys.stdout.writelines(pieces)


def told(errors: Sequence[TermcheckError], options: argparse.Namespace) -> int:
    """Print errors; the exit code that they ask for."""
    for error in errors:
        print_error(error, options.color)
    return MISTAKE if errors else CLEAN


def _width() -> int:
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return 100
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _default_format(options: argparse.Namespace) -> str:
    if file_named(options):
        return "concise"
    if under_github() and not options.statistics:
        return "github"
    return "full" if sys.stdout.isatty() else "concise"


def _require_statistics(outputs: Sequence[Output]) -> None:
    from termcheck.report import FORMATS

    for output in outputs:
        if not FORMATS[output.format].statistics:
            able = ", ".join(name for name, format_ in FORMATS.items() if format_.statistics)
            raise TermcheckError(
                f"--statistics: the format {output.format} has none", advice=f"formats that do: {able}"
            )


def _exit_code(report: Report, settings: Settings, options: argparse.Namespace) -> int:
    if report.interrupted:
        return INTERRUPTED
    failing = any(severity.rank >= settings.fail_on.rank for severity, _ in count_findings(report.findings))
    return FINDINGS if failing and not options.exit_zero else CLEAN
