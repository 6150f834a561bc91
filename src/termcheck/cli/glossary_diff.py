"""`termcheck glossary diff`: what has changed between two versions of a glossary."""

from __future__ import annotations

import argparse

from termcheck.cli import CLEAN, FINDINGS
from termcheck.cli.glossary_files import load
from termcheck.cli.outputs import write_text


def diff(args: argparse.Namespace) -> int:
    """`termcheck glossary diff`: exit code 1 if there is a difference."""
    from termcheck.glossary.differences import differences
    from termcheck.report.glossary_diff import DIFF_FORMATS

    found = differences(load([args.old], args), load([args.new], args))
    form = args.file_format
    write_text([DIFF_FORMATS[form](found)], "", "json" if form == "json" else "text")
    return FINDINGS if found else CLEAN
