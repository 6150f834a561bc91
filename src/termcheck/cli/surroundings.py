"""What the surroundings of a run say: the repository it is in, and the service that runs it, if one does."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.globs import absolute_path, upward
from termcheck.model import Report, TermcheckError

if TYPE_CHECKING:
    from termcheck.report import RenderOptions

# GitHub's and GitLab's names for the directory of the checkout.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
# What GitHub takes of a job's summary.
_MOST_BYTES = 1024 * 1024


def under_github(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether GitHub Actions runs this."""
    return environment.get("GITHUB_ACTIONS") == "true"


def repository_root(here: str, environment: Mapping[str, str] = os.environ) -> str:
    """The absolute directory of the repository that `here` is in, or `here` itself, with forward slashes."""
    for name in _CHECKOUTS:
        checkout = absolute_path(environment[name]) if environment.get(name) else ""
        if checkout and f"{here}/".startswith(f"{checkout.rstrip('/')}/"):
            return checkout
    found = (folder for folder in upward(here) if os.path.exists(f"{folder}.git"))  # noqa: PTH110
    return absolute_path(next(found, here))


def documentation_address() -> str:
    """Where the documentation is, as the package says; empty if it does not."""
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
    """Add to what GitHub shows of this job; `summary` gives its closing line.

    Raises TermcheckError if the file that GitHub names cannot be written to.
    """
    path = environment.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from pathlib import Path

    from termcheck.report.job_summary import render

    closing = summary(replace(report, notices=()), options).partition("\n")[0]
    try:
        with Path(path).open("ab") as file:
            text = render(report, closing, options, _MOST_BYTES - file.tell())
            file.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TermcheckError(f"the job's summary cannot be written: {reason}", path=path) from None
