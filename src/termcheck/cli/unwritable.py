"""Files that can be checked, but that nothing can be written into."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck.engine.prepare import is_table, read_options
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Job

_WHAT = "a Parquet file can be checked, but nothing can be written into it"


def unwritable(
    jobs: Sequence[Job], settings: Settings, options: argparse.Namespace
) -> Iterator[TermcheckError]:
    """An error for each such file of a run that writes into texts; a notice where nobody asked for that.

    Who names the file and the flag asks for it. Where the file was found in a directory, or fixing is a
    setting, nobody means this file.
    """
    asked = options.fix or options.fix_only or options.diff or options.add_ignore is not None
    how = read_options(settings)
    for job in jobs:
        if not is_table(job, how):
            continue
        if job.named and asked:
            advice = "fix what it was made from, or leave out the flag"
            yield TermcheckError(_WHAT, path=job.source_name, advice=advice)
        else:
            print(f"notice: {job.source_name}: {_WHAT}", file=sys.stderr)
