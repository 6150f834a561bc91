"""Where a report goes: several formats in one run, each to a file or to standard output.

A check may take minutes, so whatever can be known to fail is refused before the texts are read. A file is
written whole or not at all.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck import __version__
from termcheck.cli import CLEAN, FINDINGS, INTERRUPTED, MISTAKE
from termcheck.cli.console import (
    harmless_in,
    say,
    say_error,
    say_lines,
    show,
    show_exactly,
    shows_on_terminal,
    use_color,
)
from termcheck.cli.environment import (
    append_job_summary,
    documentation_address,
    repository_root,
    under_github,
)
from termcheck.cli.streams import write_whole
from termcheck.globs import absolute_path
from termcheck.model import Report, TermcheckError, count_findings

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.report import Output, RenderOptions

Summary = Callable[[Report, "RenderOptions"], str]


def planned_outputs(settings: Settings, args: argparse.Namespace) -> tuple[Output, ...]:
    """The outputs of a run. At most one goes to standard output; its path is empty.

    Raises TermcheckError if two go to standard output or to one file, if a file cannot be written, or if
    a format has no statistics although they are wanted.
    """
    from termcheck.report import Output

    outputs = settings.outputs or (Output(_default_format(args)),)
    file = output_file(args)
    unnamed = [output.format for output in outputs if not output.path]
    if len(unnamed) > 1:
        raise TermcheckError(
            f"two formats, {unnamed[0]} and {unnamed[1]}, cannot both go to " + (file or "standard output"),
            advice=f"give one of them a file of its own: --output-format {unnamed[1]}:FILE",
        )
    if file and not unnamed:
        raise TermcheckError(
            f"--output-file: no format is left to go to {file}",
            advice=f"name it in one place: --output-format {outputs[-1].format}:{file}",
        )
    planned = tuple(Output(output.format, output.path or file) for output in outputs)
    if args.statistics:
        _require_statistics(planned)
    if paths := _paths(planned):
        from termcheck.cli.writable import require_all_writable, require_own_report

        require_all_writable(paths, settings)
        if not args.output_format:
            for path in _paths(outputs):
                require_own_report(path)
    return planned


def require_untouched(outputs: Sequence[Output], read: Iterable[str]) -> None:
    """Raise TermcheckError if an output would overwrite a file that is read."""
    if paths := _paths(outputs):
        from termcheck.cli.writable import require_none_read

        require_none_read(paths, read)


def _paths(outputs: Sequence[Output]) -> list[str]:
    return [output.path for output in outputs if output.path]


def deliver(
    report: Report,
    outputs: Sequence[Output],
    settings: Settings,
    args: argparse.Namespace,
    *,
    of_glossaries: bool = False,
) -> int:
    """Write the outputs, print summary and errors, and give the exit code of the worst of all.

    A file that cannot be written does not keep the others from being written.
    """
    from termcheck.report import render_glossary_summary, render_summary

    summary = render_glossary_summary if of_glossaries else render_summary
    failed = list(_written(report, outputs, args, summary))
    # Even a quiet run says that it checked nothing, because it would pass for a clean one.
    unchecked = not (report.coverage.pairs or report.findings or report.errors or of_glossaries)
    if unchecked or not args.quiet:
        _print_summary(report, outputs, args, summary)
    _print_limits(report, outputs)
    code = print_errors((*report.errors, *failed), args)
    return code or _exit_code(report, settings, args)


def _written(
    report: Report, outputs: Sequence[Output], args: argparse.Namespace, summary: Summary
) -> Iterator[TermcheckError]:
    """Write all outputs, and give an error for each that could not be written."""
    from termcheck.report import FORMATS, pieces

    for output in outputs:
        options = render_options(args, to_file=bool(output.path))
        if FORMATS[output.format].links:
            options = replace(options, documentation=documentation_address())
        try:
            write_text(pieces(report, output.format, options), output.path, FORMATS[output.format].notation)
            if output.format == "github":
                append_job_summary(report, summary, replace(options, color=False))
        except TermcheckError as error:
            yield error


def _print_summary(
    report: Report, outputs: Sequence[Output], args: argparse.Namespace, summary: Summary
) -> None:
    from termcheck.report import FORMATS

    # What programs read must contain nothing but the report.
    for_people = any(FORMATS[output.format].text and not output.path for output in outputs)
    tell = show if for_people and not args.quiet else say_lines
    tell(summary(report, render_options(args, to_file=not for_people)))


def _print_limits(report: Report, outputs: Sequence[Output]) -> None:
    """Say what the readers of a format will not show, however quiet the run."""
    from termcheck.report import limits

    for output in outputs:
        for limit in limits(report, output.format):
            say(f"{output.path or output.format}: {limit}", kind="notice")


def render_options(args: argparse.Namespace, *, to_file: bool = False) -> RenderOptions:
    """How to render for standard output, or for a file, which has no colours."""
    from termcheck.report import RenderOptions

    here = absolute_path(".")
    return RenderOptions(
        color=not to_file and use_color(args.color),
        width=_width(),
        statistics=getattr(args, "statistics", False),
        version=__version__,
        root=repository_root(here),
        here=here,
        # GitHub ignores suppressions in a file, and would show these findings as open alerts.
        silenced=not under_github(),
        unsafe_fixes=getattr(args, "unsafe_fixes", False),
    )


def output_file(args: argparse.Namespace) -> str:
    """The file that `--output-file` names; empty for standard output.

    Raises TermcheckError if the name is empty, as after the expansion of an unset variable.
    """
    file: str | None = args.output_file
    if file is None or file == "-":
        return ""
    if not file.strip():
        raise TermcheckError("--output-file: is empty", advice="name a file, or leave the flag out")
    return file


def write_text(pieces: Iterable[str], path: str, notation: str) -> None:
    """Write a report, given in pieces, to a file as a whole, or print it if the path is empty.

    `notation` is one of those of `report.Format`, or a format of `glossary score`.
    """
    harmless_pieces = (harmless_in(notation, piece) for piece in pieces)
    if path:
        write_whole(path, harmless_pieces)
    else:
        show_exactly(harmless_pieces)


def print_errors(errors: Sequence[TermcheckError], args: argparse.Namespace) -> int:
    """Print errors, and give the exit code."""
    for error in errors:
        say_error(error, args.color)
    return MISTAKE if errors else CLEAN


def _width() -> int:
    if not shows_on_terminal() and "COLUMNS" not in os.environ:
        return 100
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _default_format(args: argparse.Namespace) -> str:
    if output_file(args):
        return "concise"
    if under_github() and not args.statistics:
        return "github"
    return "full" if shows_on_terminal() else "concise"


def _require_statistics(outputs: Sequence[Output]) -> None:
    from termcheck.report import FORMATS

    for output in outputs:
        if not FORMATS[output.format].statistics:
            able = ", ".join(name for name, format_ in FORMATS.items() if format_.statistics)
            raise TermcheckError(
                f"--statistics: the format {output.format} has none", advice=f"formats that do: {able}"
            )


def _exit_code(report: Report, settings: Settings, args: argparse.Namespace) -> int:
    if report.interrupted:
        return INTERRUPTED
    failing = any(severity.rank >= settings.fail_on.rank for severity, _ in count_findings(report.findings))
    return FINDINGS if failing and not args.exit_zero else CLEAN
