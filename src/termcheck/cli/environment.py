"""What a run learns from its environment: repository, package version, and CI service."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.globs import absolute_path, upward
from termcheck.messages import file_error
from termcheck.model import Report
from termcheck.trust import is_below

if TYPE_CHECKING:
    from termcheck.report import RenderOptions

# GitHub and GitLab name the directory of the checkout so.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
# GitHub accepts no longer summary of a job.
_MAX_BYTES = 1024 * 1024


def under_github(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this runs in GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


def repository_root(here: str, environment: Mapping[str, str] = os.environ) -> str:
    """The root of the repository around `here`, or else `here` itself: absolute, with forward slashes."""
    for name in _CHECKOUTS:
        checkout = absolute_path(environment[name]) if environment.get(name) else ""
        if checkout and is_below(here, checkout):
            return checkout
    roots = (folder for folder in upward(here) if os.path.exists(f"{folder}.git"))  # noqa: PTH110
    return absolute_path(next(roots, here))


def documentation_address() -> str:
    """The address of the documentation from the package's metadata; empty if it has none."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        addresses = metadata("termcheck").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    labelled = (str(address).partition(", ") for address in addresses)
    return next((address for label, _, address in labelled if label == "Documentation"), "")


def append_job_summary(
    report: Report,
    summary: Callable[[Report, RenderOptions], str],
    options: RenderOptions,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Append to the summary that GitHub shows of this job; `summary` gives its closing line.

    Raises TermcheckError if the file that GitHub names for it cannot be written.
    """
    path = environment.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from pathlib import Path

    from termcheck.report.job_summary import render

    closing = summary(replace(report, notices=()), options).partition("\n")[0]
    try:
        with Path(path).open("ab") as file:
            text = render(report, closing, options, _MAX_BYTES - file.tell())
            file.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise file_error("the job's summary cannot be written", error, path) from None
