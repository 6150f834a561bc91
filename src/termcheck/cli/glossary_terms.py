"""`termcheck glossary terms`: what a translator, or a machine, is told before a text is translated."""

from __future__ import annotations

import argparse

from termcheck.cli.console import say
from termcheck.cli.inputs import configurations_of, discovered
from termcheck.cli.outputs import print_errors, write_text
from termcheck.model import TermcheckError, TermInText


def terms(args: argparse.Namespace) -> int:
    """`termcheck glossary terms`."""
    from termcheck.engine.term_sheet import term_sheet
    from termcheck.report.term_sheet import SHEET_FORMATS

    if not args.paths and args.source is None and args.stdin_filename is None:
        raise TermcheckError("no text is named to look at", advice="write `termcheck glossary terms FILE`")
    found, settings = discovered(args, configurations_of(args))
    errors = list(found.errors)
    sheet: dict[str, TermInText] = {}
    for job in found.jobs:
        try:
            for term in term_sheet(job, settings.of(job.config)):
                known = sheet.get(term.id)
                sheet[term.id] = term if known is None else known.with_places(term.places)
        except TermcheckError as error:
            errors.append(error)
    form = args.file_format
    write_text([SHEET_FORMATS[form](tuple(sheet.values()))], "", "json" if form == "json" else "text")
    if found.jobs and not sheet and not errors:
        say("no term of the glossary occurs here", kind="notice")
    return print_errors(errors, args)
