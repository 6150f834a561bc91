"""The commands of `termcheck glossary`: check, show, trace and score; extract has a module of its own."""

from __future__ import annotations

import argparse

from termcheck.cli import CLEAN
from termcheck.cli.console import say, say_lines, show
from termcheck.cli.inputs import configurations_of, discovered, glossaries, settings_of, with_piped
from termcheck.cli.outputs import (
    deliver,
    output_file,
    planned_outputs,
    print_errors,
    render_options,
    require_untouched,
    write_text,
)
from termcheck.cli.progress import clear_progress, progress_line
from termcheck.model import TermcheckError


def glossary_check(args: argparse.Namespace) -> int:
    """`termcheck glossary check`."""
    from termcheck import engine

    settings = settings_of(args)
    outputs = planned_outputs(settings, args)
    paths = glossaries(args, settings)
    require_untouched(outputs, (settings.config_path, *paths))
    report = engine.check_glossary(paths, with_piped(settings, args.paths))
    return deliver(report, outputs, settings, args, of_glossaries=True)


def glossary_show(args: argparse.Namespace) -> int:
    """`termcheck glossary show`."""
    from termcheck.cli.glossary_files import load
    from termcheck.glossary.formats import FORMATS

    glossary = load(glossaries(args, settings_of(args)), args)
    form = FORMATS[args.glossary_format]
    written = form.load_writer().write(glossary)
    for what in written.lost:
        say(f"{form.title} cannot hold {what}", kind="notice")
    show(written.data.decode())
    return CLEAN


def glossary_trace(args: argparse.Namespace) -> int:
    """`termcheck glossary trace`."""
    from termcheck.engine import passed_over
    from termcheck.readers import NotBilingualError
    from termcheck.trace import trace

    if not args.paths and args.source is None and args.stdin_filename is None:
        raise TermcheckError(
            "no text is named to look at", advice="write `termcheck glossary trace TERM FILE`"
        )
    found, settings = discovered(args, configurations_of(args))
    for error in found.errors:
        raise error
    errors: list[TermcheckError] = []
    for job in found.jobs:
        try:
            show(trace(args.traced, job, settings.of(job.config), errors))
        except NotBilingualError as error:
            notice = passed_over(job, error)
            if not notice:
                raise
            say(str(notice), kind="notice")
    return print_errors(errors, args)


def glossary_score(args: argparse.Namespace) -> int:
    """`termcheck glossary score`."""
    from termcheck.report.score import SCORE_FORMATS, render_score_summary
    from termcheck.score import score_glossaries

    configurations = configurations_of(args)
    path = output_file(args)
    if path:
        from termcheck.cli.writable import require_writable

        require_writable(path, configurations.run)
    found, settings = discovered(args, configurations)
    card = score_glossaries(found.jobs, settings, args.min_occurrences, progress_line())
    clear_progress()
    shown = render_options(args, to_file=bool(path))
    write_text([SCORE_FORMATS[args.score_format](card, shown)], path, args.score_format)
    if not args.quiet:
        tell = say_lines if args.score_format != "text" or path else show
        tell(render_score_summary(card, shown))
    return print_errors((*found.errors, *card.errors), args)
