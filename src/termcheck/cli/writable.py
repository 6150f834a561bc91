"""Whether files can be written, as far as anyone can tell before a long run instead of after it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.cli.console import say
from termcheck.cli.write_scope import changes_asked
from termcheck.messages import file_error, reason
from termcheck.model import TermcheckError
from termcheck.plain_files import special_kind
from termcheck.trust import require_no_link

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Job


def require_none_read(paths: Sequence[str], read: Iterable[str]) -> None:
    """Raise TermcheckError if a file to be written would overwrite one that is read."""
    written = {name for path in paths for name in _names(path)}
    for path in read:
        # A page with an earlier report is found, but not checked.
        if os.path.abspath(path) in written and not _is_report(path):  # noqa: PTH100 - keeps `..`
            raise TermcheckError(
                "is read in this run, and findings would be written over it",
                path=path,
                advice="name another file to write them into, or leave this one out with --extend-exclude",
            )


def require_all_writable(paths: Sequence[str], settings: Settings) -> None:
    """Raise TermcheckError if one of the files certainly cannot be written, or is named twice."""
    seen: set[Path] = set()
    for path in paths:
        require_writable(path, settings)
        place = Path(os.path.realpath(path))
        if place in seen and not _is_special(place):
            raise TermcheckError(
                "two formats cannot go to one file", path=path, advice="give each a file of its own"
            )
        seen.add(place)


def _is_report(path: str) -> bool:
    """Whether a file holds a report of ours, and is not empty."""
    from termcheck.report.recognition import BEGINNING, is_report

    try:
        with Path(path).open("rb") as file:
            beginning = file.read(BEGINNING)
    except OSError:
        return False
    return bool(beginning) and is_report(beginning)


def require_own_report(path: str) -> None:
    """Raise TermcheckError if a file that a configuration names is there, and is no report of ours."""
    from termcheck.report.recognition import BEGINNING, is_report

    place = Path(path)
    if not os.path.lexists(place):
        return
    try:
        if place.is_file():
            with place.open("rb") as file:
                if is_report(file.read(BEGINNING)):
                    return
    except OSError as error:
        raise file_error("cannot be opened", error, path) from None
    raise TermcheckError(
        "is named by a configuration, but holds no report of termcheck, so it is not overwritten",
        path=path,
        advice="remove it, or name it on the command line with --output-format FORMAT:FILE",
    )


def require_writable(path: str, settings: Settings) -> None:
    """Raise TermcheckError if a file certainly cannot be written, or only through a link in the checkout."""
    require_no_link(path, settings.root if settings.config_path else "")
    place = Path(path)
    problem, advice = _malformed(place), ""
    if not problem and not _is_special(place):
        # A new file replaces the old one, so both the file and its directory must be writable.
        file = Path(os.path.realpath(place))
        shown = file.parent if place.is_symlink() else place.parent
        if not file.parent.exists():
            problem = f"there is no directory '{shown}'"
            advice = f"make it first: mkdir -p '{shown}'"
        elif not file.parent.is_dir():
            problem = f"'{shown}' is no directory"
        elif not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
            problem = "permission denied"
    elif not problem and place.is_dir():
        problem = "is a directory"
    if problem:
        raise TermcheckError(f"cannot be written: {problem}", path=path, advice=advice)


def unfixable_files(
    jobs: Sequence[Job], settings: Settings, args: argparse.Namespace
) -> Iterator[TermcheckError]:
    """An error for each file that can be checked, but that no fix or comment can be written into.

    It is an error only if the command line names both the file and the fixes. A file that was found in a
    directory, and fixes that are a setting, are not meant for this file; then a notice is enough.
    """
    from termcheck.engine.prepare import format_of_job, read_options

    asked = changes_asked(args)
    for job in jobs:
        for name in filter(None, (job.source_name, job.target_name)):
            if kind := special_kind(name):
                raise TermcheckError(f"is {kind}, and no fix can be written into it", path=name)
        form = format_of_job(job, read_options(settings.of(job.config)))
        if form is None or form.writable:
            continue
        problem = f"{form.file} can be checked, but nothing can be written into it"
        if job.named and asked:
            advice = "fix what it was made from, or leave out the flag"
            yield TermcheckError(problem, path=job.source_name, advice=advice)
        else:
            say(f"{job.source_name}: {problem}", kind="notice")


def _malformed(place: Path) -> str:
    """Why no file can have this path; empty if one can."""
    try:
        place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:  # ValueError: a NUL character
        return reason(error)
    return ""


def _is_special(place: Path) -> bool:
    """Whether a path is a directory, or a device or a pipe, which can be written to as it is."""
    return place.exists() and not place.is_file()


def _names(path: str) -> tuple[str, str]:
    return os.path.abspath(path), os.path.realpath(path)  # noqa: PTH100 - Path.absolute() keeps `..`
