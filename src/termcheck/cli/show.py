"""`--show-files` and `--show-pairs`: what a check would look at, without checking it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.cli.console import say, show
from termcheck.cli.outputs import planned_outputs, print_errors, render_options, require_untouched, write_text
from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError
from termcheck.text.width import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.config import Settings
    from termcheck.engine import PreparedBitext
    from termcheck.engine.notices import FileNotice
    from termcheck.jobs import Found
    from termcheck.report import Output

_WHOLE = "full"


def show_files(found: Found, args: argparse.Namespace) -> int:
    """List the files that would be checked, two parallel files on one line."""
    from termcheck.engine import notices_on_found

    for job in found.jobs:
        show(printable(" : ".join(filter(None, (job.source_name, job.target_name)))) + "\n")
    _print_notices(notices_on_found(found), args)
    return print_errors(found.errors, args)


def show_pairs(found: Found, settings: Settings, args: argparse.Namespace) -> int:
    """Write the pairs of all files, as text or as JSON; the readable files are shown beside errors."""
    from termcheck import engine
    from termcheck.engine.notices import notice_texts
    from termcheck.report import FORMATS, pairs_as_json, render_pairs

    output = _output(settings, args)
    require_untouched((output,), (name for job in found.jobs for name in (job.source_name, job.target_name)))
    notices: list[FileNotice] = []
    errors = list(found.errors)

    def prepared() -> Iterator[PreparedBitext]:
        for each in engine.pairs(found.jobs, settings, notices, errors):
            errors.extend(engine.row_errors(each.bitext))
            yield each

    pieces: Iterator[str]
    if FORMATS[output.format].text:
        options, whole = render_options(args, to_file=bool(output.path)), args.show_pairs == _WHOLE
        pieces = (render_pairs(each.bitext, options, whole=whole) for each in prepared())
    else:
        pieces = pairs_as_json((each.bitext, each.compiled.languages) for each in prepared())
    write_text(pieces, output.path, FORMATS[output.format].notation)
    folded = notice_texts(notices, folded=not args.verbose)
    _print_notices((*folded, *engine.notices_on_found(found)), args)
    return print_errors(errors, args)


def _output(settings: Settings, args: argparse.Namespace) -> Output:
    """The format of the pairs and where they go. Formats in a config file are for findings.

    Raises TermcheckError for a format that cannot show pairs, and for two formats.
    """
    from termcheck.report import FORMATS, Output

    if args.show_pairs not in ("", _WHOLE):
        advice = did_you_mean(args.show_pairs, (_WHOLE,)) or "write --show-pairs=full, or --show-pairs alone"
        raise TermcheckError(f"--show-pairs: there is no '{args.show_pairs}'", advice=advice)
    named: Sequence[Output] = settings.outputs if args.output_format else ()
    for output in named:
        if output.format != "json" and not FORMATS[output.format].text:
            raise TermcheckError(
                f"--show-pairs: pairs cannot be shown as {output.format}",
                advice="use --output-format json, or leave the format out to get text",
            )
    if len(named) > 1:
        raise TermcheckError(
            "--show-pairs: pairs are shown in one format at a time",
            advice="name json alone, or leave the format out to get text",
        )
    [output] = planned_outputs(replace(settings, outputs=tuple(named) or (Output("concise"),)), args)
    return output


def _print_notices(notices: Iterable[str], args: argparse.Namespace) -> None:
    if not args.quiet:
        for notice in notices:
            say(notice, kind="notice")
