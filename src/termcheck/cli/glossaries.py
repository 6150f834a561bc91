"""The commands of `termcheck glossary`: from parsed arguments to an exit code."""

from __future__ import annotations

import argparse
import sys

from termcheck.cli import CLEAN
from termcheck.cli.flags import settings_of
from termcheck.cli.inputs import discovered, glossaries
from termcheck.cli.outputs import (
    deliver,
    file_named,
    planned_outputs,
    put,
    render_options,
    require_untouched,
    told,
)
from termcheck.cli.progress import clear_progress, progress_line
from termcheck.model import TermcheckError


def glossary_check(options: argparse.Namespace) -> int:
    """`termcheck glossary check`."""
    from termcheck import engine

    settings = settings_of(options)
    outputs = planned_outputs(settings, options)
    paths = glossaries(options, settings)
    require_untouched(outputs, (settings.config_path, *paths))
    report = engine.check_glossary(paths, settings)
    return deliver(report, outputs, settings, options, of_glossaries=True)


def glossary_show(options: argparse.Namespace) -> int:
    """`termcheck glossary show`."""
    from termcheck.glossary import load_glossary, render_glossary

    settings = settings_of(options)
    languages = tuple(filter(None, (settings.source_lang, settings.target_lang)))
    print(render_glossary(load_glossary(glossaries(options, settings), languages).glossary), end="")
    return CLEAN


def glossary_trace(options: argparse.Namespace) -> int:
    """`termcheck glossary trace`."""
    from termcheck.engine import passed_over
    from termcheck.readers import NotBilingualError
    from termcheck.trace import trace

    settings = settings_of(options)
    if not options.paths and options.source is None and options.stdin_filename is None:
        raise TermcheckError(
            "no text is named to look at", advice="write `termcheck glossary trace TERM FILE`"
        )
    found = discovered(options, settings)
    for error in found.errors:
        raise error
    errors: list[TermcheckError] = []
    for job in found.jobs:
        try:
            print(trace(options.traced, job, settings, errors), end="")
        except NotBilingualError as error:
            notice = passed_over(job, error)
            if not notice:
                raise
            print(f"notice: {notice}", file=sys.stderr)
    return told(errors, options)


def glossary_score(options: argparse.Namespace) -> int:
    """`termcheck glossary score`."""
    from termcheck.report.score import SCORE_FORMATS, render_score_summary
    from termcheck.score import score

    settings = settings_of(options)
    path = file_named(options)
    if path:
        from termcheck.cli.writable import require_writable

        require_writable(path)
    found = discovered(options, settings)
    card = score(found.jobs, settings, options.min_occurrences, progress_line())
    clear_progress()
    how = render_options(options, to_file=bool(path))
    put([SCORE_FORMATS[options.score_format](card, how)], path)
    if not options.quiet:
        aside = options.score_format != "text" or path
        print(render_score_summary(card, how), end="", file=sys.stderr if aside else sys.stdout)
    return told((*found.errors, *card.errors), options)
